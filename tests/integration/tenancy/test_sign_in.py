"""Signing in, being refused, signing out; and what is recorded of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from kernel.clock import today
from kernel.errors import DomainError
from tenancy.actor import Actor
from tenancy.errors import NoOffice, SignInRefused
from tenancy.models import AuditEntry, Membership, SignInTally, User
from tenancy.services.sign_in import sign_in, sign_out
from tests.integration.tenancy.raw import Raw
from tests.people import PASSWORD, acting

HERE, NEXT_DOOR, ELSEWHERE = "10.1.1.1", "10.1.1.77", "10.2.2.2"
PASSED = timedelta(minutes=16)


def a_request(address: str = HERE) -> HttpRequest:
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    request.session = SessionStore()
    request.user = AnonymousUser()
    return request


def refusal(username: str, password: str, address: str = HERE) -> DomainError | None:
    try:
        sign_in(a_request(address), username, password)
    except DomainError as error:
        return error
    return None


def said(error: DomainError | None) -> tuple[str, str] | None:
    return None if error is None else error.in_language("zh")


def refused_signs_in(raw: Raw) -> list[tuple[Any, ...]]:
    return raw.rows(
        "SELECT object_id, data->>'because', data->>'ip', data->>'name_digest' "
        "FROM tenancy_auditentry WHERE tenant_id IS NULL ORDER BY seq"
    )


def test_lin_signs_in_to_her_only_office(db: None, lin: Actor) -> None:
    entered = sign_in(a_request(), "lin", PASSWORD)

    assert entered.actor == lin
    assert [seat.tenant_id for seat in entered.seats] == [lin.tenant_id]


@pytest.mark.parametrize("typed", ["LIN", " lin ", "ｌｉｎ", "li\0n"])
def test_a_name_is_the_same_however_it_is_typed(db: None, lin: Actor, typed: str) -> None:
    assert sign_in(a_request(), typed, PASSWORD).actor == lin


def test_a_session_gets_a_new_key_when_somebody_signs_in(db: None) -> None:
    request = a_request()
    request.session["before"] = True
    request.session.save()
    before = request.session.session_key

    sign_in(request, "lin", PASSWORD)

    assert request.session.session_key != before


def test_unknown_name_wrong_password_and_closed_account_are_told_the_same(
    django_as: Callable[[str], AbstractContextManager[None]],
) -> None:
    with django_as("owner"):
        User.objects.filter(username="wu").update(is_active=False)

    answers = {
        said(refusal("nobody-of-that-name", PASSWORD)),
        said(refusal("lin", "wrong")),
        said(refusal("wu", PASSWORD)),
    }

    assert len(answers) == 1
    assert None not in answers


def test_an_unknown_name_costs_as_much_hashing_as_a_known_one(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    work: list[str] = []
    for verb in ("check_password", "set_password"):
        real = getattr(User, verb)

        def counted(self: User, raw: str, real: Any = real, verb: str = verb) -> Any:
            work.append(verb)
            return real(self, raw)

        monkeypatch.setattr(User, verb, counted)

    refusal("lin", "wrong")
    refusal("nobody-of-that-name", "wrong")

    assert work == ["check_password", "set_password"]


@pytest.mark.parametrize("name", ["lin", "nobody-of-that-name"])
def test_the_sixth_try_waits_whether_the_name_is_known_or_not(db: None, name: str) -> None:
    answers = {said(refusal(name, "wrong")) for _ in range(6)}

    assert len(answers) == 1
    assert {said(refusal(name, PASSWORD))} == answers, "the right one, in the same words"


def test_a_pause_holds_for_one_name_at_one_network(db: None) -> None:
    for _ in range(6):
        refusal("lin", "wrong")

    assert isinstance(refusal("lin", PASSWORD), SignInRefused)
    assert isinstance(refusal("lin", PASSWORD, NEXT_DOOR), SignInRefused)
    assert refusal("lin", PASSWORD, ELSEWHERE) is None
    assert refusal("wu", PASSWORD) is None


def test_a_pause_ends_by_itself_and_tries_during_it_do_not_prolong_it(
    django_as: Callable[[str], AbstractContextManager[None]],
) -> None:
    for _ in range(20):
        refusal("lin", "wrong")
    with django_as("owner"):
        SignInTally.objects.update(
            first_at=F("first_at") - PASSED,
            last_at=F("last_at") - PASSED,
            held_until=F("held_until") - PASSED,
        )

    assert refusal("lin", PASSWORD) is None


def test_the_right_password_clears_the_count(db: None) -> None:
    for _ in range(3):
        for _ in range(4):
            refusal("lin", "wrong")
        assert refusal("lin", PASSWORD) is None


def test_thirty_guesses_at_once_are_counted_like_thirty_in_a_row(
    committed_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    real = User.check_password

    def counted(self: User, raw: str) -> bool:
        checked.append(raw)
        return real(self, raw)

    monkeypatch.setattr(User, "check_password", counted)

    def guess(number: int) -> type[DomainError] | None:
        try:
            answer = refusal("lin", f"guess {number}")
            return None if answer is None else type(answer)
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as threads:
        answers = list(threads.map(guess, range(30)))

    assert len(checked) == 5
    assert set(answers) == {SignInRefused}


def test_a_password_without_a_seat_is_refused_and_signs_nobody_in(
    django_as: Callable[[str], AbstractContextManager[None]],
) -> None:
    with django_as("owner"):
        Membership.objects.filter(user__username="lin").update(until_on=today())
    request = a_request()

    with pytest.raises(NoOffice):
        sign_in(request, "lin", PASSWORD)

    assert not request.user.is_authenticated
    assert "_auth_user_id" not in request.session


def test_signing_in_and_out_is_recorded_in_the_office(db: None, lin: Actor) -> None:
    request = a_request()
    sign_in(request, "lin", PASSWORD)
    sign_out(request)

    with acting(lin):
        lines = list(AuditEntry.objects.order_by("seq").values_list("action", "user", "office"))
    assert lines == [
        ("tenancy.session.opened", lin.user_id, lin.tenant_id),
        ("tenancy.session.closed", lin.user_id, lin.tenant_id),
    ]
    assert not request.user.is_authenticated
    sign_out(request)  # Twice is no fault.


def test_refused_tries_are_recorded_on_the_platforms_chain(
    committed_db: None, superuser_connection: Any, lin: Actor
) -> None:
    refusal("lin", "wrong")
    refusal("my-secret-in-the-wrong-field", "wrong", ELSEWHERE)

    known, unknown = refused_signs_in(Raw(superuser_connection))

    assert known[:3] == (lin.user_id, "tenancy.sign_in.refused", HERE)
    assert unknown[:3] == (None, "tenancy.sign_in.refused", ELSEWHERE)
    assert known[3] != unknown[3]
    kept = Raw(superuser_connection).one(
        "SELECT string_agg(data::text, '') FROM tenancy_auditentry"
    )
    assert "my-secret" not in kept
    assert "wrong" not in kept


def test_no_office_reads_the_refused_tries(db: None, lin: Actor) -> None:
    refusal("lin", "wrong")

    with acting(lin):
        assert not AuditEntry.objects.exists()


def test_signing_in_within_a_transaction_is_a_programmers_fault(committed_db: None) -> None:
    """A refused try would be undone with it, and not be counted."""
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        sign_in(a_request(), "lin", PASSWORD)


def test_old_hashes_are_renewed_at_sign_in(db: None, settings: Settings, lin: Actor) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]

    sign_in(a_request(), "lin", PASSWORD)

    assert User.objects.get(username="lin").password.startswith("argon2")
