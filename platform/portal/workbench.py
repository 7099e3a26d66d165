"""The work desk: what to do first, by role, from the facts that the selectors count.

A to-do says what it is, why now, and leads to the page where it is done. What is done stays
visible, marked, so that one sees where in the round one is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from portal.administration_todos import administration_todos
from portal.rectification_todos import rectification_todos
from portal.room_todos import room_todos
from portal.share_todos import share_todos
from portal.todos import Todo
from portal.turn_todos import turn_todos
from portal.waiting import publication_todos
from scheduling.selectors import CallFact, Desk, RoundFact, desk
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

__all__ = ["Todo", "Workbench", "workbench"]


@dataclass(frozen=True, slots=True)
class Workbench:
    """`first` is the next thing to do; None when everything is done."""

    first: Todo | None
    others: Sequence[Todo]

    @classmethod
    def of(cls, todos: Sequence[Todo]) -> Workbench:
        first = next((todo for todo in todos if todo.is_open), None)
        return cls(first, tuple(todo for todo in todos if todo is not first))


def workbench(actor: Actor) -> Workbench:
    facts = desk(actor)
    waiting = publication_todos(actor)
    todos = [
        *room_todos(actor),
        *rectification_todos(actor),
        *turn_todos(actor),
        *share_todos(actor),
        *waiting,
        *_calls(facts, actor),
        *_rounds(facts, actor),
        *_lists(facts, actor),
        *administration_todos(actor),
    ]
    return Workbench.of(todos if any(not one.under_way for one in todos) else [_seat(), *todos])


def _seat() -> Todo:
    """Whoever has no page of work yet reads what their seat is for."""
    return Todo(
        gettext("What your seat may do"),
        gettext(
            "What you may see and do, until when, and whom to ask."
            " What needs you later is shown here."
        ),
        "portal:my-seat",
        step=gettext("My seat"),
    )


def _lists(facts: Desk, actor: Actor) -> Iterator[Todo]:
    """The roster and the unit list, and what is half-way into them."""
    for upload in facts.imports_open:
        yield Todo(
            gettext("Finish the import"),
            ngettext(
                "One row needs correcting; the other rows are ready to be imported.",
                "%(n)d rows need correcting; the other rows are ready to be imported.",
                upload.faulty_rows,
            )
            % {"n": upload.faulty_rows}
            if upload.faulty_rows
            else gettext("The rows have been read and are ready to be imported."),
            "portal:import-detail",
            (upload.number,),
            step=gettext("Go to the import"),
        )
    if Permission.VIEW_ROSTER in actor.permissions:
        yield _list(
            gettext("Roster"),
            facts.people,
            "portal:roster",
            gettext("Upload the roster first: everything else builds on it."),
            gettext("people in the roster"),
            may_import=actor.may(Permission.IMPORT_ROSTER),
        )
    if Permission.VIEW_UNITS in actor.permissions:
        yield _list(
            gettext("Units to inspect"),
            facts.units,
            "portal:units",
            gettext("Upload the list of units that may be inspected."),
            gettext("units in the list"),
            may_import=actor.may(Permission.IMPORT_UNITS),
        )


def _list(
    title: str,
    count: int | None,
    url_name: str,
    when_empty: str,
    counted: str,
    *,
    may_import: bool,
) -> Todo:
    if not may_import:
        return Todo(
            title,
            gettext("Kept by the office; you may look at it."),
            url_name,
            count=count or 0,
            counted=counted,
            standing=True,
            step=gettext("View"),
        )
    if not count:
        return Todo(title, when_empty, url_name, step=gettext("Upload a workbook"))
    return Todo(
        title,
        gettext("Kept up to date by uploading a new workbook."),
        url_name,
        count=count,
        counted=counted,
        done=True,
        step=gettext("View"),
    )


def _calls(facts: Desk, actor: Actor) -> Iterator[Todo]:
    """Rounds that ask this office for people and units."""
    may_release = Permission.RELEASE_PEOPLE in actor.permissions
    for call in facts.calls:
        yield Todo(
            gettext("Release people: %(round)s") % {"round": call.round_name},
            _call_words(call, may_release=may_release),
            "portal:release-detail",
            (call.number,),
            count=call.released,
            counted=gettext("people released"),
            done=call.done,
            step=gettext("Go to the release"),
        )


def _call_words(call: CallFact, *, may_release: bool) -> str:
    if call.done:
        return gettext(
            "Answered. Later changes to the roster are reported to the city automatically."
        )
    if not may_release:
        return gettext("%(city)s asks for people and units. The director releases them.") % {
            "city": call.city
        }
    return gettext(
        "%(city)s asks for people and units. Nobody is sent unless you release them."
    ) % {"city": call.city}


def _rounds(facts: Desk, actor: Actor) -> Iterator[Todo]:
    may_edit = Permission.EDIT_ROUND in actor.permissions
    if may_edit and not facts.rounds:
        yield Todo(
            gettext("Set up a round"),
            gettext("Dates, units, teams and the mode; then ask the counties for people."),
            "portal:round-new",
            step=gettext("New round"),
        )
    for one in facts.rounds:
        todo = _round(one, may_propose=actor.may(Permission.PROPOSE_PLAN), may_edit=may_edit)
        if todo is not None:
            yield todo


def _round(one: RoundFact, *, may_propose: bool, may_edit: bool) -> Todo | None:
    """The next step of one round; of a plan that is being decided another card tells."""
    if one.run_state in ("queued", "running"):
        return Todo(
            one.name,
            gettext("Solving is under way."),
            "portal:run-detail",
            (one.run_number,),
            under_way=True,
            step=gettext("View progress"),
        )
    if one.stale:
        return Todo(
            one.name,
            ngettext(
                "A county changed its roster after releasing: one person is out of date.",
                "Counties changed their rosters after releasing: %(n)d people are out of date.",
                one.stale,
            )
            % {"n": one.stale},
            "portal:round-detail",
            (one.number,),
            count=one.stale,
            counted=gettext("people out of date"),
            step=gettext("Go to the round"),
        )
    if one.plan_number is not None:
        is_decided_now = one.plan_state in ("proposed", "approved")
        return None if is_decided_now else _planned(one, may_propose=may_propose)
    return Todo(
        one.name,
        gettext(
            "%(answered)d of %(counties)d counties have answered; %(units)d units, %(teams)d teams."
        )
        % {
            "answered": one.counties_answered,
            "counties": one.counties,
            "units": one.units,
            "teams": one.teams,
        },
        "portal:round-detail",
        (one.number,),
        count=one.released,
        counted=gettext("people released"),
        under_way=not may_edit,
        step=gettext("Continue preparing") if may_edit else gettext("View"),
    )


def _planned(one: RoundFact, *, may_propose: bool) -> Todo:
    is_published = one.plan_state == "published"
    is_waiting = may_propose and one.plan_state == "candidate" and bool(one.plan_holds)
    if is_published:
        text = gettext("The plan is published and in force.")
    elif is_waiting:
        text = gettext("The plan keeps every rule. Propose it, so that the counties are asked.")
    elif one.plan_holds:
        text = gettext("The plan keeps every rule; the independent check has passed.")
    else:
        text = gettext("The plan did not pass the independent check. Solve again.")
    return Todo(
        one.name,
        text,
        "portal:plan-detail",
        (one.plan_number,),
        done=is_published or (bool(one.plan_holds) and not is_waiting),
        step=gettext("See the plan"),
    )
