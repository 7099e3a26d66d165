"""Planning a team's interviews by strata, and writing down which were held."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db import transaction

from kernel.clock import today
from sharing.access.interviews import (
    access_interview,
    access_unit,
    interviewers_of,
    plan_room,
    strata_of,
)
from sharing.domain.interviews import (
    FEWEST_INTERVIEWERS,
    MOST_ASKED,
    MOST_INTERVIEWERS,
    State,
)
from sharing.domain.weekly import LineUnreadable, findings_of
from sharing.errors.interviews import (
    InterviewDayUnfit,
    InterviewStands,
    InterviewWantsAReason,
    InterviewWantsTwo,
    StrataUnreadable,
    StratumInUse,
    StratumNotThere,
)
from sharing.models.interviews import Interview, InterviewStratum
from sharing.models.rooms import Room
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as

_REFUSALS = {
    "interview_takes_two_of_the_post": InterviewWantsTwo(),
    "interview_held_stands": InterviewStands(),
    "interview_within_the_term": InterviewDayUnfit(),
}


@transaction.atomic
def set_strata(*, actor: Actor, number: int, unit: str, strata: str) -> Room:
    """What layers of the unit are heard, and how many of each: one with its number a line.

    `StrataUnreadable`; `StratumInUse`: one that is left out has interviews."""
    room = plan_room(actor, number)
    code = access_unit(room, unit).code
    try:
        wanted = findings_of(strata)
    except LineUnreadable as line:
        raise StrataUnreadable(line=str(line)) from line
    for title, target in wanted:
        if target > MOST_ASKED:
            raise StrataUnreadable(line=f"{title} {target}")
    left = strata_of(room).filter(unit_code=code).exclude(title__in=[one for one, _ in wanted])
    used = left.filter(interviews__isnull=False).first()
    if used is not None:
        raise StratumInUse(title=used.title)
    left.delete()
    rows = [
        InterviewStratum(
            tenant_id=actor.tenant_id,
            room=room,
            unit_code=code,
            title=title,
            target=target,
            position=position,
        )
        for position, (title, target) in enumerate(wanted)
    ]
    InterviewStratum.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["tenant", "room", "unit_code", "title"],
        update_fields=["target", "position"],
    )
    audit.record(actor, "sharing.interview.strata_set", room)
    return room


@transaction.atomic
def plan_interview(
    *,
    actor: Actor,
    number: int,
    unit: str,
    stratum: str,
    post: str,
    on: date,
    interviewers: Collection[str],
) -> Interview:
    """`interviewers`: `<office>:<number of the person>` of two at least who hold the post.

    `StratumNotThere`, `InterviewWantsTwo`, `InterviewDayUnfit`."""
    room = plan_room(actor, number)
    layer = strata_of(room).filter(unit_code=unit, title=stratum).first()
    if layer is None:
        raise StratumNotThere
    if not room.starts_on <= on < room.until_on:
        raise InterviewDayUnfit
    seats = _seats(room, interviewers)
    with refused_as(_REFUSALS):
        made = Interview.objects.create(
            tenant_id=actor.tenant_id,
            room=room,
            stratum=layer,
            post=" ".join(post.split()),
            planned_on=on,
            interviewers=seats,
        )
    made.refresh_from_db()
    audit.record(actor, "sharing.interview.planned", made)
    return made


@transaction.atomic
def settle_interview(
    *,
    actor: Actor,
    number: int,
    nth: int,
    state: State,
    on: date | None = None,
    reason: str = "",
    interviewers: Collection[str] = (),
) -> Interview:
    """Held on that day, not held for that reason, or planned anew for that day.

    `interviewers`: where it was others than planned. `InterviewStands` and those of planning;
    `InterviewWantsAReason`."""
    one = access_interview(actor, number, nth)
    if one.state == State.HELD:
        raise InterviewStands
    if state is State.NOT_HELD and not reason.strip():
        raise InterviewWantsAReason
    room = one.room
    if state is not State.NOT_HELD and (on is None or not room.starts_on <= on < room.until_on):
        raise InterviewDayUnfit
    if state is State.HELD and on is not None and on > today():
        raise InterviewDayUnfit
    one.state = state
    one.held_on = on if state is State.HELD else None
    one.reason = reason.strip() if state is State.NOT_HELD else ""
    if state is State.PLANNED and on is not None:
        one.planned_on = on
    if interviewers:
        one.interviewers = _seats(room, interviewers)
    with refused_as(_REFUSALS):
        one.save(update_fields=["state", "held_on", "reason", "planned_on", "interviewers"])
    one.refresh_from_db()
    act = _ACTS[state]
    audit.record(actor, f"sharing.interview.{act}", one)
    return one


_ACTS = {State.PLANNED: "planned_anew", State.HELD: "held", State.NOT_HELD: "not_held"}


def _seats(room: Room, wanted: Collection[str]) -> list[int]:
    fit = {f"{one.origin_id}:{one.person_number}": one.pk for one in interviewers_of(room)}
    chosen = sorted({fit[key] for key in wanted if key in fit})
    is_known = all(key in fit for key in wanted)
    if not is_known or not FEWEST_INTERVIEWERS <= len(chosen) <= MOST_INTERVIEWERS:
        raise InterviewWantsTwo
    return chosen
