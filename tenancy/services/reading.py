"""Noting that somebody looked: one line for an opening, in the transaction that reads.

No line, no page: whoever serves a page calls `note_reading` before it lets the page go. Whose facts
are seen is looked up by the kind of thing (`sees`), which the apps that own the tables register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Model

from kernel.clock import now
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.matrix import Rule
from tenancy.domain.reads import AGAIN, Reading
from tenancy.domain.roles import MATRIX
from tenancy.domain.streams import A_READING
from tenancy.models import AuditEntry, User

ONE_OPENING = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen: the thing, the round that it belongs to (the number which the round has in its
    leading office), and how many people of each office, by the office's key."""

    obj: Model | None = None
    round: int | None = None
    people: Mapping[int, int | None] = field(default_factory=dict)


Seer = Callable[[Actor, int], Sight]  # a list has no number: 0
_SEERS: dict[str, Seer] = {}


def sees(kind: str) -> Callable[[Seer], Seer]:
    """Register who tells whose facts are seen in a thing of that kind."""

    def register(seer: Seer) -> Seer:
        _SEERS[kind] = seer
        return seer

    return register


def kinds_seen() -> frozenset[str]:
    return frozenset(_SEERS)


def note_reading(
    *, actor: Actor, reading: Reading, rules: Iterable[Rule], number: int | None, place: str
) -> None:
    """Append the line of one opening, when the reading is one that is noted where it is served.

    `rules`: by which of them the page is open; the first that the actor holds is the ground that the
    line names. `place`: the page or operation.
    """
    if not reading.is_noted_here:
        return
    sight = _SEERS[reading.of](actor, number or 0) if reading.of else Sight()
    if reading.reads == AGAIN and _is_open(actor, reading.act, sight.obj):
        return
    record_reading(actor, reading.act, sight, rule=_ground(actor, rules), page=place)


def record_reading(actor: Actor, action: str, sight: Sight, **data: Any) -> None:
    """The line of a reading: by what role, how many people, and whose they are.

    `owners` is what lets each of these offices find the line (`tenancy.services.seen_by_others`)."""
    told = {"round": sight.round, "role": _role(actor)} | data
    if sight.people:
        told["owners"] = {str(office): count for office, count in sight.people.items()}
        told["people"] = sum(count or 0 for count in sight.people.values()) or None
    known = {key: value for key, value in told.items() if value is not None}
    audit.record(actor, action, sight.obj, stream=A_READING, **known)


def _role(actor: Actor) -> str:
    return "+".join(sorted(actor.roles))


def _ground(actor: Actor, rules: Iterable[Rule]) -> str | None:
    held = (rule for rule in rules if MATRIX.needs[rule] <= actor.permissions)
    return next(map(str, held), None)


def _is_open(actor: Actor, action: str, obj: Model | None) -> bool:
    """Whether a line of the last half hour says already that they look at it."""
    lines = AuditEntry.objects.filter(
        tenant_id=actor.tenant_id,
        user_id=actor.person_id,
        action=action,
        object_id=None if obj is None else obj.pk,
        at__gte=now() - ONE_OPENING,
    )
    return lines.exists()


@sees("office")
def _own_office(actor: Actor, number: int) -> Sight:
    """A list of the own office's people, however many of them it shows."""
    return Sight(people={actor.tenant_id: None})


@sees("account")
def _account(actor: Actor, number: int) -> Sight:
    return Sight(obj=User(pk=number))
