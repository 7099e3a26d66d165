"""Guessing gets nowhere, and keeps nobody else out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext

from kernel.errors import NotAllowed, NotVisible
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.errors import SignInRefused
from tenancy.models import AuditEntry, SignInTally, User
from tenancy.services import lockout
from tenancy.services.sign_in import sign_in
from tests.integration.tenancy.administrators import (
    PLATFORM,
    SECURITY,
    administrator,
    seat_by_django,
)
from tests.integration.tenancy.test_sign_in import a_request, refusal
from tests.people import PASSWORD, acting

As = Callable[[str], AbstractContextManager[None]]
OFFICE, FAR = "10.1.1.{}", "172.16.{}.9"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords that were compared. Hashing for nobody is left out: it takes time alone."""
    compared: list[str] = []
    real = User.check_password

    def counted(self: User, raw: str) -> bool:
        compared.append(raw)
        return real(self, raw)

    monkeypatch.setattr(User, "check_password", counted)
    monkeypatch.setattr("tenancy.services.sign_in.spend_as_much", lambda password: None)
    monkeypatch.setattr("tenancy.backends.spend_as_much", lambda password: None)
    return compared


@pytest.fixture
def security(django_as: As) -> Actor:
    with django_as("owner"):
        seat_by_django()
    return administrator(SECURITY)


def later(django_as: As, **passed: float) -> None:
    gone = timedelta(**passed)
    with django_as("owner"):
        SignInTally.objects.update(
            first_at=F("first_at") - gone,
            last_at=F("last_at") - gone,
            held_until=F("held_until") - gone,
        )


def held(security: Actor) -> Iterator[tuple[str, str, str]]:
    with acting(security):
        yield from [(one.tier, one.person, one.network) for one in lockout.holds(security)]


def test_a_hundred_guesses_from_one_network_compare_five(db: None, quick: list[str]) -> None:
    for number in range(100):
        assert refusal("lin", f"guess {number}", OFFICE.format(number + 1)) is not None

    assert len(quick) == 5


def test_a_hundred_guesses_from_a_hundred_networks_compare_twenty(
    db: None, quick: list[str]
) -> None:
    for number in range(100):
        assert refusal("lin", f"guess {number}", FAR.format(number)) is not None

    assert len(quick) == 20
    assert isinstance(refusal("lin", PASSWORD, FAR.format(101)), SignInRefused)


