"""Signing in, choosing a seat, signing out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

from kernel.clock import today
from kernel.errors import DomainError
from tenancy import audit
from tenancy.actor import Actor
from tenancy.backends import spend_as_much
from tenancy.context import as_user, in_office
from tenancy.domain.roles import Role
from tenancy.errors import (
    NoOffice,
    NotSignedIn,
    NotYourSeat,
    SecondFactorOwed,
    SignInRefused,
    TooManyTries,
)
from tenancy.models import Membership, Office, User
from tenancy.services import second_factor, sessions
from tenancy.services.half_way import (
    SECOND_FACTOR,
    arrive,
    go_half_way,
    half_way,
    owe,
    what_is_owed,
)

_OFFICE = "office"
_SEAT = "seat"
_LOST = "office_lost"
REMEMBERED = timedelta(days=90)  # how long somebody is told that a guest's seat of theirs ended
_RANK = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who came in. `actor` is None while they have several seats and chose none yet, or owe a
    second factor; with `wants_code` they are not in yet, and the code is asked next."""

    user: User
    seats: tuple[Membership, ...]
    actor: Actor | None
    wants_code: bool = False


def sign_in(request: HttpRequest, username: str, password: str) -> SignedIn:
    """Open a session, or refuse in words that do not tell which of the two was wrong.

    Called outside of any transaction: a refused try is counted and recorded whatever becomes of
    the request. Tries with one name wait for one another, so that a hundred at once are counted
    like a hundred in a row.
    """
    name = canonical_username(username)
    with transaction.atomic(durable=True):
        wait_in_line(request, name)
        found = authenticate(request, username=name, password=password)
        outcome = _admitted(request, found) if isinstance(found, User) else refusal_of(request)
        if isinstance(outcome, DomainError):
            account = User.objects.filter(username=name).values_list("pk", flat=True).first()
            record_refusal(request, outcome, account=account, name=name)
    if isinstance(outcome, DomainError):
        if getattr(request, "is_held", False):
            spend_as_much(password)
        raise as_told(request, outcome)
    return _arrived(request, found, outcome)  # type: ignore[arg-type]


@sensitive_variables("code")
def enter_code(request: HttpRequest, code: str) -> SignedIn:
    """The second step of somebody whose password was right a moment ago. Refused, counted and
    recorded like the first, outside of any transaction."""
    user = half_way(request)
    if user is None:
        raise NotSignedIn
    with transaction.atomic(durable=True):
        wait_in_line(request, user.username)
        found = authenticate(request, username=user.username, code=code)
        outcome = _let_in(request, found) if isinstance(found, User) else refusal_of(request)
        if isinstance(outcome, DomainError):
            record_refusal(request, outcome, account=user.pk, name=user.username)
    if isinstance(outcome, DomainError):
        raise outcome
    return _arrived(request, user, outcome)


def take_only_seat(request: HttpRequest) -> Actor | None:
    """Whoever holds one seat wears it without being asked."""
    seats = seats_of(_user_id(request))
    return choose_seat(request, seats[0].pk) if len(seats) == 1 else None


def choose_seat(request: HttpRequest, number: int) -> Actor:
    """Wear this hat from now on: one seat, its office, its role and no other.

    What was chosen is recorded in its office, and that another office is left, in that one.
    """
    user_id = _user_id(request)
    if what_is_owed(request) is not None:
        raise SecondFactorOwed
    with as_user(user_id):
        own = Membership.objects.in_force(today()).filter(pk=number, user_id=user_id)
        tenant_id = own.values_list("tenant_id", flat=True).first()
    if tenant_id is None:
        raise NotYourSeat
    (left, was) = (chosen_office(request), chosen_seat(request))
    with transaction.atomic():
        with in_office(tenant_id, user_id):
            actor = Actor.wearing(number, user_id=user_id, tenant_id=tenant_id)
            if actor is None:
                raise NotYourSeat
            if was != number:
                audit.record(
                    actor,
                    "tenancy.session.opened",
                    ip=address_of(request),
                    seat=number,
                    roles=sorted(actor.roles),
                )
        if left is not None and left != tenant_id:
            _record_leaving(user_id, left, was, "tenancy.session.left")
    # The session is worth more, or something else, than before: it gets a new key.
    request.session.cycle_key()
    request.session[_OFFICE] = tenant_id
    request.session[_SEAT] = number
    request.session.pop(_LOST, None)
    request.actor = actor  # type: ignore[attr-defined]
    return actor


def sign_out(request: HttpRequest) -> None:
    """Close the session; nothing of it stays. Signing out twice is no fault."""
    tenant_id = chosen_office(request)
    if tenant_id is not None and request.user.is_authenticated:
        seat = chosen_seat(request)
        _record_leaving(_user_id(request), tenant_id, seat, "tenancy.session.closed")
    sessions.close_session(request)
    logout(request)
    request.actor = None  # type: ignore[attr-defined]


def seats_of(user_id: int) -> tuple[Membership, ...]:
    """The seats that this person holds today, with their offices, in the order of their names."""
    with as_user(user_id):
        held = Membership.objects.in_force(today()).filter(user_id=user_id)
        seats = held.select_related("tenant", "principal").order_by("pk")
        return tuple(sorted(seats, key=_in_order))


