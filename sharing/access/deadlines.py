"""Clocks are read by exactly who may read the record that they belong to.

Each subject says once, beside its own access functions, which rows of a life somebody may read::

    clocked("letter", title=LETTER.title, page="letter-detail")(letters_visible_to)

The worker asks the same when it mails, so what the function reads the worker may read too. A life
that nobody registered is nobody's: its clocks are shown to no one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel.errors import NotVisible
from kernel.text import Text
from sharing.domain.terms import SENSITIVE_LIVES
from sharing.models.deadlines import Deadline, DeadlineTold, TermProfile
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

Readers = Callable[[Actor], QuerySet[Any]]
Sieve = Callable[[Actor], Q]
Named = TypeVar("Named", bound=Readers)


@dataclass(frozen=True, slots=True)
class Clocked:
    """`readers`: the rows of that life that somebody may read. `page`: the name of the record's
    page in the portal, which takes its number; empty: it has none. `sieve`: where the worker may
    not read the records, what of the clocks of that life is theirs."""

    life: str
    title: Text
    page: str
    readers: Readers
    sieve: Sieve | None = None

    def theirs(self, actor: Actor) -> Q:
        """Of the clocks, those of this life that the actor may read."""
        if self.sieve is not None:
            return Q(life=self.life) & self.sieve(actor)
        return Q(life=self.life, number__in=self.readers(actor).values("pk"))

    @property
    def is_sensitive(self) -> bool:
        return self.life in SENSITIVE_LIVES


_CLOCKED: dict[str, Clocked] = {}


def clocked(
    life: str, *, title: Text, page: str = "", sieve: Sieve | None = None
) -> Callable[[Named], Named]:
    """Register who reads the clocks of a life: whoever reads its records."""

    def register(readers: Named) -> Named:
        if life in _CLOCKED:
            raise ValueError(f"Who reads the clocks of a {life} is said twice.")
        _CLOCKED[life] = Clocked(life, title, page, readers, sieve)
        return readers

    return register


def clocked_lives() -> Mapping[str, Clocked]:
    return MappingProxyType(_CLOCKED)


def deadlines_visible_to(actor: Actor) -> QuerySet[Deadline]:
    """Asked of the database in one question: no list of numbers is carried about."""
    if not actor.may(Permission.VIEW_DEADLINES):
        return Deadline.objects.none()
    theirs = Q(pk__in=())
    for one in _CLOCKED.values():
        theirs |= one.theirs(actor)
    return Deadline.objects.filter(theirs, tenant_id=actor.tenant_id)


def access_deadline(actor: Actor, number: int) -> Deadline:
    found = deadlines_visible_to(actor).filter(pk=number)
    deadline = found.select_related("asked_user", "terms").first()
    if deadline is None:
        raise NotVisible(what="deadline", number=number)
    return deadline


def access_clocked(actor: Actor, life: str, number: int) -> Clocked:
    """The life of a record that the actor may read; any other record is not there."""
    one = _CLOCKED.get(life)
    if one is None or not one.readers(actor).filter(pk=number).exists():
        raise NotVisible(what=life, number=number)
    return one


def tellings_visible_to(actor: Actor) -> QuerySet[DeadlineTold]:
    """What was told of deadlines that the actor may read."""
    theirs = deadlines_visible_to(actor).filter(pk=OuterRef("deadline_id"))
    return DeadlineTold.objects.filter(Exists(theirs), tenant_id=actor.tenant_id)


def terms_of(tenant_id: int) -> TermProfile | None:
    """The version in force; None: the office has set none yet."""
    return TermProfile.objects.filter(tenant_id=tenant_id).order_by("-version").first()
