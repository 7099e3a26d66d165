"""Signing in with a second factor: set up, asked, replayed, lost, reset, required."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pyotp
import pytest
from django.db import connection
from django.test import Client

from kernel.clock import frozen
from tenancy.actor import Actor
from tenancy.context import as_user
from tenancy.domain.roles import Role
from tenancy.errors import SecondFactorOwed
from tenancy.models import AuditEntry, SecurityPolicy, User
from tenancy.sealed_secrets import unsealed
from tenancy.services.sign_in import choose_seat, sign_in
from tests.integration.portal.desks import desk_of, words
from tests.integration.tenancy.test_sign_in import a_request
from tests.people import PASSWORD, acting

NOON = datetime(2026, 9, 7, 4, tzinfo=UTC)
TOKEN = {"name": "数据同步", "permissions": ["view_round"], "days": 30}
AsRole = Callable[[str], AbstractContextManager[None]]
pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with frozen(NOON):
        yield


@pytest.fixture
def needed(django_as: AsRole) -> Callable[..., None]:
    """`needed(Role.COUNTY_DIRECTOR)`: these need a second factor from now on."""

    def say(*roles: Role) -> None:
        with django_as("owner"):
            SecurityPolicy.objects.update(factor_roles=list(roles))

    return say


def set_up(client: Client) -> tuple[str, list[str]]:
    """As a person does it on the page: (secret, recovery codes)."""
    page = client.post("/second-factor/begin/", follow=True).content.decode()
    found = re.search(r'<code class="factor-secret">([A-Z2-7]{32})</code>', page)
    assert found is not None
    secret = found[1]
    answer = client.post("/second-factor/confirm/", {"code": code_of(secret)})
    assert answer.status_code == 201
    return secret, re.findall(r"<li><code>([A-Z2-7-]{19})</code></li>", answer.content.decode())


def code_of(secret: str, later_s: int = 0) -> str:
    return pyotp.TOTP(secret).at(NOON + timedelta(seconds=later_s))


def at_the_code_page(username: str = "lin") -> Client:
    client = Client()
    answer = client.post(
        "/sign-in/", {"username": username, "password": PASSWORD, "next": "/roster/"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/code/?next=%2Froster%2F")
    return client


def entered(code: str, later_s: int = 0, client: Client | None = None) -> Any:
    with frozen(NOON + timedelta(seconds=later_s)):
        client = client or at_the_code_page()
        return client.post("/sign-in/code/", {"code": code, "next": "/roster/"})


def kept(user_id: int, django_as: AsRole) -> tuple[Any, ...]:
    with django_as("owner"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT secret, last_step FROM tenancy_secondfactor WHERE user_id = %s", [user_id]
        )
        return tuple(cursor.fetchone())


def codes_left(user_id: int) -> int:
    with as_user(user_id), connection.cursor() as cursor:
        cursor.execute("SELECT codes_left FROM sec.own_second_factor()")
        return int(cursor.fetchone()[0])


def without_a_fresh_proof(client: Client, django_as: AsRole) -> Client:
    with django_as("owner"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE tenancy_signinsession SET proved_at = %s WHERE ended_at IS NULL",
            [NOON - timedelta(minutes=11)],
        )
    return client


# --- Set up, and asked -----------------------------------------------------------------------------


def test_lin_sets_it_up_and_is_asked_from_then_on(lin: Actor) -> None:
    secret, codes = set_up(desk_of("lin"))
    client = at_the_code_page()

    assert client.get("/roster/").status_code == 302  # The password alone opens nothing.
    answer = entered(code_of(secret, 30), 30, client)

    assert len(codes) == 10
    assert (answer.status_code, answer["Location"]) == (302, "/roster/")
    assert client.get("/roster/").status_code == 200
    with acting(lin):
        assert AuditEntry.objects.filter(action="tenancy.second_factor.set_up").count() == 1


def test_the_picture_is_drawn_here_and_says_what_is_written_beside_it() -> None:
    page = desk_of("lin").post("/second-factor/begin/", follow=True)

    assert 'src="data:image/svg+xml' in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_the_secret_is_never_shown_again_and_lies_encrypted(lin: Actor, django_as: AsRole) -> None:
    client = desk_of("lin")
    secret, codes = set_up(client)

    page = client.get("/second-factor/").content.decode()
    (sealed, _) = kept(lin.person_id, django_as)

    assert secret not in page
    assert not any(code in page for code in codes)
    assert secret.encode() not in bytes(sealed)
    assert unsealed(sealed) == secret


def test_whoever_sat_at_this_browser_is_out_before_the_code_is_asked() -> None:
    set_up(desk_of("lin"))
    browser = desk_of("wu")

    browser.post("/sign-in/", {"username": "lin", "password": PASSWORD})

    assert browser.get("/roster/")["Location"].startswith("/sign-in/")


# --- A code opens once -----------------------------------------------------------------------------


def test_the_code_of_a_step_opens_once() -> None:
    secret, _ = set_up(desk_of("lin"))
    code = code_of(secret, 30)

    assert [entered(code, 30).status_code, entered(code, 30).status_code] == [302, 422]


def test_the_code_that_confirmed_the_set_up_does_not_open_the_door() -> None:
    secret, _ = set_up(desk_of("lin"))

    assert entered(code_of(secret)).status_code == 422
    assert entered(code_of(secret, 30), 30).status_code == 302


def test_a_recovery_code_opens_once_and_its_use_is_recorded(lin: Actor) -> None:
    _, codes = set_up(desk_of("lin"))
    typed = codes[3].lower().replace("-", " ")

    assert [entered(typed).status_code, entered(codes[3]).status_code] == [302, 422]
    assert codes_left(lin.person_id) == 9
    with acting(lin):
        assert AuditEntry.objects.filter(action="tenancy.second_factor.recovery_used").count() == 1


# --- Nobody guesses ----------------------------------------------------------------------------------


def test_a_wrong_code_is_told_and_counted_like_a_wrong_password() -> None:
    set_up(desk_of("lin"))
    wrong = Client().post("/sign-in/", {"username": "lin", "password": "wrong"})
    client = at_the_code_page()

    answers = [client.post("/sign-in/code/", {"code": "000000"}) for _ in range(4)]

    assert [one.status_code for one in answers] == [422, 422, 422, 429]
    said = "用户名、密码或验证码不正确"
    assert said in words(wrong)
    assert said in words(answers[0])
    # Held at the door as well, where a stranger is not told so.
    assert client.post("/sign-in/", {"username": "lin", "password": PASSWORD}).status_code == 422


def test_the_right_password_does_not_clear_the_count_of_wrong_codes() -> None:
    set_up(desk_of("lin"))
    for _ in range(4):
        at_the_code_page().post("/sign-in/code/", {"code": "000000"})

    last = at_the_code_page().post("/sign-in/code/", {"code": "000000"})

    assert last.status_code == 429


def test_an_unknown_name_and_a_known_one_with_a_factor_are_told_the_same() -> None:
    set_up(desk_of("lin"))
    said = {
        words(Client().post("/sign-in/", {"username": name, "password": "wrong"})).replace(name, "")
        for name in ("lin", "wu", "nobody-of-that-name")
    }

    assert len(said) == 1


def test_nobody_comes_to_the_second_page_without_the_first() -> None:
    answer = Client().post("/sign-in/code/", {"code": "000000"})

    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/?next=%2F")


def test_the_second_page_closes_after_five_minutes() -> None:
    secret, _ = set_up(desk_of("lin"))
    client = at_the_code_page()

    answer = entered(code_of(secret, 301), 301, client)

    assert answer["Location"].startswith("/sign-in/?")


def test_the_second_page_closes_when_the_password_changes(lin: Actor, django_as: AsRole) -> None:
    secret, _ = set_up(desk_of("lin"))
    client = at_the_code_page()
    with django_as("owner"):
        user = User.objects.get(pk=lin.person_id)
        user.set_password("another-watch-at-the-harbour")
        user.save(update_fields=["password"])

    assert entered(code_of(secret, 30), 30, client)["Location"].startswith("/sign-in/?")


def test_what_was_typed_as_a_code_is_kept_nowhere(lin: Actor, django_as: AsRole) -> None:
    _, codes = set_up(desk_of("lin"))
    at_the_code_page().post("/sign-in/code/", {"code": "ABCD-EFGH-1"})
    client = without_a_fresh_proof(entered_client(codes[0]), django_as)
    client.post("/tokens/", TOKEN | {"proof_code": "ABCD-EFGH-2"})

    with django_as("owner"), connection.cursor() as cursor:
        rows: dict[str, str] = {}
        for table in ("tenancy_signintally", "tenancy_auditentry", "axes_accessattempt"):
            cursor.execute(f"SELECT one::text FROM {table} AS one")
            rows[table] = " ".join(row for (row,) in cursor.fetchall())

    assert rows["tenancy_signintally"]
    assert rows["tenancy_auditentry"]
    assert "ABCD" not in " ".join(rows.values())


def entered_client(code: str) -> Client:
    client = at_the_code_page()
    assert entered(code, 0, client).status_code == 302
    return client


# --- Again, before a sensitive act ------------------------------------------------------------------


def test_step_up_asks_for_the_code_and_takes_no_password(lin: Actor, django_as: AsRole) -> None:
    client = desk_of("lin")
    secret, _ = set_up(client)
    without_a_fresh_proof(client, django_as)
    form = TOKEN | {"permissions": ["view_roster"]}

    asked = client.post("/tokens/", form)
    by_password = client.post("/tokens/", form | {"proof_password": PASSWORD})
    again = client.post("/tokens/", form | {"proof_code": code_of(secret)})
    with frozen(NOON + timedelta(seconds=30)):
        done = client.post("/tokens/", form | {"proof_code": code_of(secret, 30)})

    assert 'name="proof_code"' in asked.content.decode()
    # The code that confirmed the set-up is used.
    assert [one.status_code for one in (asked, by_password, again, done)] == [403, 403, 422, 201]


def test_a_code_stays_used_though_the_act_was_refused(lin: Actor, django_as: AsRole) -> None:
    client = desk_of("lin")
    secret, _ = set_up(client)
    (_, before) = kept(lin.person_id, django_as)
    without_a_fresh_proof(client, django_as)

    with frozen(NOON + timedelta(seconds=30)):
        # There is no such plan of hers: the request is undone.
        answer = client.post("/plans/7/approve/", {"proof_code": code_of(secret, 30)})

    assert answer.status_code in (403, 404)
    assert kept(lin.person_id, django_as)[1] == before + 1


def test_new_recovery_codes_need_a_fresh_proof_and_replace_the_old_ones(
    lin: Actor, django_as: AsRole
) -> None:
    client = desk_of("lin")
    secret, old = set_up(client)
    without_a_fresh_proof(client, django_as)

    asked = client.post("/second-factor/renew/")
    with frozen(NOON + timedelta(seconds=30)):
        made = client.post("/second-factor/renew/", {"proof_code": code_of(secret, 30)})
    new = re.findall(r"<li><code>([A-Z2-7-]{19})</code></li>", made.content.decode())

    assert (asked.status_code, made.status_code, len(new)) == (403, 201, 10)
    assert entered(old[0], 60).status_code == 422
    assert entered(new[0], 60).status_code == 302


def test_who_need_not_have_one_may_give_it_up(lin: Actor, django_as: AsRole) -> None:
    client = desk_of("lin")
    secret, _ = set_up(client)
    without_a_fresh_proof(client, django_as)

    assert client.post("/second-factor/give-up/").status_code == 403
    with frozen(NOON + timedelta(seconds=30)):
        done = client.post("/second-factor/give-up/", {"proof_code": code_of(secret, 30)})

    assert done.status_code == 302
    desk_of("lin")


# --- Required by the policy ---------------------------------------------------------------------------


def test_who_must_have_one_sets_it_up_before_anything_else(
    lin: Actor, needed: Callable[..., None]
) -> None:
    needed(Role.COUNTY_DIRECTOR)
    client = Client()
    answer = client.post("/sign-in/", {"username": "lin", "password": PASSWORD, "next": "/roster/"})

    assert answer["Location"] == "/second-factor/?next=%2Froster%2F"
    for path in ("/roster/", "/", "/office/", "/tokens/", "/sign-ins/"):
        assert client.get(path)["Location"].startswith("/second-factor/?"), path
    assert client.get("/api/v1/rosters/people/").status_code in (401, 403, 404)
    assert client.get("/api/v1/me").status_code in (401, 403, 404)
    assert client.post("/office/", {"seat": 1})["Location"].startswith("/second-factor/?")
    assert "请先设置验证器" in words(client.get("/second-factor/"))

    set_up(client)

    assert client.get("/roster/").status_code == 200
    # And it cannot be given up.
    refused = client.post("/second-factor/give-up/")
    assert refused.status_code == 403
    assert "安全策略" in words(refused)


def test_whose_role_needs_none_goes_in_at_once(needed: Callable[..., None]) -> None:
    needed(Role.COUNTY_DIRECTOR)

    assert desk_of("wu").get("/roster/").status_code == 200


def test_a_seat_is_not_chosen_past_the_set_up(lin: Actor, needed: Callable[..., None]) -> None:
    needed(Role.COUNTY_DIRECTOR)
    request = a_request()

    came = sign_in(request, "lin", PASSWORD)

    assert came.actor is None
    with pytest.raises(SecondFactorOwed):
        choose_seat(request, came.seats[0].pk)
