"""What an administrator types."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.utils import ProgrammingError
from pytest_django.fixtures import Settings

from kernel.clock import now
from kernel.errors import DomainError
from tenancy.context import context_is_accepted, in_office
from tenancy.domain.roles import Role
from tenancy.models import AuditEntry, Membership, Office, SecondFactor, User
from tenancy.services.offices import give_seat
from tenancy.services.sign_in import sign_in
from tests.integration.tenancy.test_sign_in import a_request

RoleSwitch = Callable[[str], AbstractContextManager[None]]

ISLAND = ("island", "--name", "海岛区委巡察办", "--short-name", "海岛区", "--kind", "county")
SUN = ("sun", "--name", "孙行舟", "--office", "dinghai", "--role", "county_clerk")


def said(*command: str) -> str:
    out = io.StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_an_office_is_added_below_its_parent_and_recorded(
    django_as: RoleSwitch, zhoushan: Office
) -> None:
    with django_as("owner"):
        assert "island: 海岛区委巡察办" in said("create_office", *ISLAND, "--parent", "zhoushan")

        office = Office.objects.get(code="island")
        assert (office.parent_id, office.name_key) == (zhoushan.pk, "hai dao qu wei xun cha ban")
        with in_office(office.pk):
            assert AuditEntry.objects.get().action == "tenancy.office.created"


def test_a_code_is_taken_once(django_as: RoleSwitch) -> None:
    with django_as("owner"):
        with pytest.raises(CommandError, match="There is an office with the code dinghai"):
            said("create_office", "dinghai", *ISLAND[1:])
        with pytest.raises(CommandError, match="There is no office with the code nowhere"):
            said("create_office", *ISLAND, "--parent", "nowhere")
        assert not Office.objects.filter(code="island").exists()


def test_an_account_is_made_with_a_password_that_works(django_as: RoleSwitch) -> None:
    with django_as("owner"):
        words = said("create_user", *SUN)
    password = re.search(r"password (\S+)", words)
    assert password is not None

    entered = sign_in(a_request(), "sun", password.group(1))

    assert entered.actor is not None
    assert (entered.actor.name, entered.actor.roles) == ("孙行舟", frozenset({Role.COUNTY_CLERK}))


def test_a_given_password_is_not_shown(django_as: RoleSwitch) -> None:
    with django_as("owner"):
        words = said("create_user", *SUN, "--password", "lighthouse-over-the-bay")

    assert "lighthouse" not in words
    assert sign_in(a_request(), "sun", "lighthouse-over-the-bay").user.username == "sun"


REFUSED = {
    "a taken name": (("lin", *SUN[1:]), "There is an account lin"),
    "a weak password": ((*SUN, "--password", "12345"), "too weak"),
    "an unknown office": ((*SUN[:4], "nowhere", *SUN[5:]), "no office with the code nowhere"),
    "a seat that the office lacks": ((*SUN[:6], "scheduler"), "has no seat for a Scheduler"),
    "no name": ((SUN[0], *SUN[3:]), "--name is needed"),
    "a seat for nobody": ((SUN[0], *SUN[3:], "--add-seat"), "There is no account sun"),
}


@pytest.mark.parametrize(("arguments", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_no_account_is_made_with(
    django_as: RoleSwitch, arguments: tuple[str, ...], words: str
) -> None:
    with django_as("owner"):
        before = User.objects.count()
        with pytest.raises(CommandError, match=words):
            said("create_user", *arguments)
        assert User.objects.count() == before


def test_somebody_takes_a_further_seat_elsewhere(django_as: RoleSwitch, shengsi: Office) -> None:
    arguments = ("lin", "--office", "shengsi", "--role", "county_clerk", "--add-seat")
    with django_as("owner"):
        said("create_user", *arguments)

        assert Membership.objects.filter(user__username="lin", tenant=shengsi).count() == 1
        with pytest.raises(CommandError, match="has held that seat since"):
            said("create_user", *arguments)


def test_the_web_makes_no_seat(committed_db: None) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        give_seat(username="lin", office_code="dinghai", role=Role.COUNTY_CLERK)


def test_a_new_key_replaces_the_old_one(django_as: RoleSwitch, settings: Settings) -> None:
    old = settings.CONTEXT_KEY
    settings.CONTEXT_KEY = b"another key, of more than 32 bytes"
    with django_as("owner"):
        said("install_context_key")

    with django_as("app"):
        assert context_is_accepted()
        settings.CONTEXT_KEY = old
        assert not context_is_accepted()


def test_the_relay_looks_once_when_asked(django_as: RoleSwitch) -> None:
    with django_as("worker"):
        assert said("relay_jobs", "--once").strip() == "rang for 0"


def test_our_migrations_can_be_taken_back(django_as: RoleSwitch) -> None:
    """Of this house, down to its first: the tables stay, the fence and `sec` go."""
    with django_as("owner"), connection.cursor() as cursor:
        call_command("migrate", "sharing", "zero", verbosity=0)
        call_command("migrate", "scheduling", "zero", verbosity=0)
        call_command("migrate", "tenancy", "0001", verbosity=0)
        cursor.execute("SELECT count(*) FROM pg_policies")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT to_regnamespace('sec'), count(*) FROM pg_trigger WHERE NOT tgisinternal"
        )
        assert cursor.fetchone() == (None, 0)

        call_command("migrate", verbosity=0)
        cursor.execute("SELECT count(*) > 0 FROM pg_policies")
        assert cursor.fetchone() == (True,)


def test_a_refusal_reaches_the_terminal_in_words(django_as: RoleSwitch) -> None:
    with django_as("owner"), pytest.raises(DomainError) as refusal:
        give_seat(username="lin", office_code="zhoushan", role=Role.COUNTY_CLERK)

    assert "排期员、市委巡察办主任" in refusal.value.in_language("zh")[1]


def test_whoever_runs_the_database_resets_an_authenticator_and_it_is_recorded(
    django_as: RoleSwitch, dinghai: Office
) -> None:
    with django_as("owner"):
        with pytest.raises(CommandError, match="No authenticator is set up"):
            said("reset_second_factor", "lin")
        SecondFactor.objects.create(user_id=9003, secret=b"sealed", confirmed_at=now(), last_step=1)

        said("reset_second_factor", "lin")

        assert bytes(SecondFactor.objects.get().secret) == b""
        with in_office(dinghai.pk):
            assert AuditEntry.objects.get().action == "tenancy.second_factor.reset"
