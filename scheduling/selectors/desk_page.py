"""The desk's page: a plan with its figures, what it breaks, its history and its pins.

Read from the masked question and the plan's rows, in a constant number of queries. Rules are
named by code and title; no fact of recusal is read here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from kernel.text import Text
from scheduling.access.desk import access_desk, barred_now
from scheduling.access.handling import may_in_round
from scheduling.domain import goals
from scheduling.domain.duties import Duties, duty_faults
from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.rules import RULE_BY_CODE
from scheduling.domain.verify import Verdicts
from scheduling.mapping.basis import basis_of
from scheduling.mapping.calendars import calendar_of
from scheduling.mapping.decisions import person_id
from scheduling.mapping.desk_pins import desk_pin_words
from scheduling.mapping.desk_questions import DeskQuestion, desk_question
from scheduling.mapping.histories import OPENED, redoable, undoable
from scheduling.mapping.prices import breaches_as_json
from scheduling.mapping.schedules import duties_of, schedule_of
from scheduling.models.pins import RoundPin
from scheduling.models.plans import Plan, PlanEdit, PlanSeat, PlanTeam
from scheduling.models.rounds import TeamSlot
from scheduling.selectors.desk_board import Board, board_of
from scheduling.selectors.desk_news import (
    EditLine,
    edit_lines,
    is_checking,
    run_at_work,
    state_token,
)
from scheduling.selectors.plans import DayOff, Verdict, basis_asked, days_off, verdict_of
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a plan breaks, and who or what is concerned."""

    code: str
    title: Text
    names: tuple[str, ...]
    says: Text


@dataclass(frozen=True, slots=True)
class MeasureNow:
    """`at_start`: what it was in the plan that the draft was opened from."""

    code: str
    value: int
    at_start: int | None


@dataclass(frozen=True, slots=True)
class PinLine:
    number: int
    words: Text
    by: str
    at: datetime


@dataclass(frozen=True)
class View:
    """A plan as every part of the desk reads it."""

    plan: Plan
    question: DeskQuestion
    schedule: Schedule
    duties: Duties
    names: Mapping[str, str]  # of the teams

    @property
    def problem(self) -> Problem:
        return self.question.problem


@dataclass(frozen=True)
class DeskPage:
    number: int
    version: int
    revision: int
    token: str  # differs as soon as there is something new to show
    origin: str
    state: str
    state_words: str
    made_by: str
    based_on: tuple[int, int] | None  # number and version
    round_number: int
    round_name: str
    starts_on: date
    ends_on: date
    working_days: tuple[date, ...]
    days_off: tuple[DayOff, ...]
    may_edit: bool
    may_open: bool
    verdict: Verdict
    is_outdated: bool
    is_checking: bool
    run_at_work: int | None
    measures: tuple[MeasureNow, ...]
    broken: tuple[Broken, ...]
    board: Board
    history: tuple[EditLine, ...]
    undo: Text | None
    redo: Text | None
    pins: tuple[PinLine, ...]
    left_out: tuple[tuple[str, Text], ...]  # names and rules, when the draft was opened
    barred: tuple[str, ...] = field(default=())  # names


def desk_view(actor: Actor, number: int) -> View:
    """The plan and what it is looked at by."""
    plan = access_desk(actor, number)
    return View(plan, desk_question(plan), schedule_of(plan), duties_of(plan), team_names(plan))


def team_names(plan: Plan) -> dict[str, str]:
    own = {"tenant_id": plan.tenant_id}
    slots = TeamSlot.objects.filter(**own, round_id=plan.round_id).values_list("code", "name")
    teams = PlanTeam.objects.filter(**own, plan=plan).values_list("code", "name")
    return {**dict(slots), **dict(teams)}


