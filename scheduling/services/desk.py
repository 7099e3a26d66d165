"""The scheduler's desk: open a draft, edit it, undo, share out duties, have the engine mend it.

Every edit names the revision that its author saw; on another one it is refused with what
happened meanwhile. Every edit is priced, stored with its price, and leaves an audit line.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from kernel.text import Text
from scheduling.access.desk import access_draft, barred_now
from scheduling.domain.desk.edits import EditImpossible, Swap
from scheduling.domain.duties import Duties
from scheduling.domain.problem import Schedule
from scheduling.errors import (
    EditRefused,
    EditUnreadable,
    NothingToRedo,
    NothingToUndo,
    PlanNamesTheGone,
)
from scheduling.mapping.edits import (
    DeskEdit,
    SendHome,
    applied,
    edit_as_json,
    edit_from,
    edit_words,
)
from scheduling.mapping.histories import redoable, undoable
from scheduling.mapping.plan_rows import rows_for
from scheduling.mapping.prices import duties_in, name_in, teams_in
from scheduling.mapping.problems import rows_of
from scheduling.models.plans import Plan, PlanEdit
from scheduling.models.runs import SolveRun
from scheduling.services.drafts import Act, Draft, draft_of, take_in_hand, write
from scheduling.services.solving import start_run
from scheduling.services.verifying import request_check
from tenancy.actor import Actor
from tenancy.models import Job

# --- Editing --------------------------------------------------------------------------------


@transaction.atomic
def edit_plan(*, actor: Actor, number: int, edit: Mapping[str, Any], seen: int) -> PlanEdit:
    """Do one act on draft `number`, which the caller saw at revision `seen`.

    Refused where it makes no sense for the plan or seats somebody where a rule bars them. Other
    rules may be broken on the way: the price says which.
    """
    draft = take_in_hand(actor, number, seen=seen)
    return write(actor, draft, act_of(draft, edit_from(edit)), audited="scheduling.plan.edited")


def act_of(draft: Draft, edit: DeskEdit) -> Act:
    """What the edit makes of the draft."""
    try:
        after = applied(draft.problem, draft.schedule, edit)
    except EditImpossible as error:
        raise EditRefused(why=error.says) from error
    return Act(
        content=edit_as_json(edit),
        words=edit_words(draft.problem, draft.schedule, draft.teams, edit),
        after=after,
        duties=_kept_duties(draft, edit, after),
    )


def _kept_duties(draft: Draft, edit: DeskEdit, after: Schedule) -> Duties:
    """A duty is the seat's: it ends when its holder leaves the team, and passes in a swap."""
    before = _teams_of(draft.schedule)
    kept = {
        person: codes
        for person, codes in draft.duties.items()
        if before.get(person) == _teams_of(after).get(person)
    }
    if isinstance(edit, Swap) and before.get(edit.a) != before.get(edit.b):
        for person, other in ((edit.a, edit.b), (edit.b, edit.a)):
            if other in draft.duties and person in _teams_of(after):
                kept[person] = draft.duties[other]
    return kept


def _teams_of(schedule: Schedule) -> dict[str, str]:
    return {person: team.id for team in schedule.teams for person in team.people}


@transaction.atomic
def send_barred_home(*, actor: Actor, number: int, seen: int) -> PlanEdit:
    """Take everybody out of the draft whose seat has been barred since they were seated."""
    draft = take_in_hand(actor, number, seen=seen)
    gone = {one.person for one in barred_now(draft.plan)}
    people = tuple(
        person for person, row in rows_for(draft.plan).person_by_id.items() if row.pk in gone
    )
    if not people:
        raise EditUnreadable(key="inspectors")
    act = act_of(draft, SendHome(people))
    return write(actor, draft, act, audited="scheduling.plan.edited")


# --- Undoing --------------------------------------------------------------------------------


