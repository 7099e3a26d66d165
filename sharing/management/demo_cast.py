"""Who plays in the demo's story: everybody of the host and of the city, by the seat that they hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sharing.models.contacts import SPEAK, SUPERVISE, UnitDesk
from sharing.services.contacts import name_contact
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Role

Done = TypeVar("Done")
Seats = Mapping[Role, Sequence[Actor]]


def seats_of(people: Iterable[Actor]) -> Seats:
    """In the order in which they are given."""
    seats: dict[Role, list[Actor]] = {}
    for actor in people:
        for role in sorted(actor.roles):
            seats.setdefault(role, []).append(actor)
    return seats


@dataclass(frozen=True)
class Office:
    """One office's people. `clerk` and `director`: whoever does that work there."""

    seats: Seats
    clerk: Actor
    director: Actor

    def has(self, *roles: Role) -> bool:
        return all(role in self.seats for role in roles)

    def one(self, role: Role, nth: int = 0) -> Actor:
        return self.seats[role][nth]

    def named(self, code: str, liaison: Actor, supervisor: Actor | None = None) -> None:
        """The director says who speaks for the unit, and who supervises it."""
        desk = self.desk(unit_code=code)
        capacities = [(SPEAK, liaison), *([(SUPERVISE, supervisor)] if supervisor else [])]
        for capacity, person in capacities:
            by(
                self.director, name_contact,
                number=desk.pk, capacity=capacity, person=person.person_id,
            )  # fmt: skip

    def desk(self, **which: Any) -> UnitDesk:
        """The first of the registry that fits."""
        with in_office(self.director.tenant_id, self.director.user_id):
            found = UnitDesk.objects.filter(tenant_id=self.director.tenant_id, **which)
            return found.order_by("unit_code")[:1].get()


def county_of(people: Iterable[Actor]) -> Office:
    """Where nobody is a clerk, the director does that work too."""
    seats = seats_of(people)
    (director, *_) = seats[Role.COUNTY_DIRECTOR]
    return Office(seats, seats.get(Role.COUNTY_CLERK, [director])[0], director)


def city_of(people: Iterable[Actor]) -> Office:
    seats = seats_of(people)
    return Office(seats, seats[Role.SCHEDULER][0], seats[Role.CITY_DIRECTOR][0])


def by(actor: Actor, service: Callable[..., Done], /, **given: Any) -> Done:
    """The service as that person does it."""
    with in_office(actor.tenant_id, actor.user_id):
        return service(actor=actor, **given)
