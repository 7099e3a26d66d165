"""The price of an edit, and the teams before and after it, as JSON.

A breach is written down by its code, what it names, and their names: never by its message, which
may tell a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from scheduling.domain.desk.bars import OF_PERSONS, shown_codes
from scheduling.domain.desk.price import Price
from scheduling.domain.document.writing import teams_as_json
from scheduling.domain.duties import Duties
from scheduling.domain.problem import Problem, Schedule, Team, Visit
from scheduling.domain.verify import Breach

Content = dict[str, Any]
Names = Mapping[str, str]  # of the teams, by code

# The verifier names the employer, which is a fact of the person.
WITHOUT_SUBJECTS = frozenset({"home_unit_quota"})


def price_as_json(
    problem: Problem, before: Schedule, after: Schedule, price: Price, teams: Names
) -> Content:
    return {
        "measures": {
            measure: [value, price.measures_after[measure]]
            for measure, value in price.measures_before.items()
        },
        "tiers": [list(pair) for pair in zip(price.tiers_before, price.tiers_after, strict=True)],
        "new": breaches_as_json(problem, after, price.breaches_new, teams),
        "gone": breaches_as_json(problem, before, price.breaches_gone, teams),
    }


def breaches_as_json(
    problem: Problem, schedule: Schedule, breaches: Iterable[Breach], teams: Names
) -> list[Content]:
    """Each breach once, under the code that people are shown."""
    lines = []
    for breach in breaches:
        subjects = () if breach.code in WITHOUT_SUBJECTS else breach.subjects
        names = [name_in(problem, teams, subject) for subject in subjects]
        for code in _codes(problem, schedule, breach):
            line = {"code": code, "subjects": list(subjects), "names": names}
            if line not in lines:
                lines.append(line)
    return lines


def name_in(problem: Problem, teams: Names, subject: str) -> str:
    """An id as people know it; what nobody knows is called by its id."""
    if subject in problem.inspector_by_id:
        return problem.inspector_by_id[subject].name
    if subject in problem.unit_by_id:
        return problem.unit_by_id[subject].name
    if subject in problem.office_by_id:
        return problem.office_by_id[subject].name
    return teams.get(subject, subject)


def _codes(problem: Problem, schedule: Schedule, breach: Breach) -> tuple[str, ...]:
    if breach.code in OF_PERSONS:
        person, unit = breach.subjects[:2]
        for team in schedule.teams:
            if person in team.people and unit in {visit.unit for visit in team.visits}:
                return shown_codes(problem, breach.code, team, person, unit)
    return (breach.code,)


# --- Teams with their duties ----------------------------------------------------------------


def with_duties(teams: Iterable[Team], duties: Duties) -> list[Content]:
    """The teams as a plan has them, each with who carries which duty."""
    teams = list(teams)
    return [
        {
            **written,
            "duties": {person: list(duties[person]) for person in team.people if person in duties},
        }
        for written, team in zip(teams_as_json(teams), teams, strict=True)
    ]


def teams_in(stored: Sequence[Mapping[str, Any]]) -> list[Team]:
    return [
        Team(
            id=entry["id"],
            leader=entry["leader"],
            deputies=tuple(entry["deputies"]),
            members=tuple(entry["members"]),
            visits=tuple(
                Visit(
                    visit["unit"],
                    date.fromisoformat(visit["start"]),
                    date.fromisoformat(visit["end"]),
                )
                for visit in entry["visits"]
            ),
        )
        for entry in stored
    ]


def duties_in(stored: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    return {person: tuple(codes) for entry in stored for person, codes in entry["duties"].items()}
