"""`round-plan/1` from bytes: every fault, or a valid `PlanDocument`.

Faults are about the document and the names in it. Whether the plan obeys the rules, and
whether what it says about itself is true, is for `scheduling.domain.verify`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from scheduling.domain.document.faults import Fault, InvalidDocument, quoted
from scheduling.domain.document.json_text import parsed
from scheduling.domain.document.node import Fields, Ids, Node
from scheduling.domain.document.plan import (
    RULE_CODES,
    ConflictEntry,
    PlanDocument,
    Status,
    TierValue,
)
from scheduling.domain.document.team_reader import planned_teams
from scheduling.domain.problem import MEASURES, Problem, Schedule, Team

PLAN_FORMAT = "round-plan/1"
ALWAYS = ("format", "round", "problem_sha256", "status", "seconds", "engine")
OF_A_SCHEDULE = ("tiers", "measures", "teams", "uncovered")
OF_A_CONFLICT = ("conflict", "minimal")
MOST_CLAIMED = 10**39  # tiers are sums of products, far above any number of a problem


def read_plan(data: bytes, problem: Problem) -> PlanDocument:
    """Read the bytes of a plan for `problem`.

    Raises
    ------
    InvalidDocument
        With every fault, among them names that the problem has not.
    """
    faults: list[Fault] = []
    plan = _plan(Node(parsed(data), "$", faults), problem)
    if faults:
        raise InvalidDocument(faults)
    return plan


def _plan(root: Node, problem: Problem) -> PlanDocument:
    top = root.fields(ALWAYS, (*OF_A_SCHEDULE, *OF_A_CONFLICT))
    top["format"].one_of((PLAN_FORMAT,))
    status: Status = top["status"].one_of(get_args(Status))
    if top["status"].is_sound:
        _check_keys(top, status)
    units = Ids("unit of the problem", problem.unit_by_id)
    subjects = Ids("unit, team, office or pin of the problem", _subjects(problem))
    teams = top.maybe("teams", lambda node: _teams(node, problem, units)) or ()
    return PlanDocument(
        round=top["round"].string(),
        problem_sha256=top["problem_sha256"].string(),
        status=status,
        seconds=top["seconds"].number(0, 1e9),
        engine=top["engine"].string(),
        schedule=Schedule(teams) if status in ("optimal", "feasible") else None,
        tiers=top.get("tiers", lambda node: node.each(_tier), ()),
        measures=top.get("measures", _measures, {}),
        uncovered=top.get("uncovered", lambda node: node.each(units.refer), ()),
        conflict=top.get("conflict", lambda node: node.each(lambda e: _entry(e, subjects)), ()),
        minimal=top.maybe("minimal", Node.flag),
    )


def _teams(node: Node, problem: Problem, units: Ids) -> tuple[Team, ...]:
    slots = Ids("team of the problem", problem.team_by_id)
    inspectors = Ids("inspector of the problem", problem.inspector_by_id)
    return planned_teams(node, slots, inspectors, units)


def _check_keys(top: Fields, status: Status) -> None:
    """Solved plans have a schedule and its figures, infeasible ones a conflict instead."""
    if status in ("optimal", "feasible"):
        _demand(top, OF_A_SCHEDULE, status)
    elif status == "infeasible":
        _demand(top, OF_A_CONFLICT, status)
    if status in ("infeasible", "unknown"):
        for key in ("tiers", "measures", "teams"):
            if key in top and top[key].value:
                top[key].fault(f"is given, but a plan that is {status} has no {key}")
    if status != "infeasible":
        for key in OF_A_CONFLICT:
            if key in top:
                top[key].fault("is given, but only a plan that is infeasible has it")


def _demand(top: Fields, keys: Sequence[str], status: Status) -> None:
    for key in keys:
        if key not in top and top.node.is_sound:
            top[key].fault(f"is missing in a plan that is {status}")


def _tier(node: Node) -> TierValue:
    fields = node.fields(("value", "bound"))
    return TierValue(_figure(fields["value"]), fields["bound"].or_null(_figure))


def _figure(node: Node) -> int:
    """A claimed figure. A negative one is a false claim, no fault of the document."""
    return node.whole(-MOST_CLAIMED, MOST_CLAIMED)


def _measures(node: Node) -> Mapping[str, int]:
    figures: dict[str, int] = {}
    for measure, figure in node.entries().items():
        if measure not in MEASURES:
            figure.fault(f"unknown measure {quoted(measure)}; known are {', '.join(MEASURES)}")
        else:
            figures[measure] = _figure(figure)
    return figures


def _subjects(problem: Problem) -> set[str]:
    """What an entry of a conflict may be about."""
    pins = (f"pins[{index}]" for index in range(len(problem.pins)))
    return {*problem.unit_by_id, *problem.team_by_id, *problem.office_by_id, *pins}


def _entry(node: Node, subjects: Ids) -> ConflictEntry:
    fields = node.fields(("rule", "subjects", "text"))
    return ConflictEntry(
        rule=fields["rule"].one_of(RULE_CODES),
        subjects=fields["subjects"].each(subjects.refer),
        text=fields["text"].string(),
    )
