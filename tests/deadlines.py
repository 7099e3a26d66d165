"""Two lives that tests wait for: a plain one that the whole office reads, and a sensitive one that
directors alone read. Their records are colleagues' accounts: there are some, in every office.
"""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from kernel.text import Text
from sharing.access.deadlines import clocked, clocked_lives
from sharing.domain.due_dates import Clock
from sharing.domain.life_cycle import Hand
from sharing.models.deadlines import Deadline
from sharing.services.deadlines import Asked, start_clock
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import User

MATTER = "matter_of_tests"
# The tables know it as sensitive by its name; the subject that has it says who reads it.
SENSITIVE = "informant"
DIRECTOR_S = "matter_of_directors"


def colleagues(actor: Actor) -> QuerySet[User]:
    return User.objects.filter(memberships__tenant_id=actor.tenant_id)


def for_directors(actor: Actor) -> QuerySet[User]:
    readable = actor.may(Permission.PAUSE_DEADLINES)
    return colleagues(actor) if readable else User.objects.none()


if MATTER not in clocked_lives():
    clocked(MATTER, title=Text(zh="试验事项", en="matter"))(colleagues)
    clocked(DIRECTOR_S, title=Text(zh="主任事项", en="director's matter"))(for_directors)
if SENSITIVE not in clocked_lives():
    clocked(SENSITIVE, title=Text(zh="直报事项", en="direct matter"))(for_directors)


def begun(actor: Actor, number: int | None = None, **given: Any) -> Deadline:
    """A clock of a plain matter of theirs. Within their fence."""
    told: dict[str, Any] = {
        "life": MATTER,
        "clock": Clock.RECTIFICATION_PLAN,
        "asked": Asked(hand=Hand.UNIT),
        "title": "某局整改方案",
    } | given
    return start_clock(actor=actor, number=number or actor.person_id, **told)
