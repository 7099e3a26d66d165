"""The units reported to a round, with what the scheduler decided about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from kernel.text import Text
from scheduling.access.handling import may_in_round
from scheduling.access.rounds import access_round
from scheduling.domain.vocabulary import SKILLS, SYSTEMS, UNIT_KINDS, said
from scheduling.models.releases import Release, ReportedUnit
from scheduling.models.rounds import InspectionRound, RoundUnit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Office
from tenancy.paging import Part, Window, part_of
from tenancy.visibility import DeliveredQuerySet


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A reported unit as the round will take it: the decision where there is one."""

    number: int
    county: int
    code: str
    name: str
    kind: Text
    system: Text
    risk: int
    needs: Sequence[tuple[Text, int]]
    chosen: bool
    mandatory: bool
    priority: int
    days: int
    earliest: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class CountyUnits:
    office: Office
    units: Sequence[UnitLine]

    @property
    def chosen(self) -> int:
        return sum(unit.chosen for unit in self.units)


@dataclass(frozen=True, slots=True)
class RoundUnitsPage:
    round: InspectionRound
    counties: Sequence[CountyUnits]
    may_edit: bool

    @property
    def lines(self) -> list[UnitLine]:
        return [unit for county in self.counties for unit in county.units]


def round_units(actor: Actor, number: int) -> RoundUnitsPage:
    """Units up for inspection, county by county. Bodies of the tree alone are left out."""
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    reported = _reported(round_).order_by("sender__code", "code")
    decisions = _decisions(round_)
    counties = [
        CountyUnits(office, [_line(unit, decisions) for unit in units])
        for office, units in groupby(reported, key=lambda unit: unit.sender)
    ]
    return RoundUnitsPage(round_, counties, may_in_round(actor, Permission.EDIT_ROUND, number))


def round_units_part(actor: Actor, number: int, window: Window) -> Part[UnitLine]:
    """The same units, a part at a time."""
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    part = part_of(_reported(round_), window, "sender__code", "code")
    decisions = _decisions(round_)
    return part.showing([_line(unit, decisions) for unit in part.lines])


def _reported(round_: InspectionRound) -> DeliveredQuerySet[ReportedUnit]:
    own = {"tenant_id": round_.tenant_id, "round": round_}
    standing = Release.objects.filter(**own).standing()
    units = ReportedUnit.objects.filter(**own, inspectable=True, release__in=standing)
    return units.select_related("sender")


def _decisions(round_: InspectionRound) -> dict[tuple[int, str], RoundUnit]:
    decided = RoundUnit.objects.filter(tenant_id=round_.tenant_id, round=round_)
    return {(decision.county_id, decision.code): decision for decision in decided}


def _line(unit: ReportedUnit, decisions: dict[tuple[int, str], RoundUnit]) -> UnitLine:
    decision = decisions.get((unit.sender_id, unit.code))
    settled = decision or unit
    return UnitLine(
        number=unit.pk,
        county=unit.sender_id,
        code=unit.code,
        name=unit.name,
        kind=said(UNIT_KINDS, unit.kind),
        system=said(SYSTEMS, unit.system),
        risk=unit.risk,
        needs=[(said(SKILLS, skill), count) for skill, count in sorted(unit.skills.items())],
        chosen=decision.chosen if decision else True,
        mandatory=settled.mandatory,
        priority=settled.priority,
        days=settled.days,
        earliest=decision.window_earliest if decision else None,
        latest=decision.window_latest if decision else None,
    )
