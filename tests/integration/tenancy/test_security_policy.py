"""The installation's security policy, and the reset of somebody's lost authenticator."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kernel.errors import NotAllowed
from tenancy.actor import Actor
from tenancy.domain.roles import ADMINISTRATORS, Role
from tenancy.domain.security import SecurityRules
from tenancy.errors import AdministratorsNeedAFactor, PolicyOutOfBounds
from tenancy.models import AuditEntry, Membership, Office, User
from tenancy.services.second_factor import reset_second_factor, second_factors
from tenancy.services.security_policy import rules_in_force, set_rules
from tests.integration.portal.desks import desk_of, seen, words
from tests.integration.tenancy.test_second_factor import (
    at_noon,  # noqa: F401  (fixture)
    at_the_code_page,
    kept,
    set_up,
    without_a_fresh_proof,
)
from tests.people import PASSWORD, SEATED_SINCE, acting

AsRole = Callable[[str], AbstractContextManager[None]]
FORM = {
    "factor_roles": ["scheduler", "team_leader"],
    "idle_minutes": "20",
    "absolute_hours": "8",
    "step_up_minutes": "10",
}
pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def keepers(django_as: AsRole) -> tuple[Actor, Actor]:
    """The system administrator and the security administrator of the installation."""
    with django_as("owner"):
        office = Office.objects.create(
            pk=9900, code="platform", name="平台", short_name="平台", kind="platform",
            lon=122.1, lat=30.0, name_key="ping tai",
        )  # fmt: skip
        found = []
        for number, name, role in (
            (9901, "gu", Role.SYSTEM_ADMINISTRATOR),
            (9902, "bai", Role.SECURITY_ADMINISTRATOR),
        ):
            user = User(pk=number, username=name, display_name=f"管理员{name}")
            user.set_password(PASSWORD)
            user.save(force_insert=True)
            Membership.objects.create(tenant=office, user=user, role=role, since_on=SEATED_SINCE)
            found.append(
                Actor(number, name, office.pk, office.short_name, "platform", frozenset({role}))
            )
    return found[0], found[1]


# --- The policy ---------------------------------------------------------------------------------------


def test_the_security_administrator_sets_the_policy_on_the_page(
    keepers: tuple[Actor, Actor],
) -> None:
    client = desk_of("bai")

    wrong = client.post("/security-policy/", FORM | {"idle_minutes": "4"})
    done = client.post("/security-policy/", FORM)

    assert (wrong.status_code, done.status_code) == (422, 302)
    assert "此项须在 5 至 30 之间" in words(wrong)
    roles = ADMINISTRATORS | {Role.SCHEDULER, Role.TEAM_LEADER}
    assert rules_in_force() == SecurityRules(roles, idle_minutes=20)
    with acting(keepers[1]):
        entry = AuditEntry.objects.get(action="tenancy.security_policy.set")
    assert entry.data["idle_minutes"] == "15/20"
    assert len(entry.data["added_roles"]) == 5


def test_it_is_set_under_a_fresh_proof(keepers: tuple[Actor, Actor], django_as: AsRole) -> None:
    client = without_a_fresh_proof(desk_of("bai"), django_as)

    asked = client.post("/security-policy/", FORM)
    done = client.post("/security-policy/", FORM | {"proof_password": PASSWORD})

    assert (asked.status_code, done.status_code) == (403, 302)
    assert asked.content.decode().count('name="factor_roles"') == 2


def test_nobody_else_sets_the_policy_or_sees_who_has_a_factor(
    lin: Actor, keepers: tuple[Actor, Actor]
) -> None:
    for nobody in (lin, keepers[0]):
        with acting(nobody):
            with pytest.raises(NotAllowed):
                set_rules(actor=nobody, rules=SecurityRules())
            with pytest.raises(NotAllowed):
                second_factors(nobody)


def test_administrators_and_bounds_are_nobodys_choice(keepers: tuple[Actor, Actor]) -> None:
    with acting(keepers[1]):
        with pytest.raises(AdministratorsNeedAFactor):
            set_rules(actor=keepers[1], rules=SecurityRules(frozenset({Role.SCHEDULER})))
        with pytest.raises(PolicyOutOfBounds):
            set_rules(actor=keepers[1], rules=SecurityRules(absolute_hours=13))


def test_the_limits_of_sessions_are_those_of_the_policy(
    keepers: tuple[Actor, Actor], django_as: AsRole
) -> None:
    desk_of("bai").post("/security-policy/", FORM | {"idle_minutes": "25"})
    client = desk_of("wu")
    assert "25" in re.findall(r"\d+(?=分钟)", seen(client, "/sign-ins/"))

    idle_for(django_as, 20)
    assert client.get("/sign-ins/").status_code == 200
    idle_for(django_as, 26)
    assert client.get("/sign-ins/")["Location"].endswith("because=idle")


def idle_for(django_as: AsRole, minutes: int) -> None:
    with django_as("owner"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_signinsession SET seen_at = now() - make_interval(mins => %s)"
            " WHERE ended_at IS NULL",
            [minutes],
        )


# --- A lost authenticator --------------------------------------------------------------------------------


def test_the_security_administrator_resets_it_and_the_person_is_told(
    lin: Actor, keepers: tuple[Actor, Actor], django_as: AsRole
) -> None:
    client = desk_of("lin")
    set_up(client)
    bai = desk_of("bai")
    assert "林知远" in seen(bai, "/second-factors/")

    assert bai.post(f"/second-factors/{lin.person_id}/reset/").status_code == 302

    # Out at once; the password leads to the set-up, whatever the policy says of the role.
    assert client.get("/roster/")["Location"].endswith("because=ended_by_administrator")
    assert bytes(kept(lin.person_id, django_as)[0]) == b""
    again = Client()
    answer = again.post("/sign-in/", {"username": "lin", "password": PASSWORD})
    assert answer["Location"].startswith("/second-factor/?")
    assert "管理员bai" in seen(again, "/second-factor/")
    set_up(again)
    assert again.get("/roster/").status_code == 200
    at_the_code_page()
    with acting(keepers[1]):
        entry = AuditEntry.objects.get(action="tenancy.second_factor.reset")
    assert entry.object_id == lin.person_id


def test_a_reset_needs_a_fresh_proof_and_a_factor(
    lin: Actor, keepers: tuple[Actor, Actor], django_as: AsRole
) -> None:
    bai = desk_of("bai")

    assert bai.post(f"/second-factors/{lin.person_id}/reset/").status_code == 404
    without_a_fresh_proof(bai, django_as)
    assert bai.post(f"/second-factors/{lin.person_id}/reset/").status_code == 403


def test_nobody_resets_their_own(keepers: tuple[Actor, Actor]) -> None:
    bai = desk_of("bai")
    set_up(bai)

    answer: Any = bai.post("/second-factors/9902/reset/")

    assert answer.status_code == 403
    assert "不能重置自己的验证器" in words(answer)


def test_nobody_else_resets_one(lin: Actor, keepers: tuple[Actor, Actor]) -> None:
    set_up(desk_of("lin"))
    for nobody in (lin, keepers[0]):
        with acting(nobody), pytest.raises(NotAllowed):
            reset_second_factor(actor=nobody, number=lin.person_id)
