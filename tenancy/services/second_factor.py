"""An authenticator as second factor: set up, used, given up, reset; and its recovery codes.

The tables are the database's own (migration `reach_second_factors_by_functions`): every call here
is one of its functions, for whoever the signed context names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from kernel.clock import now
from kernel.errors import NotVisible
from tenancy import audit
from tenancy.actor import Actor
from tenancy.context import as_user
from tenancy.db import refused_as, refused_by
from tenancy.domain import second_factor as rules
from tenancy.domain.roles import Permission
from tenancy.errors import (
    ProofNeeded,
    SecondFactorCodeWrong,
    SecondFactorKept,
    SecondFactorNeeded,
    SecondFactorNotThere,
    SecondFactorOfOneself,
)
from tenancy.models import User
from tenancy.sealed_secrets import sealed, unsealed
from tenancy.services.own_record import record_at_their_offices

ISSUER = "巡察排期"


@dataclass(frozen=True, slots=True)
class FactorState:
    """`secret` is known until the set-up is confirmed, and to nobody afterwards."""

    is_set_up: bool
    is_needed: bool
    was_reset: bool = False
    reset_at: datetime | None = None
    reset_by: str = ""
    codes_left: int = 0
    secret: str = ""
    address: str = ""

    @property
    def is_owed(self) -> bool:
        """Whether it comes before anything else. Whose was reset sets up another, by whatever
        role: so they learn of it."""
        return not self.is_set_up and (self.is_needed or self.was_reset)


@dataclass(frozen=True, slots=True)
class FactorLine:
    """Somebody's, as the security administrator sees it."""

    person: User
    is_needed: bool
    confirmed_at: datetime | None
    reset_at: datetime | None
    reset_by: str
    codes_left: int

    @property
    def is_set_up(self) -> bool:
        return self.confirmed_at is not None


@dataclass(frozen=True, slots=True)
class _Kept:
    secret: bytes
    confirmed_at: datetime | None
    last_step: int | None
    reset_at: datetime | None
    reset_by: int | None
    codes_left: int
    is_needed: bool


def state_of(user: User) -> FactorState:
    """Of whoever this is; nobody else's can be asked for."""
    kept = _kept(user)
    is_set_up = kept.confirmed_at is not None
    secret = unsealed(kept.secret) if kept.secret and not is_set_up else ""
    address = rules.address_for_app(secret, account=user.username, issuer=ISSUER) if secret else ""
    return FactorState(
        is_set_up=is_set_up,
        is_needed=kept.is_needed,
        was_reset=kept.reset_at is not None and not is_set_up,
        reset_at=kept.reset_at,
        reset_by=_names({kept.reset_by}).get(kept.reset_by, ""),
        codes_left=kept.codes_left,
        secret=secret,
        address=address,
    )


def is_set_up(user: User) -> bool:
    """Whether a code is asked of them."""
    return _kept(user).confirmed_at is not None


def begin_set_up(user: User) -> None:
    """A new secret, in place of one that was never confirmed. One that is in force stays."""
    with as_user(user.pk):
        if not _proven("SELECT sec.begin_second_factor(%s)", sealed(rules.new_secret())):
            raise SecondFactorKept


@sensitive_variables("code", "secret", "codes")
@transaction.atomic
def confirm_set_up(user: User, code: str) -> tuple[str, ...]:
    """The authenticator shows what we expect: from now on it is asked. Gives recovery codes."""
    kept = _kept(user)
    if kept.confirmed_at is not None or not kept.secret:
        raise SecondFactorKept
    step = rules.matching_step(unsealed(kept.secret), code, at=now(), after=None)
    if step is None:
        raise SecondFactorCodeWrong().at("code")
    codes = rules.new_recovery_codes()
    with as_user(user.pk):
        is_done = _proven(
            "SELECT sec.confirm_second_factor(%s, %s, %s)", kept.secret, step, _digests(codes)
        )
    if not is_done:
        raise SecondFactorKept
    record_at_their_offices(user.pk, "tenancy.second_factor.set_up")
    return codes