@transaction.atomic
def undo_edit(*, actor: Actor, number: int, seen: int) -> PlanEdit:
    """Take the latest edit back, to the letter. What was undone can be done again."""
    draft = take_in_hand(actor, number, seen=seen)
    target = undoable(_history(draft.plan))
    if target is None:
        raise NothingToUndo
    words = Text(zh=f"撤销：{target.words['zh']}", en=f"Undone: {target.words['en']}")
    return write(
        actor,
        draft,
        _reversal(draft, target, words, "undone"),
        audited="scheduling.plan.edit_undone",
    )


@transaction.atomic
def redo_edit(*, actor: Actor, number: int, seen: int) -> PlanEdit:
    """Undo the latest undoing."""
    draft = take_in_hand(actor, number, seen=seen)
    history = _history(draft.plan)
    target = redoable(history)
    if target is None:
        raise NothingToRedo
    done = next(edit for edit in history if edit.revision == target.undoes)
    words = Text(zh=f"恢复：{_bare(done, 'zh')}", en=f"Done again: {_bare(done, 'en')}")
    return write(
        actor,
        draft,
        _reversal(draft, target, words, "redone"),
        audited="scheduling.plan.edit_redone",
    )


def _bare(edit: PlanEdit, language: str) -> str:
    """The act's own words: something done again and undone again is still the one act."""
    words: str = edit.words[language]
    return words.removeprefix("恢复：").removeprefix("Done again: ")


def _history(plan: Plan) -> list[PlanEdit]:
    return list(PlanEdit.objects.filter(tenant_id=plan.tenant_id, plan=plan).order_by("revision"))


def _reversal(draft: Draft, target: PlanEdit, words: Text, how: str) -> Act:
    """The teams of before, with their duties; the others as they are."""
    restored = {team.id: team for team in teams_in(target.before)}
    kept = [team for team in draft.schedule.teams if team.id not in restored]
    back = [team for team in restored.values() if team.people or team.visits]
    place = {slot.id: k for k, slot in enumerate(draft.problem.teams)}
    teams = sorted([*kept, *back], key=lambda team: place.get(team.id, len(place)))
    remaining = {person for team in kept for person in team.people}
    duties = {person: codes for person, codes in draft.duties.items() if person in remaining}
    return Act(
        content={"edit": target.content["edit"], "of": target.revision, how: True},
        words=words,
        after=Schedule(tuple(teams)),
        duties={**duties, **duties_in(target.before)},
        undoes=target.revision,
    )


# --- The engine and the verifier ------------------------------------------------------------


@transaction.atomic
def solve_around(*, actor: Actor, number: int, time_limit_s: int | None = None) -> SolveRun:
    """Have the engine mend the draft around the pins, with the fewest changes. What it finds is
    a new candidate; the draft stays."""
    draft = draft_of(access_draft(actor, number))
    return start_run(
        actor=actor,
        number=draft.plan.round_id,
        time_limit_s=time_limit_s,
        around=draft.plan.pk,
    )


@transaction.atomic
def check_draft(*, actor: Actor, number: int) -> Job:
    """Have the worker judge the draft by the whole question of now.

    Refused while the draft names what the round has lost: there is nothing to judge it by.
    """
    draft = draft_of(access_draft(actor, number))
    gone = _gone(draft)
    if gone:
        names = [name_in(draft.problem, draft.teams, one) for one in gone]
        raise PlanNamesTheGone(names=Text(zh="、".join(names), en=", ".join(names)))
    return request_check(actor=actor, number=number)


def _gone(draft: Draft) -> list[str]:
    rows = rows_of(draft.plan.round, with_facts=False)
    known = {*rows.person_by_id, *rows.unit_by_id, *(slot.code for slot in rows.slots)}
    named = (
        name
        for team in draft.schedule.teams
        for name in (team.id, *team.people, *(visit.unit for visit in team.visits))
    )
    return [name for name in dict.fromkeys(named) if name not in known]
