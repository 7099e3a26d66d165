"""Duties inside a team: who keeps contact with the unit, hears petitioners, keeps the files.

They are the platform's, not the engine's: they bar nobody from a team, and any seat may carry
them. What must not be is a local person where people come to speak about local people.

Sources: docs/field.md (outsider-only posts of mixed teams; one liaison, one petition handler and
one archivist a team, who may double).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kernel.law import LegalBasis, practice
from kernel.text import Text
from scheduling.domain.problem import Problem, Schedule, Team

Duties = Mapping[str, tuple[str, ...]]  # inspector id -> codes of DUTIES

LIAISON = "liaison"
PETITION_HANDLER = "petition_handler"
ARCHIVIST = "archivist"

DUTIES: Mapping[str, Text] = {
    LIAISON: Text(zh="联络员", en="Liaison"),
    PETITION_HANDLER: Text(zh="信访专员", en="Petition handler"),
    ARCHIVIST: Text(zh="档案管理员", en="Archivist"),
}
OUTSIDERS_ONLY = frozenset({PETITION_HANDLER})

BASIS: LegalBasis = practice(
    "混合编组中信访接待岗位由外来人员担任（咸宁、漳州做法）",
    "In mixed teams petitioners are received by outsiders (practice of Xianning and Zhangzhou)",
)


@dataclass(frozen=True, slots=True)
class DutyFault:
    """A duty that keeps a plan from being published. `inspector` None: nobody carries it."""

    team: str
    duty: str
    inspector: str | None
    says: Text


def host_seats(problem: Problem, team: Team) -> frozenset[str]:
    """Those of the team whose own office is among the counties that it visits."""
    visited = {problem.unit_by_id[visit.unit].county for visit in team.visits}
    return frozenset(
        person for person in team.people if problem.inspector_by_id[person].office in visited
    )


def duty_faults(problem: Problem, schedule: Schedule, duties: Duties) -> Iterator[DutyFault]:
    """Petitioners are heard by outsiders only. A duty that nobody carries is no fault."""
    for team in schedule.teams:
        for person in sorted(host_seats(problem, team)):
            for duty in duties.get(person, ()):
                if duty in OUTSIDERS_ONLY:
                    name = problem.inspector_by_id[person].name
                    yield DutyFault(team.id, duty, person, _local(name, DUTIES[duty]))


def usual_duties(problem: Problem, schedule: Schedule) -> Duties:
    """A first proposal: the liaison knows the place, the petition handler does not.

    In each team the last member who may, in the plan's order, so that the leader and the
    deputies keep their hands free; one person may carry two duties in a small team.
    """
    chosen: dict[str, list[str]] = {}
    for team in schedule.teams:
        if not team.people:
            continue
        locals_ = host_seats(problem, team)
        line = [*reversed(team.members), *reversed(team.deputies)] or list(team.people)
        outside = [person for person in line if person not in locals_]
        inside = [person for person in line if person in locals_]
        liaison = (inside or outside)[0]
        others = [person for person in outside if person != liaison] or outside
        picks = {LIAISON: liaison, ARCHIVIST: (others[1:] or others or line)[0]}
        if others:
            picks[PETITION_HANDLER] = others[0]
        for duty in DUTIES:
            if duty in picks:
                chosen.setdefault(picks[duty], []).append(duty)
    return {person: tuple(codes) for person, codes in chosen.items()}


def _local(name: str, duty: Text) -> Text:
    return Text(
        zh=f"{name}来自被巡察地，不能担任{duty.zh}：该岗位只能由外来人员担任。",
        en=f"{name} is from the county that is inspected and cannot be {duty.en.lower()}:"
        " outsiders only.",
    )
