"""The seats of a plan that a bar or a declaration forbids at this moment, and who could take
them. What bars is a code and its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from kernel.text import Text
from scheduling.access.handling import may_in_round
from scheduling.access.plans import access_plan
from scheduling.domain.desk.candidates import Candidate, who_else
from scheduling.domain.desk.named import EditImpossible
from scheduling.domain.problem import ROLES, Declared, PinPerson, Problem
from scheduling.domain.rules import RULE_BY_CODE
from scheduling.domain.vocabulary import TEAM_ROLES, TIES, said
from scheduling.mapping.decisions import decided, decisions_of, person_id
from scheduling.mapping.problems import offices_of
from scheduling.mapping.questions import masked_problem
from scheduling.mapping.schedules import schedule_of
from scheduling.models.plans import Plan, PlanSeat
from scheduling.models.questions import FrozenQuestion
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

MOST_REPLACEMENTS = 3
MOST_LOOKED_AFTER = 5  # seats for which replacements are looked up while a page is drawn


@dataclass(frozen=True, slots=True)
class Replacement:
    """Somebody who could take the seat and break nothing; the first costs least."""

    person: str  # id of the exchange format
    name: str
    office: str
    leaves: str | None  # the team that they sit in now


@dataclass(frozen=True, slots=True)
class Suspended:
    person: str  # id of the exchange format
    name: str
    office: str
    team: str
    role: Text
    because: Sequence[Text]  # titles of rules
    replacements: Sequence[Replacement]


@dataclass(frozen=True, slots=True)
class SuspendedSeats:
    plan: int
    round: int
    seats: Sequence[Suspended]
    may_edit: bool
    may_solve: bool


def suspended_seats(actor: Actor, number: int) -> SuspendedSeats:
    """Of plan `number`, for its own office."""
    plan = access_plan(actor, number, Permission.VIEW_PLAN)
    barred = _barred(plan)
    seats = (
        PlanSeat.objects.filter(tenant_id=plan.tenant_id, plan=plan, person_id__in=barred)
        .select_related("person__sender", "team")
        .order_by("team__position", "pk")
    )
    offered = _Offers(plan) if barred else None
    return SuspendedSeats(
        plan=plan.pk,
        round=plan.round_id,
        may_edit=may_in_round(actor, Permission.EDIT_PLAN, plan.round_id),
        may_solve=may_in_round(actor, Permission.SOLVE_ROUND, plan.round_id),
        seats=[
            Suspended(
                person=person_id(seat.person.sender, seat.person.number),
                name=seat.person.name,
                office=seat.person.sender.short_name,
                team=seat.team.name,
                role=said(TEAM_ROLES, seat.role),
                because=[title_of(code) for code in barred[seat.person_id]],
                replacements=offered.instead_of(seat)
                if offered and place < MOST_LOOKED_AFTER
                else (),
            )
            for place, seat in enumerate(seats)
        ],
    )


def title_of(code: str) -> Text:
    """A rule's title, or the word for what was declared."""
    rule = RULE_BY_CODE.get(code)
    return said(TIES, code) if code in TIES or rule is None else rule.title


def _barred(plan: Plan) -> dict[int, list[str]]:
    """Released person → the codes of what bars them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, array_agg(DISTINCT rule ORDER BY rule)"
            " FROM sec.barred_seats(%s) GROUP BY person_id",
            [plan.pk],
        )
        return dict(cursor.fetchall())


class _Offers:
    """Who else could sit, by the frozen question and what was declared since."""

    def __init__(self, plan: Plan) -> None:
        self._problem = None if plan.question is None else as_declared(plan, plan.question)
        self._schedule = schedule_of(plan)

    def instead_of(self, seat: PlanSeat) -> list[Replacement]:
        if self._problem is None:
            return []
        who = person_id(seat.person.sender, seat.person.number)
        try:
            found = who_else(self._problem, self._schedule, who, MOST_REPLACEMENTS)
        except (EditImpossible, KeyError):  # the plan names what the question does not have
            return []
        return [_replacement(self._problem, one) for one in found]


def _replacement(problem: Problem, one: Candidate) -> Replacement:
    person = problem.inspector_by_id[one.inspector]
    office = problem.office_by_id[person.office].name
    return Replacement(person.id, person.name, office, one.leaves)


def as_declared(plan: Plan, question: FrozenQuestion) -> Problem:
    """The masked question of the plan, with what was declared after it was frozen."""
    problem = masked_problem(question)
    decisions = replace(decisions_of(plan.round), pins=())
    ids = {*problem.inspector_by_id, *problem.unit_by_id}
    offices = {office.pk: office for office in offices_of(plan.round)}
    parts = decided(decisions, offices=offices, ids=ids)
    outs = (PinPerson(pin["inspector"], None) for pin in parts["pins"])
    return replace(
        problem,
        declared=tuple(dict.fromkeys((*problem.declared, *_declared(parts["declared"])))),
        pins=tuple(dict.fromkeys((*problem.pins, *outs))),
    )


def _declared(entries: Sequence[dict[str, Any]]) -> Iterator[Declared]:
    for entry in entries:
        if entry["severity"] == "hard":
            yield Declared(
                inspector=entry["inspector"],
                kind=entry["kind"],
                severity="hard",
                unit=entry.get("unit"),
                office=entry.get("office"),
                weight=entry["weight"],
                roles=frozenset(entry.get("roles") or ROLES),
            )
