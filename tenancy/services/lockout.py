"""Wrong tries: counted for django-axes in tables of ours, shown, and a hold lifted.

django-axes asks (`is_allowed`) and tells (`user_login_failed`, `user_logged_in`); what is counted
by what, and what follows, stands in `tenancy.domain.lockout`. The typed name becomes a keyed
digest before it is counted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from axes.helpers import get_client_ip_address
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from kernel.errors import NotVisible
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import ask
from tenancy.domain.lockout import KNOWN_FOR, SLOWED_TO, TIER_TITLES, Limit, Tier, limits
from tenancy.domain.roles import Permission
from tenancy.domain.sessions import network_of
from tenancy.models import User

# All tokens from one address are counted together under this; names are in lower case, so it is
# nobody's. A program that errs holds up no other: it has no tier but its own.
OF_PROGRAMS = "TOKEN"

NEVER = Limit(most=2**31 - 1, within=timedelta(0), lasts=timedelta(0))


@dataclass(frozen=True, slots=True)
class Hold:
    """As a page shows it. `person` is "" where the name is nobody's, or it is a network's."""

    number: int
    tier: Tier
    person: str
    network: str
    last_at: datetime
    held_until: datetime

    @property
    def title(self) -> Any:
        return TIER_TITLES[self.tier]


@dataclass(frozen=True, slots=True)
class _Try:
    """A name from somewhere."""

    name: str
    account: int | None
    network: str
    address: str

    @property
    def keys(self) -> Mapping[Tier, bytes]:
        if self.name == OF_PROGRAMS:
            return {Tier.PAIR: _key(Tier.PAIR, self.name, self.address)}
        return {
            Tier.PAIR: _key(Tier.PAIR, self.name, self.network),
            Tier.NAME: _key(Tier.NAME, self.name),
            Tier.NETWORK: _key(Tier.NETWORK, self.network),
        }

    @property
    def stand_ins(self) -> Mapping[Tier, bytes]:
        """As many other keys, that nothing is held by."""
        return {tier: _key(tier, "during a hold", key.hex()) for tier, key in self.keys.items()}


class Guard(AxesBaseHandler, AbstractAxesHandler):  # type: ignore[misc]
    """`settings.AXES_HANDLER`. Whoever calls stands in line for the name (`wait_in_line`)."""

    def is_allowed(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        tried = _try_of(request, credentials)
        keys = tried.keys
        tier = ask(
            "SELECT sec.sign_in_held(%s, %s, %s, %s, %s, %s, %s)",
            keys[Tier.PAIR],
            keys.get(Tier.NAME),
            keys.get(Tier.NETWORK),
            tried.account,
            tried.network,
            KNOWN_FOR.days,
            SLOWED_TO,
        )
        request.is_held = bool(tier)  # type: ignore[attr-defined]
        return not tier

    def user_login_failed(
        self,
        sender: object,
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **_: Any,
    ) -> None:
        if request is None:
            return
        tried = _try_of(request, credentials)
        if getattr(request, "is_held", False):
            _take_as_long(tried)
            return
        bounds = _limits()
        held = [
            _noted(tier, key, tried, bounds[tier]) and tier is not Tier.NETWORK
            for tier, key in tried.keys.items()
        ]
        if any(held):
            request.axes_locked_out = True  # type: ignore[attr-defined]

    def user_logged_in(self, sender: object, request: HttpRequest, user: User, **_: Any) -> None:
        tried = _try_of(request, {"username": user.username})
        ask("SELECT sec.forget_wrong_tries(%s)", tried.keys[Tier.PAIR])

    def user_logged_out(self, sender: object, request: HttpRequest, user: Any, **_: Any) -> None:
        """Changes no count."""

    def get_failures(self, request: HttpRequest, credentials: Any = None) -> int:
        """Nobody asks: the database counts and decides in one step."""
        return 0


def holds(actor: Actor) -> list[Hold]:
    """What is held at this moment, the latest end first. For the security administrator."""
    actor.must(Permission.SET_SECURITY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sec.holds_shown()")
        rows = cursor.fetchall()
    people = User.objects.filter(pk__in={row[2] for row in rows if row[2] is not None})
    names = dict(people.values_list("pk", "display_name"))
    return [
        Hold(number, Tier(tier), names.get(user, ""), network, last_at, until)
        for number, tier, user, network, _failures, last_at, until in rows
    ]


@transaction.atomic
def lift_hold(*, actor: Actor, number: int) -> None:
    """End a hold before its time. Whoever is held tries again at once."""
    actor.must(Permission.SET_SECURITY)
    answer = ask("SELECT sec.lift_hold(%s)", number)
    if answer is None:
        raise NotVisible(what="hold", number=number)
    lifted = answer if isinstance(answer, dict) else json.loads(answer)
    whose = None if lifted["user"] is None else User(pk=lifted["user"])
    audit.record(
        actor,
        "tenancy.sign_in.released",
        whose,
        tier=lifted["tier"],
        network=lifted["network"],
    )


def _limits() -> Mapping[Tier, Limit]:
    return limits(settings.AXES_FAILURE_LIMIT, settings.AXES_COOLOFF_TIME)


def _noted(tier: Tier, key: bytes, tried: _Try, bound: Limit) -> bool:
    """Whether it is held from now on."""
    is_of_a_name = tier is not Tier.NETWORK
    return bool(
        ask(
            "SELECT sec.note_wrong_try(%s, %s, %s, %s, %s, %s, %s)",
            tier,
            key,
            tried.account if is_of_a_name else None,
            tried.network if tier is not Tier.NAME else "",
            bound.most,
            bound.within,
            bound.lasts,
        )
    )


def _take_as_long(tried: _Try) -> None:
    """As a try that counts, for which the backend reads the account. That a name is held must not
    show in the time either: whether it is differs by whether its person has come from there."""
    User.objects.filter(username=tried.name).first()
    for tier, key in tried.stand_ins.items():
        _noted(tier, key, tried, NEVER)


def _try_of(request: HttpRequest, credentials: Mapping[str, Any] | None) -> _Try:
    name = str((credentials or {}).get("username") or "")
    address = str(get_client_ip_address(request) or "")
    account = User.objects.filter(username=name).values_list("pk", flat=True).first()
    return _Try(name, account, network_of(address), address)


def _key(tier: Tier, *parts: str) -> bytes:
    text = json.dumps([tier, *parts], ensure_ascii=False)
    return salted_hmac("tenancy.lockout", text, algorithm="sha256").digest()
