"""Who speaks for which unit: for the office that says so, and for who was named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from kernel.clock import today
from kernel.text import Text
from scheduling.workbooks.words import phrase
from sharing.access.contacts import (
    access_desk,
    desks_visible_to,
    units_spoken_for,
    units_supervised_by,
)
from sharing.mapping.contacts import CAPACITIES
from sharing.models.contacts import SPEAK, SUPERVISE, UnitContact, UnitDesk, UnitDeskQuerySet
from tenancy import object_permissions
from tenancy.actor import Actor
from tenancy.domain.roles import ROLE_TITLES, Permission, Role
from tenancy.models import Membership, User
from tenancy.object_permissions import seats_with
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class ContactLine:
    """Somebody who was named. `is_seated` False: their seat has ended, and they speak for nobody."""

    person: User
    capacity: str
    is_seated: bool

    @property
    def capacity_words(self) -> Text:
        return CAPACITIES[self.capacity]


@dataclass(frozen=True, slots=True)
class DeskLine:
    desk: UnitDesk
    speakers: Sequence[ContactLine]
    supervisors: Sequence[ContactLine]


@dataclass(frozen=True, slots=True)
class Nameable:
    """Somebody who could be named, with the seats by which they could."""

    person: User
    seats: Sequence[Text]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """`nameable`: by capacity, for whoever may name."""

    line: DeskLine
    nameable: dict[str, Sequence[Nameable]]
    may_name: bool

    @property
    def desk(self) -> UnitDesk:
        return self.line.desk

    @property
    def lines(self) -> Sequence[ContactLine]:
        return [*self.line.speakers, *self.line.supervisors]


@dataclass(frozen=True, slots=True)
class OwnDesk:
    """A unit that the actor was named to."""

    desk: UnitDesk
    capacity: str

    @property
    def capacity_words(self) -> Text:
        return CAPACITIES[self.capacity]


def has_desks(actor: Actor) -> bool:
    """Whether there is any body in the registry."""
    return desks_visible_to(actor).exists()


def desks_part(
    actor: Actor, window: Window, *, search: str = "", without: bool = False
) -> Part[DeskLine]:
    """The desks of the registry, by their codes. `without`: only those for which nobody speaks today."""
    desks = _found(desks_visible_to(actor), phrase(search[:100]))
    if without:
        desks = desks.exclude(Exists(_spoken_for_today(actor)))
    part = part_of(desks, window, "unit_code")
    return part.showing(_lines(actor, part.lines))


def desk_page(actor: Actor, number: int) -> DeskPage:
    desk = access_desk(actor, number)
    may_name = actor.may(Permission.NAME_HANDLERS)
    [line] = _lines(actor, [desk])
    return DeskPage(
        line=line,
        nameable={one: _nameable(desk, one) for one in CAPACITIES} if may_name else {},
        may_name=may_name,
    )


def own_desks_part(actor: Actor, window: Window) -> Part[OwnDesk]:
    """What the actor was named to. With one seat worn it is one capacity: nobody is named in both."""
    if actor.may(Permission.SPEAK_FOR_UNIT):
        desks, capacity = units_spoken_for(actor), SPEAK
    else:
        actor.must(Permission.SUPERVISE_UNIT)
        desks, capacity = units_supervised_by(actor), SUPERVISE
    part = part_of(desks, window, "unit_code")
    return part.showing([OwnDesk(desk, capacity) for desk in part.lines])


def supervising_bodies(desk: UnitDesk) -> Sequence[Text]:
    """Which bodies supervise the unit today: their seats, and nobody's name."""
    named = UnitContact.objects.filter(
        tenant_id=desk.tenant_id, content_object=desk, permission__codename=SUPERVISE
    )
    held = seats_with(UnitContact.seat_for(SUPERVISE), desk.tenant_id, on=today())
    seats = held.filter(user_id__in=named.values("user_id"), user__is_active=True)
    return list(dict.fromkeys(ROLE_TITLES[role] for _, role in _by_role(seats)))


def _found(desks: UnitDeskQuerySet, search: str) -> UnitDeskQuerySet:
    if not search:
        return desks
    plain = search.lower().replace(" ", "")
    return desks.filter(
        Q(name__icontains=search) | Q(name_key__contains=plain) | Q(unit_code__istartswith=search)
    )


def _spoken_for_today(actor: Actor) -> QuerySet[UnitContact]:
    seats = seats_with(Permission.SPEAK_FOR_UNIT, actor.tenant_id, on=today())
    return UnitContact.objects.filter(
        tenant_id=actor.tenant_id,
        content_object=OuterRef("pk"),
        permission__codename=SPEAK,
        user_id__in=seats.filter(user__is_active=True).values("user_id"),
    )


def _lines(actor: Actor, desks: Sequence[UnitDesk]) -> list[DeskLine]:
    """In three queries, however many desks."""
    named = UnitContact.objects.filter(tenant_id=actor.tenant_id, content_object__in=desks)
    rows = list(
        named.select_related("user", "permission")
        .only("content_object", "user__display_name", "permission__codename")
        .order_by("user__display_name", "user_id")
    )
    seated = {
        capacity: set(
            seats_with(UnitContact.seat_for(capacity), actor.tenant_id, on=today())
            .filter(user__in=[row.user_id for row in rows], user__is_active=True)
            .values_list("user_id", flat=True)
        )
        for capacity in CAPACITIES
        if rows
    }
    lines: dict[tuple[int, str], list[ContactLine]] = {}
    for row in rows:
        capacity = row.permission.codename
        line = ContactLine(row.user, capacity, row.user_id in seated[capacity])
        lines.setdefault((row.content_object_id, capacity), []).append(line)
    return [
        DeskLine(desk, lines.get((desk.pk, SPEAK), ()), lines.get((desk.pk, SUPERVISE), ()))
        for desk in desks
    ]


def _nameable(desk: UnitDesk, capacity: str) -> list[Nameable]:
    """Who holds the seat and is named to this desk in no capacity yet."""
    taken = UnitContact.objects.filter(tenant_id=desk.tenant_id, content_object=desk)
    people = object_permissions.nameable_to(desk, capacity).exclude(pk__in=taken.values("user_id"))
    seats: dict[int, list[Text]] = {}
    held = seats_with(UnitContact.seat_for(capacity), desk.tenant_id, on=today())
    for user, role in _by_role(held):
        seats.setdefault(user, []).append(ROLE_TITLES[role])
    return [Nameable(person, seats.get(person.pk, ())) for person in people]


def _by_role(seats: QuerySet[Membership]) -> list[tuple[int, Role]]:
    rows = seats.order_by("pk").values_list("user_id", "role")
    return [(user, Role(role)) for user, role in rows]