@sensitive_variables("codes")
@transaction.atomic
def renew_recovery_codes(user: User) -> tuple[str, ...]:
    """The old ones open nothing any more. Under a fresh proof."""
    codes = rules.new_recovery_codes()
    with as_user(user.pk):
        if not _proven("SELECT sec.renew_recovery_codes(%s)", _digests(codes)):
            raise SecondFactorNotThere
    record_at_their_offices(user.pk, "tenancy.second_factor.codes_renewed")
    return codes


@transaction.atomic
def give_up(user: User) -> None:
    """Sign in with the password alone again, where the policy leaves one the choice. Under a fresh
    proof."""
    with refused_as({"second_factor_needed": SecondFactorNeeded()}), as_user(user.pk):
        if not _proven("SELECT sec.give_up_second_factor()"):
            raise SecondFactorNotThere
    record_at_their_offices(user.pk, "tenancy.second_factor.given_up")


@sensitive_variables("typed", "secret")
@transaction.atomic
def use_code(user: User, typed: str) -> bool:
    """Whether this is the authenticator's code of now, or an unused recovery code; used up then.

    Of two who show one code at once, the database lets the first in.
    """
    kept = _kept(user)
    if kept.confirmed_at is None:
        return False
    step = rules.matching_step(unsealed(kept.secret), typed, at=now(), after=kept.last_step)
    with as_user(user.pk):
        if step is not None:
            return bool(_one("SELECT sec.use_factor_step(%s)", step))
        is_used = _one("SELECT sec.use_recovery_code(%s)", rules.recovery_digest(typed))
    if is_used:
        record_at_their_offices(user.pk, "tenancy.second_factor.recovery_used")
    return bool(is_used)


@transaction.atomic
def reset_second_factor(*, actor: Actor, number: int) -> None:
    """For somebody who lost both telephone and codes: they are signed out, set up another at the
    next sign-in before anything else, and read there who did this and when."""
    actor.must(Permission.SET_SECURITY)
    person = User.objects.filter(pk=number).first()
    if person is None:
        raise NotVisible(what="account", number=number)
    with refused_as({"second_factor_of_another": SecondFactorOfOneself()}):
        if not _proven("SELECT sec.reset_second_factor(%s)", number):
            raise NotVisible(what="account", number=number)
    audit.record(actor, "tenancy.second_factor.reset", person)


def second_factors(actor: Actor) -> list[FactorLine]:
    """Who signs in with a code, and who does not yet and has to; for the security administrator."""
    actor.must(Permission.SET_SECURITY)
    rows = _rows("SELECT * FROM sec.second_factors_shown()")
    people = User.objects.in_bulk({row[0] for row in rows})
    names = _names({row[4] for row in rows})
    return [
        FactorLine(people[account], is_needed, confirmed, reset_at, names.get(by, ""), left)
        for (account, is_needed, confirmed, reset_at, by, left) in rows
    ]


def _kept(user: User) -> _Kept:
    with as_user(user.pk):
        (secret, *rest) = _rows("SELECT * FROM sec.own_second_factor()")[0]
    return _Kept(bytes(secret or b""), *rest)


def _names(numbers: set[int | None]) -> dict[int | None, str]:
    found = User.objects.filter(pk__in={number for number in numbers if number is not None})
    return dict(found.values_list("pk", "display_name"))


def _digests(codes: tuple[str, ...]) -> list[bytes]:
    return [rules.recovery_digest(code) for code in codes]


def _proven(sql: str, *values: Any) -> Any:
    """What the database does under a fresh proof alone. It judges by its own clock, which another
    machine's may differ from."""
    with refused_by("proof_is_fresh", ProofNeeded()):
        return _one(sql, *values)


def _one(sql: str, *values: Any) -> Any:
    ((answer,),) = _rows(sql, *values)
    return answer


def _rows(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