@pytest.mark.parametrize("name", ["lin", "nobody-of-that-name"])
def test_a_held_name_costs_the_hashing_of_a_wrong_password(
    db: None, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    work: list[str] = []

    def counted(what: str, real: Callable[..., object]) -> Callable[..., object]:
        def called(*given: object) -> object:
            work.append(what)
            return real(*given)

        return called

    monkeypatch.setattr(User, "set_password", counted("set", User.set_password))
    monkeypatch.setattr(User, "check_password", counted("check", User.check_password))
    for _ in range(5):
        refusal(name, "wrong")
    before = len(work)

    refusal(name, PASSWORD)

    assert before == 5
    assert work[before:] == ["set"]


@pytest.mark.parametrize("name", ["lin", "nobody-of-that-name"])
def test_a_held_name_asks_the_database_as_much_as_a_wrong_password(
    db: None, quick: list[str], name: str
) -> None:
    with CaptureQueriesContext(connection) as counted:
        refusal(name, "wrong")
    for _ in range(4):
        refusal(name, "wrong")

    with CaptureQueriesContext(connection) as held:
        refusal(name, "wrong")

    assert sorted(_shapes(held)) == sorted(_shapes(counted))


def _shapes(asked: CaptureQueriesContext) -> list[str]:
    return [re.sub(r"'[^']*'|[0-9]+", "?", one["sql"]) for one in asked.captured_queries]


def test_a_person_s_own_network_is_not_concerned_by_guesses_from_elsewhere(
    db: None, quick: list[str]
) -> None:
    assert refusal("lin", PASSWORD, OFFICE.format(1)) is None
    for number in range(40):
        refusal("lin", "guess", FAR.format(number))

    assert refusal("lin", PASSWORD, OFFICE.format(2)) is None
    assert refusal("lin", PASSWORD, FAR.format(200)) is not None, "a network new to her"


def test_a_colleague_of_the_same_network_still_gets_in(db: None, quick: list[str]) -> None:
    for number in range(100):
        refusal("lin", "guess", OFFICE.format(number + 1))

    assert refusal("wu", PASSWORD, OFFICE.format(7)) is None


def test_nobody_keeps_a_person_out_for_longer_than_the_cool_off(
    django_as: As, quick: list[str]
) -> None:
    """Tries during a hold neither count nor prolong it."""
    for number in range(30):
        refusal("lin", "guess", OFFICE.format(number + 1))
    later(django_as, minutes=14)
    assert refusal("lin", PASSWORD, OFFICE.format(1)) is not None
    for number in range(30):
        refusal("lin", "guess", OFFICE.format(number + 1))
    later(django_as, minutes=1, seconds=1)

    assert refusal("lin", PASSWORD, OFFICE.format(1)) is None


def test_after_a_hold_from_anywhere_it_is_counted_anew(django_as: As, quick: list[str]) -> None:
    for number in range(25):
        refusal("lin", "guess", FAR.format(number))
    later(django_as, minutes=15, seconds=1)

    assert refusal("lin", "wrong", FAR.format(100)) is not None
    assert refusal("lin", PASSWORD, FAR.format(100)) is None


def test_a_noisy_network_slows_names_new_to_it_and_locks_nobody_out(
    django_as: As, quick: list[str], security: Actor
) -> None:
    assert refusal("wu", PASSWORD, OFFICE.format(1)) is None
    for number in range(101):
        refusal(f"name{number}", "guess", OFFICE.format(2))

    assert ("network", "", "10.1.1.0/24") in set(held(security))
    assert refusal("wu", PASSWORD, OFFICE.format(1)) is None, "known here"
    assert refusal("lin", PASSWORD, OFFICE.format(1)) is not None, "new here, and too soon"
    later(django_as, seconds=4)
    assert refusal("lin", PASSWORD, OFFICE.format(1)) is None, "three seconds later"


def test_a_hold_is_seen_and_lifted_by_the_security_administrator(
    quick: list[str], security: Actor
) -> None:
    for _ in range(6):
        refusal("lin", "guess", OFFICE.format(1))
        refusal("secret-in-the-name-field", "guess", OFFICE.format(1))

    assert set(held(security)) == {
        ("pair", "林知远", "10.1.1.0/24"),
        ("pair", "", "10.1.1.0/24"),
    }
    with acting(security):
        number = next(one.number for one in lockout.holds(security) if one.person)
        lockout.lift_hold(actor=security, number=number)
        [line] = AuditEntry.objects.filter(action="tenancy.sign_in.released")
    assert line.data == {"tier": "pair", "network": "10.1.1.0/24"}
    assert refusal("lin", PASSWORD, OFFICE.format(1)) is None


def test_nobody_else_sees_or_lifts_a_hold(db: None, quick: list[str], lin: Actor) -> None:
    for _ in range(6):
        refusal("wu", "guess", OFFICE.format(1))

    with acting(lin):
        with pytest.raises(NotAllowed):
            lockout.holds(lin)
        with pytest.raises(NotAllowed):
            lockout.lift_hold(actor=lin, number=1)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sec.holds_shown()")
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT count(sec.lift_hold(n)) FROM generate_series(1, 9999) AS n")
            assert cursor.fetchone() == (0,)
    assert refusal("wu", PASSWORD, OFFICE.format(1)) is not None


def test_what_is_not_held_is_not_there_to_lift(security: Actor) -> None:
    with acting(security), pytest.raises(NotVisible):
        lockout.lift_hold(actor=security, number=987654321)


def test_the_web_s_role_reads_and_writes_no_count(db: None) -> None:
    for sql in ("SELECT * FROM tenancy_signintally", "DELETE FROM tenancy_signintally"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            in_office(PLATFORM),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


def test_a_hold_is_in_the_record_and_no_typed_name_anywhere(
    django_as: As, quick: list[str]
) -> None:
    typed = "secret-in-the-name-field"
    for _ in range(6):
        refusal(typed, "guess", OFFICE.format(1))

    with django_as("superuser"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT object_id, data FROM tenancy_auditentry WHERE action = 'tenancy.sign_in.held'"
        )
        [(account, data)] = cursor.fetchall()
        cursor.execute(
            "SELECT (SELECT string_agg(t::text, '') FROM tenancy_auditentry AS t)"
            " || (SELECT string_agg(t::text, '') FROM tenancy_signintally AS t)"
        )
        (everything,) = cursor.fetchone()
    assert account is None
    assert "pair" in str(data)
    assert typed not in everything


def test_a_right_password_forgets_what_was_mistyped(db: None, quick: list[str]) -> None:
    for _ in range(4):
        refusal("lin", "wrong")
    sign_in(a_request(), "lin", PASSWORD)

    for _ in range(4):
        refusal("lin", "wrong")
    assert refusal("lin", PASSWORD) is None
