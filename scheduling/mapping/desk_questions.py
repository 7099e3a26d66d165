"""What the desk works on: the masked question, with what was declared and decided since.

The question was frozen when the plan was made. A declaration that came later must bar on the
desk as well, and a pin that was set or taken away must count at once. A declaration that was
withdrawn since still counts until the plan is checked again: the masked form does not tell it
from a bar that follows from a fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scheduling.domain.problem import ROLES, Declared, Pair, PinPerson, Problem
from scheduling.mapping.decisions import Decisions, Document, decided
from scheduling.mapping.desk_pins import names_only_what_is_there, pin_from
from scheduling.mapping.problems import offices_of
from scheduling.mapping.questions import masked_problem
from scheduling.models.declarations import Declaration
from scheduling.models.pins import RoundPin
from scheduling.models.plans import Plan
from tenancy.models import Office

KEPT_IN_MEMORY = 16  # questions of this process


@dataclass(frozen=True)
class DeskQuestion:
    """`cannot_come`: people who are declared out of the round, with the code that is shown."""

    problem: Problem
    cannot_come: Mapping[str, str]
    pins: Sequence[RoundPin]


_known: dict[tuple[str, str], Problem] = {}


def desk_question(plan: Plan) -> DeskQuestion:
    """The question of a plan that the caller was given access to. Three queries."""
    if plan.question is None:
        raise ValueError("The plan was never asked for.")
    own = {"tenant_id": plan.tenant_id, "round_id": plan.round_id}
    declarations = list(Declaration.objects.filter(**own).standing().order_by("pk"))
    pins = list(RoundPin.objects.filter(**own).order_by("pk"))
    offices = {office.pk: office for office in offices_of(plan.round)}
    said = _said(masked_problem(plan.question), declarations, pins, offices)
    key = (plan.question.masked_sha256, json.dumps(said, sort_keys=True))
    problem = _known.get(key)
    if problem is None:
        problem = _with_decisions(masked_problem(plan.question), said)
        while len(_known) >= KEPT_IN_MEMORY:
            _known.pop(next(iter(_known)), None)
        _known[key] = problem
    return DeskQuestion(problem, _cannot_come(problem, declarations, offices), pins)


def _said(
    masked: Problem,
    declarations: Sequence[Declaration],
    pins: Sequence[RoundPin],
    offices: Mapping[int, Office],
) -> Document:
    ids = {*masked.inspector_by_id, *masked.unit_by_id}
    return decided(Decisions(declarations, pins, {}), offices=offices, ids=ids)


def _with_decisions(masked: Problem, said: Document) -> Problem:
    known = {frozenset((pair.a, pair.b)) for pair in masked.pairs}
    pairs = (Pair(pair["a"], pair["b"], "pair") for pair in said["pairs"])
    decisions = (pin_from(content) for content in said["pins"])
    return replace(
        masked,
        declared=_once(masked.declared, (_declared(entry) for entry in said["declared"])),
        pairs=(*masked.pairs, *(p for p in pairs if frozenset((p.a, p.b)) not in known)),
        pins=tuple(pin for pin in decisions if names_only_what_is_there(masked, pin)),
    )


def _declared(entry: Mapping[str, Any]) -> Declared:
    return Declared(
        inspector=entry["inspector"],
        kind=entry["kind"],
        severity=entry["severity"],
        unit=entry.get("unit"),
        office=entry.get("office"),
        weight=entry["weight"],
        roles=frozenset(entry.get("roles") or ROLES),
    )


def _once(known: tuple[Declared, ...], more: Iterable[Declared]) -> tuple[Declared, ...]:
    """A soft entry that was there when the question was frozen must not weigh twice."""
    return (*known, *(entry for entry in dict.fromkeys(more) if entry not in set(known)))


def _cannot_come(
    problem: Problem, declarations: Sequence[Declaration], offices: Mapping[int, Office]
) -> dict[str, str]:
    out = [row for row in declarations if row.target == Declaration.Target.ROUND]
    kinds = [
        (pin_from(content), row.kind)
        for row in out
        for content in decided(
            Decisions([row], [], {}), offices=offices, ids=set(problem.inspector_by_id)
        )["pins"]
    ]
    return {pin.inspector: kind for pin, kind in kinds if isinstance(pin, PinPerson)}
