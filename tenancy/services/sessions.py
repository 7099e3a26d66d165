"""Sessions: opened at sign-in, looked at on every request, ended by whoever may.

The table is the database's own (migration `sessions`): every call here is one of its functions. The
session carries a random word; the table has its digest, so that reading it opens nothing.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest

from kernel.clock import now
from kernel.errors import NotVisible
from tenancy import audit
from tenancy.actor import Actor
from tenancy.digests import secret_digest
from tenancy.domain.roles import Permission
from tenancy.domain.sessions import Limits, browser_of, network_of
from tenancy.models import SignInSession, User
from tenancy.services.security_policy import rules_in_force

_WORD = "session"
_UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Looked:
    """What the database says of a session. `ending` is "" while it is open."""

    ending: str
    proved_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """A session as a page shows it."""

    session: SignInSession
    person: str
    is_this: bool


def limits() -> Limits:
    """By the policy of this installation; the database asks it itself when it looks at one."""
    rules = rules_in_force()
    return Limits(
        idle_minutes=rules.idle_minutes,
        absolute_minutes=rules.absolute_hours * 60,
        step_up_minutes=rules.step_up_minutes,
    )


def open_session(sender: Any, *, request: HttpRequest, user: User, **_: Any) -> None:
    """Whenever somebody is logged in (the signal of Django's `login`): ends the one they had."""
    word = secrets.token_urlsafe(32)
    browser = browser_of(request.META.get("HTTP_USER_AGENT", ""))
    network = network_of(str(get_client_ip_address(request) or ""))
    _ask("SELECT sec.open_session(%s, %s, %s, %s)", user.pk, secret_digest(word), network, browser)
    request.session[_WORD] = word


def look_at(request: HttpRequest, user_id: int, *, is_used: bool) -> Looked:
    """Whether the session is still open; using it keeps it so. One statement."""
    word = request.session.get(_WORD)
    if word is None:
        return Looked(_UNKNOWN, None)
    (ending, proved_at) = _ask(
        "SELECT * FROM sec.look_at_session(%s, %s, %s)", user_id, secret_digest(word), is_used
    )[0]
    return Looked(str(ending), proved_at)


def digest_of(request: HttpRequest) -> bytes | None:
    """Of the word that this session carries."""
    word = request.session.get(_WORD)
    return None if word is None else secret_digest(word)


def close_session(request: HttpRequest) -> None:
    word = request.session.get(_WORD)
    if word is not None:
        _ask("SELECT sec.close_session(%s)", secret_digest(word))


def is_fresh(proved_at: datetime | None) -> bool:
    """Whether a sensitive act needs no new proof of who acts."""
    if proved_at is None:
        return False
    return proved_at > now() - timedelta(minutes=limits().step_up_minutes)


def note_proof(request: HttpRequest) -> None:
    """A password or code was right just now."""
    word = request.session.get(_WORD)
    if word is not None:
        _ask("SELECT sec.prove_session(%s)", secret_digest(word))


def own_sessions() -> list[Line]:
    """The last twenty of whoever asks, the newest first. Inside their fence."""
    return _lines(False)


def open_sessions(actor: Actor) -> list[Line]:
    """Of everybody, for the security administrator."""
    actor.must(Permission.SET_SECURITY)
    return _lines(True)


@transaction.atomic
def end_session(*, actor: Actor, number: int) -> None:
    """End one's own, or as security administrator anybody's, from their next request on."""
    ((whose,),) = _ask("SELECT sec.end_session(%s)", number)
    if whose is None:
        raise NotVisible(what="session", number=number)
    audit.record(actor, "tenancy.session.ended", User(pk=whose), session=number)


def forget_sign_ins(*, older_than_days: int | None = None) -> int:
    """Remove what nobody must know any more, of all offices; never of the last 184 days. By the
    worker. How many they were; that somebody signed in stays in the record."""
    days = settings.KEEP_SIGN_INS_DAYS if older_than_days is None else older_than_days
    return int(_ask("SELECT sec.forget_sign_ins(%s)", days)[0][0])


def _lines(of_everybody: bool) -> list[Line]:
    found = [
        SignInSession(
            id=number,
            user_id=user_id,
            network=network,
            browser=browser,
            opened_at=opened_at,
            seen_at=seen_at,
            ended_at=ended_at,
            ended_because=because,
        )
        for (number, user_id, network, browser, opened_at, seen_at, ended_at, because) in _ask(
            "SELECT * FROM sec.sessions_shown(%s)", of_everybody
        )
    ]
    names = dict(
        User.objects.filter(pk__in={one.user_id for one in found}).values_list("pk", "display_name")
    )
    # Of one's own, the one that is open is the one that asks.
    return [
        Line(one, names[one.user_id], not of_everybody and one.ended_at is None) for one in found
    ]


def _ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
