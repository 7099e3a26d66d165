"""The rule book: every hard rule, in reading order. Not listed = does not exist."""

from __future__ import annotations

from scheduling.domain.problem import Problem
from scheduling.domain.rules import recusal, rotation, teams, ties, visits, workload
from scheduling.domain.rules.base import Rule
from scheduling.domain.rules.statements import Excluded

RULE_BOOK: tuple[Rule, ...] = (
    visits.coverage,
    recusal.own_county,
    recusal.own_unit,
    recusal.system,
    recusal.native_place,
    recusal.former_post,
    ties.relative,
    ties.interest,
    ties.declared,
    rotation.revisit,
    teams.pair,
    teams.one_team,
    teams.leader,
    teams.team_size,
    teams.skills,
    teams.experienced,
    teams.home_offices,
    teams.team_counties,
    teams.per_office_max,
    workload.home_unit_quota,
    workload.availability,
    workload.recent_cap,
    rotation.office_targets,
    rotation.office_sources,
    rotation.reciprocity,
    rotation.repeat,
    visits.window,
    visits.overlap,
    visits.pin,
)

RULE_BY_CODE: dict[str, Rule] = {rule.code: rule for rule in RULE_BOOK}


def excluded(problem: Problem) -> list[Excluded]:
    """Every bar of a person from a unit, with the fact behind it, rule by rule.

    A pair may appear several times: once for each fact.
    """
    return [
        statement
        for rule in RULE_BOOK
        if rule.kind == "person"
        for statement in rule.statements(problem)
        if isinstance(statement, Excluded)
    ]


def facts_of(problem: Problem) -> tuple[Excluded, ...]:
    """`excluded`, worked out once for a problem and kept with it: many ask again and again."""
    found = problem.__dict__.get("_excluded_facts")
    if found is None:
        found = problem.__dict__["_excluded_facts"] = tuple(excluded(problem))
    return tuple(found)
