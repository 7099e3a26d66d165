"""The list of checks: one for each hard rule, in the order of the contract."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduling.domain.verify import across_teams, people, teams
from scheduling.domain.verify.reading import Breach, Reading

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

# What these find in a team depends on that team alone, whatever the others do. `team_size` is
# not among them: it also counts how often a slot is filled.
OF_ONE_TEAM: frozenset[str] = frozenset(
    {
        "own_county",
        "own_unit",
        "system",
        "native_place",
        "former_post",
        "relative",
        "interest",
        "declared",
        "revisit",
        "pair",
        "leader",
        "home_offices",
        "team_counties",
        "per_office_max",
        "skills",
        "experienced",
        "availability",
        "recent_cap",
        "window",
        "overlap",
    }
)