def chosen_office(request: HttpRequest) -> int | None:
    """The office that the session acts for, if it is still theirs to act for or not."""
    number: int | None = request.session.get(_OFFICE)
    return number


def chosen_seat(request: HttpRequest) -> int | None:
    """The hat of the session. None in one that began before hats: it has its office's only seat."""
    number: int | None = request.session.get(_SEAT)
    return number


def forget_seat(request: HttpRequest) -> None:
    for key in (_OFFICE, _SEAT, _LOST):
        request.session.pop(key, None)


def lose_seat(request: HttpRequest) -> None:
    """The seat that the session wore is over: where it was is told until another is chosen."""
    lost = chosen_office(request)
    forget_seat(request)
    request.session[_LOST] = lost


@dataclass(frozen=True, slots=True)
class SeatsLost:
    """`office`: where the seat was that ended while it was worn. `guests`: one's seats in teams of
    other offices that ended lately."""

    office: Office | None
    guests: tuple[Membership, ...]


def seats_lost(request: HttpRequest) -> SeatsLost:
    """What somebody who looks for a seat misses, so that it is said why it is not there."""
    user_id, lost = _user_id(request), request.session.get(_LOST)
    with as_user(user_id):
        own = Membership.objects.filter(user_id=user_id, is_guest=True)
        ended = own.filter(until_on__lte=today(), until_on__gt=today() - REMEMBERED)
        guests = tuple(ended.select_related("tenant").order_by("-until_on", "pk"))
        return SeatsLost(Office.objects.filter(pk=lost).first() if lost else None, guests)


def canonical_username(typed: str) -> str:
    """As accounts are kept: full-width and half-width, upper and lower case are one name."""
    return User.normalize_username(typed.replace("\0", "").strip()).lower()[:150]


def _admitted(request: HttpRequest, user: User) -> tuple[Membership, ...] | DomainError:
    """As far as the password leads: all the way, or half of it."""
    seats = seats_of(user.pk)
    if seats and second_factor.is_set_up(user):
        go_half_way(request, user)
        return seats
    return _let_in(request, user)


def _let_in(request: HttpRequest, user: User) -> tuple[Membership, ...] | DomainError:
    seats = seats_of(user.pk)
    if not seats:
        return NoOffice()
    forget_seat(request)
    sessions.close_session(request)  # Of whoever sat at this browser before.
    login(request, user)
    request.user = user
    arrive(request)
    if second_factor.state_of(user).is_owed:
        owe(request, SECOND_FACTOR)
    return seats


def _arrived(request: HttpRequest, user: User, seats: tuple[Membership, ...]) -> SignedIn:
    wants_code = half_way(request) is not None
    is_free = not wants_code and what_is_owed(request) is None
    actor = choose_seat(request, seats[0].pk) if is_free and len(seats) == 1 else None
    return SignedIn(user=user, seats=seats, actor=actor, wants_code=wants_code)


def _in_order(seat: Membership) -> tuple[str, int]:
    return (seat.tenant.name_key, _RANK[Role(seat.role)])


def as_told(request: HttpRequest, refusal: DomainError) -> DomainError:
    """A stranger is told the same of a wrong password and of a hold: holds differ by whether
    somebody of that name has come from there before."""
    return SignInRefused(**refusal.data) if isinstance(refusal, TooManyTries) else refusal


def refusal_of(request: HttpRequest) -> DomainError:
    figures = {
        "tries": settings.AXES_FAILURE_LIMIT,
        "minutes": int(settings.AXES_COOLOFF_TIME.total_seconds() // 60),
    }
    if getattr(request, "axes_locked_out", False):
        return TooManyTries(**figures)
    return SignInRefused(**figures)


def wait_in_line(request: HttpRequest, name: str) -> None:
    """Until nobody else is refused by this name: a hundred at once are counted like a hundred in a
    row, from wherever they come."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"sign-in {name}"],
        )


def record_refusal(
    request: HttpRequest, refusal: DomainError, *, account: int | None, **shown: str
) -> None:
    """On the platform's own chain: who shows a name or a token is not known, so it is nobody's
    office.

    What was shown is kept as a digest: people type passwords into the wrong field.
    """
    data = {"ip": address_of(request), "because": refusal.code}
    for what, text in shown.items():
        data[f"{what}_digest"] = salted_hmac("tenancy.sign_in", text).hexdigest()[:16]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sec.record_refused_sign_in(%s, %s::jsonb)", [account, json.dumps(data)]
        )


def _record_leaving(user_id: int, tenant_id: int, seat: int | None, action: str) -> None:
    with in_office(tenant_id, user_id):
        actor = Actor.wearing(seat, user_id=user_id, tenant_id=tenant_id)
        actor = actor or Actor.seated(user_id=user_id, tenant_id=tenant_id)
        if actor is not None:
            audit.record(actor, action)


def _user_id(request: HttpRequest) -> int:
    if not request.user.is_authenticated:
        raise NotSignedIn
    return int(request.user.pk)


def address_of(request: HttpRequest) -> str:
    return str(get_client_ip_address(request) or "")
