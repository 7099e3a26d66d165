"""Whom a letter may go to: units of the registry, county leaders, bodies beside the office."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from kernel.clock import today
from sharing.models.contacts import UnitDesk
from sharing.models.letters import Addressed
from tenancy.actor import Actor
from tenancy.domain.roles import ROLE_TITLES, Permission, Role
from tenancy.models import Membership
from tenancy.object_permissions import seats_with

BODIES = (
    Role.DISCIPLINE_BODY,
    Role.ORGANISATION_DEPARTMENT,
    Role.AUDIT_OFFICE,
    Role.PETITION_OFFICE,
)
MOST_OFFERED = 2000
To = Addressed.To


@dataclass(frozen=True, slots=True)
class Addressee:
    """`code`: as a form or a program names it: `unit:<code>`, `supervisors:<code>`,
    `leader:<number>`, `body:<role>`."""

    code: str
    name: str
    goes_to: str
    desk_id: int | None = None
    person_id: int | None = None
    role: str = ""

    @property
    def columns(self) -> dict[str, object]:
        return {
            "goes_to": self.goes_to,
            "desk_id": self.desk_id,
            "person_id": self.person_id,
            "role": self.role,
            "addressee": self.name,
        }


def addressees(actor: Actor) -> list[Addressee]:
    """All whom the office can write to, units first."""
    return [*_units(actor, To.UNIT), *_leaders(actor), *_bodies()]


def copied(actor: Actor) -> list[Addressee]:
    """Whom a copy can go to."""
    return [*_leaders(actor), *_bodies(), *_units(actor, To.SUPERVISORS), *_units(actor, To.UNIT)]


def chosen(actor: Actor, codes: Collection[str]) -> list[Addressee]:
    """Those of these codes, in their order; fewer where one is nobody's."""
    known = {one.code: one for one in copied(actor)}
    return [known[code] for code in dict.fromkeys(codes) if code in known]


def code_of(row: Addressed) -> str:
    """The code of whom a row names."""
    if row.goes_to in (To.UNIT, To.SUPERVISORS):
        return f"{row.goes_to}:{row.desk.unit_code if row.desk else ''}"
    return f"{row.goes_to}:{row.person_id or row.role}"


def _units(actor: Actor, goes_to: Addressed.To) -> Iterator[Addressee]:
    ending = "监督单位" if goes_to == To.SUPERVISORS else ""
    for desk in UnitDesk.objects.of_office(actor).order_by("unit_code")[:MOST_OFFERED]:
        name = f"{desk.name}{ending}"
        yield Addressee(f"{goes_to}:{desk.unit_code}", name, goes_to, desk_id=desk.pk)


def _leaders(actor: Actor) -> Iterator[Addressee]:
    seats = seats_with(Permission.LEAD_JOINT_CASES, actor.tenant_id, on=today())
    people = Membership.objects.filter(pk__in=seats.values("pk"), principal__isnull=True)
    named = people.order_by("user__display_name", "user_id").values_list(
        "user_id", "user__display_name"
    )
    for number, name in dict(named).items():
        yield Addressee(f"leader:{number}", name, To.LEADER, person_id=number)


def _bodies() -> Iterator[Addressee]:
    for role in BODIES:
        yield Addressee(f"body:{role}", ROLE_TITLES[role].zh, To.BODY, role=role)
