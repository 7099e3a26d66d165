"""What of a plan is whose: whom an office sends, who comes to it, and what changed of that.

An extract says nothing of what happens between other offices: it holds a row for each person of
the office itself, and for each team that visits the office's county only the visits there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Row = dict[str, Any]
ROLE_ORDER = ("leader", "deputy", "member")


@dataclass(frozen=True, slots=True)
class SeatRow:
    """`office` and `number` name the person for good; `duties` are codes."""

    office: str
    number: str
    name: str
    post: str
    role: str
    team: str
    duties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VisitRow:
    """`office` is the county's code, `county` how it is called."""

    office: str
    county: str
    code: str
    unit: str
    team: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Sheet:
    """A plan with its names, as its rows have it."""

    teams: Mapping[str, str]  # code -> name, in the plan's order
    seats: Sequence[SeatRow]
    visits: Sequence[VisitRow]

    @property
    def offices(self) -> tuple[str, ...]:
        """Everybody whom the plan concerns: who sends somebody, and who is visited."""
        return tuple(
            dict.fromkeys([row.office for row in self.seats] + [v.office for v in self.visits])
        )

    def seats_of(self, team: str) -> list[SeatRow]:
        found = [row for row in self.seats if row.team == team]
        return sorted(found, key=lambda row: ROLE_ORDER.index(row.role))

    def visits_of(self, team: str) -> list[VisitRow]:
        found = [visit for visit in self.visits if visit.team == team]
        return sorted(found, key=lambda visit: (visit.starts_on, visit.code))

    def leader_of(self, team: str) -> str:
        return next((row.name for row in self.seats_of(team) if row.role == "leader"), "")


def people_to_confirm(sheet: Sheet) -> Mapping[str, list[Row]]:
    """Per office: who of its people, in which role, from when to when. Not where, not with whom."""
    lists: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(sheet.seats, key=lambda row: (row.office, row.number)):
        visits = sheet.visits_of(row.team)
        if visits:
            lists[row.office].append(
                {
                    "number": row.number,
                    "name": row.name,
                    "role": row.role,
                    "from": visits[0].starts_on.isoformat(),
                    "to": max(visit.ends_on for visit in visits).isoformat(),
                }
            )
    return lists


def extract_of(sheet: Sheet, office: str) -> Row:
    """What the office is told once the plan is in force."""
    return {
        "going_out": list(_going_out(sheet, office)),
        "coming_in": list(_coming_in(sheet, office)),
    }


NOTHING: Mapping[str, Sequence[Row]] = {"going_out": (), "coming_in": ()}


def _going_out(sheet: Sheet, office: str) -> Iterator[Row]:
    for row in sorted(sheet.seats, key=lambda row: row.number):
        visits = sheet.visits_of(row.team)
        if row.office != office or not visits:
            continue
        yield {
            "number": row.number,
            "name": row.name,
            "role": row.role,
            "duties": list(row.duties),
            "team": row.team,
            "team_name": sheet.teams[row.team],
            "leader": sheet.leader_of(row.team),
            "visits": [
                {"county": visit.county, "unit": visit.unit, **_days(visit)} for visit in visits
            ],
        }


def _coming_in(sheet: Sheet, office: str) -> Iterator[Row]:
    for team, name in sheet.teams.items():
        visits = [visit for visit in sheet.visits_of(team) if visit.office == office]
        if not visits:
            continue
        yield {
            "team": team,
            "team_name": name,
            "people": [
                {
                    "name": row.name,
                    "post": row.post,
                    "role": row.role,
                    "is_own": row.office == office,
                }
                for row in sheet.seats_of(team)
            ],
            "visits": [
                {"code": visit.code, "unit": visit.unit, **_days(visit)} for visit in visits
            ],
        }


def _days(visit: VisitRow) -> Row:
    return {"from": visit.starts_on.isoformat(), "to": visit.ends_on.isoformat()}


# --- What changed -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Changed:
    """One row of an extract in two versions; None: it is not in that one."""

    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class ExtractChanges:
    going_out: Sequence[Changed] = field(default_factory=tuple)
    coming_in: Sequence[Changed] = field(default_factory=tuple)

    @property
    def is_empty(self) -> bool:
        return not self.going_out and not self.coming_in


def changes_between(
    before: Mapping[str, Sequence[Row]], after: Mapping[str, Sequence[Row]]
) -> ExtractChanges:
    """From one version of an office's extract to the next: own people, and teams that come."""
    return ExtractChanges(
        going_out=_changed(before["going_out"], after["going_out"], "number"),
        coming_in=_changed(before["coming_in"], after["coming_in"], "team"),
    )


def _changed(before: Sequence[Row], after: Sequence[Row], key: str) -> tuple[Changed, ...]:
    old, new = ({row[key]: row for row in rows} for rows in (before, after))
    return tuple(
        Changed(old.get(name), new.get(name))
        for name in dict.fromkeys((*old, *new))
        if old.get(name) != new.get(name)
    )
