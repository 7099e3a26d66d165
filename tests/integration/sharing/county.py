"""Dinghai with units in its registry, who speaks for them and who supervises them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from kernel.clock import now
from scheduling.models.rosters import InspectedUnit
from sharing.models.contacts import SPEAK, SUPERVISE, UnitDesk
from sharing.services.contacts import name_contact
from tenancy.actor import Actor
from tests.people import acting
from tests.teams import UNIT_NAME, Team

Act = Callable[..., Any]


@dataclass
class County:
    """`team`: everybody around Dinghai. qiao speaks for U01, shen supervises U01."""

    team: Team

    def actor(self, who: str, office: str = "dinghai") -> Actor:
        return self.team.actor(who, office)

    def by(self, who: str, act: Act, /, **given: Any) -> Any:
        """The act as somebody of Dinghai does it."""
        actor = self.actor(who)
        with acting(actor):
            return act(actor=actor, **given)

    def sees(self, who: str, look: Act, /, *given: Any) -> Any:
        actor = self.actor(who)
        with acting(actor):
            return look(actor, *given)

    def desk(self, code: str = "U01") -> UnitDesk:
        lin = self.actor("lin")
        with acting(lin):
            return UnitDesk.objects.get(tenant_id=lin.tenant_id, unit_code=code)


def settled(team: Team, units: int = 2) -> County:
    county = County(team)
    lin = county.actor("lin")
    with team.django_as("worker"), acting(lin):
        InspectedUnit.objects.bulk_create(
            InspectedUnit(
                tenant_id=lin.tenant_id, code=f"U{n:02d}", name=f"第{n}单位", name_key=f"di {n}",
                kind="department", risk=3, days=10, fact_hash="", updated_at=now(),
            )
            for n in range(1, units + 1)
        )  # fmt: skip
    speak_for(county, ["U01"], "qiao")
    supervise(county, ["U01"], "shen")
    return county


def speak_for(county: County, codes: Collection[str], who: str) -> None:
    _name(county, codes, SPEAK, who)


def supervise(county: County, codes: Collection[str], who: str) -> None:
    _name(county, codes, SUPERVISE, who)


def _name(county: County, codes: Collection[str], capacity: str, who: str) -> None:
    person = county.actor(who).person_id
    for code in codes:
        number = county.desk(code).pk
        county.by("lin", name_contact, number=number, capacity=capacity, person=person)


def take_in_unit_of_team(county: County) -> None:
    """The unit that the team inspects, in the registry; qiao speaks for it, shen supervises it."""
    lin, code = county.actor("lin"), county.team.unit_code
    with county.team.django_as("worker"), acting(lin):
        InspectedUnit.objects.create(
            tenant_id=lin.tenant_id, code=code, name=UNIT_NAME, name_key="jiao yu ju",
            kind="department", risk=3, days=10, fact_hash="", updated_at=now(),
        )  # fmt: skip
    speak_for(county, [code], "qiao")
    supervise(county, [code], "shen")
