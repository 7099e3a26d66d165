"""The second opinion: does a plan obey the round's rules, and are its claims true?

Every predicate is stated here again from the contract (docs/exchange-format.md, "Hard rules")
and the raw problem. Nothing of the rule book, the model or the solver is imported, so a slip
in one of them shows as a difference between the two; a property test looks for it.

Plans come from anywhere, so no id in one is trusted: who or what the problem does not know
breaks a rule (`one_team`, `coverage`, `team_size`) like everything else that does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.verify import across_teams, people, teams
from scheduling.domain.verify.claims import claims
from scheduling.domain.verify.reading import Breach, Reading

__all__ = ["CHECKS", "Breach", "breaches", "claims"]

CHECKS: dict[str, Callable[[Reading], Iterator[Breach]]] = {
    "coverage": across_teams.coverage,
    "own_county": people.own_county,
    "own_unit": people.own_unit,
    "system": people.system,
    "home_unit_quota": across_teams.home_unit_quota,
    "native_place": people.native_place,
    "former_post": people.former_post,
    "relative": people.relative,
    "interest": people.interest,
    "declared": people.declared,
    "revisit": people.revisit,
    "pair": teams.pair,
    "one_team": across_teams.one_team,
    "leader": teams.leader,
    "team_size": teams.team_size,
    "home_offices": teams.home_offices,
    "team_counties": teams.team_counties,
    "office_targets": across_teams.office_targets,
    "office_sources": across_teams.office_sources,
    "per_office_max": teams.per_office_max,
    "reciprocity": across_teams.reciprocity,
    "repeat": across_teams.repeat,
    "skills": teams.skills,
    "experienced": teams.experienced,
    "availability": teams.availability,
    "recent_cap": teams.recent_cap,
    "window": teams.window,
    "overlap": teams.overlap,
    "pin": across_teams.pin,
}


def breaches(problem: Problem, schedule: Schedule) -> list[Breach]:
    """Every breach of every hard rule, in the order of the contract. Empty: the plan holds.

    A person or a unit that is listed twice breaks a rule of its own; what else is wrong with
    them is told once.
    """
    reading = Reading(problem, schedule)
    found = (breach for check in CHECKS.values() for breach in check(reading))
    return list(dict.fromkeys(found))
