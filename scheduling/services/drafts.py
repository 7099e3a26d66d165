"""A draft in hand: everything that an edit needs, and the one way to write an edit down.

Whoever edits holds the plan's row until the transaction ends. Only the teams that changed are
written; the database looks at their seats once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from kernel.clock import now
from kernel.text import Text
from scheduling.access.desk import access_draft
from scheduling.domain import goals
from scheduling.domain.desk.appraisal import Appraisal
from scheduling.domain.desk.price import price_between
from scheduling.domain.duties import Duties
from scheduling.domain.problem import Problem, Schedule, Team
from scheduling.domain.rules import RULE_BY_CODE
from scheduling.errors import PlanMoved, SeatBarred
from scheduling.mapping.desk_questions import DeskQuestion, desk_question
from scheduling.mapping.plan_rows import rows_named
from scheduling.mapping.prices import price_as_json, with_duties
from scheduling.mapping.problems import RoundRows
from scheduling.mapping.schedules import duties_of, schedule_of, store_schedule
from scheduling.mapping.seat_bars import refusal_of, teams_of
from scheduling.models.plans import Plan, PlanEdit, PlanTeam
from scheduling.models.rounds import TeamSlot
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_by

BARRED = "plan_seat_not_barred"
TOLD_AT_MOST = 3  # edits of others that a refusal quotes


@dataclass(frozen=True)
class Draft:
    """A locked draft as its rows are now."""

    plan: Plan
    question: DeskQuestion
    schedule: Schedule
    duties: Duties
    teams: Mapping[str, str]  # names by code

    @property
    def problem(self) -> Problem:
        return self.question.problem

    @cached_property
    def appraisal(self) -> Appraisal:
        return Appraisal(self.problem, self.schedule)


@dataclass(frozen=True)
class Act:
    """One edit, worked out and not yet written."""

    content: Mapping[str, Any]
    words: Text
    after: Schedule
    duties: Duties
    undoes: int | None = None


def take_in_hand(actor: Actor, number: int, *, seen: int) -> Draft:
    """The draft, locked, if it still is what the caller saw."""
    plan = access_draft(actor, number)
    if seen != plan.revision:
        raise PlanMoved(meanwhile=meanwhile(plan, seen))
    return draft_of(plan)


def draft_of(plan: Plan) -> Draft:
    """A draft that the caller was given access to."""
    question = desk_question(plan)
    return Draft(plan, question, schedule_of(plan), duties_of(plan), team_names(plan))


def team_names(plan: Plan) -> dict[str, str]:
    """As the plan has them, and the round's for those that it leaves empty."""
    own = {"tenant_id": plan.tenant_id}
    slots = TeamSlot.objects.filter(**own, round_id=plan.round_id).values_list("code", "name")
    teams = PlanTeam.objects.filter(**own, plan=plan).values_list("code", "name")
    return {**dict(slots), **dict(teams)}


def meanwhile(plan: Plan, seen: int) -> Text:
    """What others have done since somebody looked, the newest first."""
    since = PlanEdit.objects.filter(tenant_id=plan.tenant_id, plan=plan, revision__gt=seen)
    edits = list(since.order_by("-revision"))
    if not edits:
        return Text(zh="页面已过期", en="the page is out of date")
    told = [
        Text(zh=f"{edit.made_by}：{edit.words['zh']}", en=f"{edit.made_by}: {edit.words['en']}")
        for edit in edits[:TOLD_AT_MOST]
    ]
    rest = len(edits) - len(told)
    more = Text(zh=f"，另有 {rest} 项", en=f", and {rest} more") if rest else Text("", "")
    return Text(
        zh="；".join(text.zh for text in told) + more.zh,
        en="; ".join(text.en for text in told) + more.en,
    )


# --- Writing --------------------------------------------------------------------------------


def write(actor: Actor, draft: Draft, act: Act, *, audited: str) -> PlanEdit:
    """Store an act with its price. Raises SeatBarred or PersonCannotCome where a seat of a
    team that changed is forbidden, whoever notices it first."""
    changed = changed_teams(draft, act)
    _refuse(draft.question, act.after, changed)
    price = price_between(draft.appraisal, act.after)
    rows = _rows(draft, act.after, changed)
    _store(draft, act, rows, changed)
    plan = draft.plan
    plan.revision += 1
    plan.measures, plan.tiers = dict(price.measures_after), list(price.tiers_after)
    plan.uncovered = [
        rows.unit_by_id[unit].pk
        for unit in goals.uncovered_units(draft.problem, act.after)
        if unit in rows.unit_by_id
    ]
    plan.found_at = now()
    plan.save(update_fields=["revision", "measures", "tiers", "uncovered", "found_at"])
    edit = PlanEdit.objects.create(
        tenant_id=plan.tenant_id,
        plan=plan,
        revision=plan.revision,
        content=act.content,
        words={"zh": act.words.zh, "en": act.words.en},
        price=price_as_json(draft.problem, draft.schedule, act.after, price, draft.teams),
        before=with_duties(teams_of(draft.schedule, changed), draft.duties),
        after=with_duties(teams_of(act.after, changed), act.duties),
        undoes=act.undoes,
        made_by_id=actor.user_id,
        made_by=actor.name,
        made_at=now(),
    )
    audit.record(
        actor, audited, plan, revision=plan.revision, edit=act.content["edit"], undoes=act.undoes
    )
    return edit


def changed_teams(draft: Draft, act: Act) -> list[str]:
    """The codes of the teams that differ, in people, visits or duties."""
    before = {team.id: team for team in draft.schedule.teams}
    after = {team.id: team for team in act.after.teams}
    return [
        code
        for code in dict.fromkeys((*before, *after))
        if before.get(code) != after.get(code)
        or _carried(before.get(code), draft.duties) != _carried(after.get(code), act.duties)
    ]


def _carried(team: Team | None, duties: Duties) -> dict[str, tuple[str, ...]]:
    people = () if team is None else team.people
    return {person: tuple(duties[person]) for person in people if duties.get(person)}


def _store(draft: Draft, act: Act, rows: RoundRows, changed: Sequence[str]) -> None:
    refusal = SeatBarred(
        person=Text(zh="本组一名人员", en="Somebody of the team"),
        unit=Text(zh="本组的单位", en="a unit of the team"),
        title=RULE_BY_CODE["declared"].title,
        rule="declared",
    )
    try:
        with refused_by(BARRED, refusal):
            store_schedule(draft.plan, act.after, rows, act.duties, only=changed)
    except SeatBarred:
        # The database saw a declaration that was committed since this draft was read.
        _refuse(desk_question(draft.plan), act.after, changed)
        raise


def _refuse(question: DeskQuestion, after: Schedule, changed: Sequence[str]) -> None:
    refusal = refusal_of(question, after, changed)
    if refusal is not None:
        raise refusal


def _rows(draft: Draft, after: Schedule, changed: Sequence[str]) -> RoundRows:
    """Of whom and what the changed teams name, and of the units that are left out."""
    teams = teams_of(after, changed)
    return rows_named(
        draft.plan,
        teams=changed,
        people=[person for team in teams for person in team.people],
        units=[
            *(visit.unit for team in teams for visit in team.visits),
            *goals.uncovered_units(draft.problem, after),
        ],
    )