def desk_page(actor: Actor, view: View) -> DeskPage:
    """The whole page, of a view that the actor was given."""
    plan, problem = view.plan, view.problem
    calendar = calendar_of(plan.round)
    edits = list(PlanEdit.objects.filter(tenant_id=plan.tenant_id, plan=plan).order_by("revision"))
    barred = _barred(plan)
    may_change = may_in_round(actor, Permission.EDIT_PLAN, plan.round_id)
    may_edit = plan.is_editable and may_change
    return DeskPage(
        number=plan.pk,
        version=plan.version,
        revision=plan.revision,
        token=state_token(plan, view.question.pins),
        origin=plan.origin,
        state=plan.state,
        state_words=plan.get_state_display(),
        made_by=plan.made_by,
        based_on=None if plan.based_on is None else (plan.based_on.pk, plan.based_on.version),
        round_number=plan.round_id,
        round_name=plan.round.name,
        starts_on=plan.round.starts_on,
        ends_on=plan.round.ends_on,
        working_days=problem.calendar,
        days_off=days_off(calendar.days),
        may_edit=may_edit,
        may_open=may_change and not may_edit,
        verdict=verdict_of(plan),
        is_outdated=plan.verdict is not None and basis_asked(plan) != basis_of(plan.round),
        is_checking=is_checking(plan),
        run_at_work=run_at_work(plan),
        measures=_measures(problem, view.schedule, edits),
        broken=_broken(view),
        board=board_of(problem, view.schedule, view.duties, view.names, frozenset(barred)),
        history=edit_lines(actor, edits),
        undo=_words(undoable(edits)) if may_edit else None,
        redo=_words(redoable(edits)) if may_edit else None,
        pins=tuple(_pin_line(problem, view.names, pin) for pin in view.question.pins),
        left_out=_left_out(edits),
        barred=tuple(barred.values()),
    )


# --- Figures and lines ----------------------------------------------------------------------


def _measures(
    problem: Problem, schedule: Schedule, edits: Sequence[PlanEdit]
) -> tuple[MeasureNow, ...]:
    """Those that the round's objective weighs, as they are now."""
    weighed = {measure for tier in problem.policy.objective for measure in tier}
    first: Mapping[str, Sequence[int]] = next(
        (edit.price["measures"] for edit in edits if edit.price), {}
    )
    return tuple(
        MeasureNow(measure, value, first[measure][0] if measure in first else None)
        for measure, value in goals.measures(problem, schedule).items()
        if measure in weighed
    )


def _broken(view: View) -> tuple[Broken, ...]:
    found = Verdicts(view.problem).breaches(view.schedule)
    lines = broken_lines(breaches_as_json(view.problem, view.schedule, found, view.names))
    faults = duty_faults(view.problem, view.schedule, view.duties)
    return (*lines, *(Broken(f.duty, DUTY_TITLE, (view.names[f.team],), f.says) for f in faults))


DUTY_TITLE = Text(zh="组内分工", en="Duties")


def broken_lines(stored: Sequence[Mapping[str, Any]]) -> tuple[Broken, ...]:
    """Breaches as they are stored with a price, in the rule book's words."""
    return tuple(
        Broken(
            line["code"],
            RULE_BY_CODE[line["code"]].title,
            tuple(line["names"]),
            RULE_BY_CODE[line["code"]].text,
        )
        for line in stored
    )


def _words(edit: PlanEdit | None) -> Text | None:
    return None if edit is None else Text(**edit.words)


def _pin_line(problem: Problem, names: Mapping[str, str], pin: RoundPin) -> PinLine:
    return PinLine(pin.pk, desk_pin_words(problem, names, pin.content), pin.set_by, pin.set_at)


def _left_out(edits: Sequence[PlanEdit]) -> tuple[tuple[str, Text], ...]:
    opened = [edit for edit in edits if edit.content.get("edit") == OPENED]
    return tuple(
        (entry["name"], rule_title(entry["rule"]))
        for edit in opened
        for entry in edit.content["left_out"]
    )


def rule_title(code: str) -> Text:
    """The rule's title; a tie that no rule is called by was declared."""
    return RULE_BY_CODE.get(code, RULE_BY_CODE["declared"]).title


def _barred(plan: Plan) -> dict[str, str]:
    """Names by id of those whose seat is barred by now."""
    keys = {one.person for one in barred_now(plan)}
    if not keys:
        return {}
    seats = PlanSeat.objects.filter(tenant_id=plan.tenant_id, plan=plan, person_id__in=keys)
    return {
        person_id(seat.person.sender, seat.person.number): seat.person.name
        for seat in seats.select_related("person__sender")
    }
