"""The plan of interviews as its room shows it: by unit, with what is covered of each stratum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernel.text import Text
from sharing.access.interviews import (
    access_interview,
    interviewers_of,
    interviews_of,
    plan_room,
    strata_of,
)
from sharing.access.posts import seats_of
from sharing.domain.interviews import STATE_TITLES, Coverage, State, covered
from sharing.models.interviews import Interview
from sharing.models.rooms import Room, RoomSeat, RoomUnit
from tenancy.actor import Actor
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class InterviewLine:
    interview: Interview
    state: Text
    interviewers: Sequence[str]

    @property
    def is_open(self) -> bool:
        return self.interview.state != State.HELD


@dataclass(frozen=True, slots=True)
class UnitPlan:
    """`typed`: the strata as they are typed; empty: nobody has set any."""

    unit: RoomUnit
    strata: Sequence[Coverage]

    @property
    def typed(self) -> str:
        return "\n".join(f"{one.title} {one.target}" for one in self.strata)


def unit_plans(actor: Actor, number: int) -> Sequence[UnitPlan]:
    """Each unit of the room, also where nobody has set strata."""
    room = plan_room(actor, number)
    strata: dict[str, list[tuple[str, int]]] = {}
    for one in strata_of(room):
        strata.setdefault(one.unit_code, []).append((one.title, one.target))
    there: dict[str, list[tuple[str, str]]] = {}
    told = interviews_of(room).values_list("stratum__unit_code", "stratum__title", "state")
    for code, title, state in told:
        there.setdefault(code, []).append((title, state))
    units = RoomUnit.objects.filter(tenant_id=room.tenant_id, room=room)
    return [
        UnitPlan(unit, covered(strata.get(unit.code, ()), there.get(unit.code, ())))
        for unit in units.order_by("starts_on", "code")
    ]


def room_interviews(actor: Actor, number: int, window: Window) -> Part[InterviewLine]:
    """By day, the next ones last."""
    room = plan_room(actor, number)
    names = _names(room)
    part = part_of(interviews_of(room), window, "-planned_on", "-number")
    return part.showing([_line(one, names) for one in part.lines])


def interview_line(actor: Actor, number: int, nth: int) -> InterviewLine:
    one = access_interview(actor, number, nth)
    return _line(one, _names(one.room))


def interviewers_offered(actor: Actor, number: int) -> Sequence[RoomSeat]:
    """Who may interview: they hold the post, or lead the team from outside."""
    return interviewers_of(plan_room(actor, number))


def _names(room: Room) -> Mapping[int, str]:
    return dict(seats_of(room).values_list("pk", "name"))


def _line(one: Interview, names: Mapping[int, str]) -> InterviewLine:
    people = [names[key] for key in one.interviewers if key in names]
    return InterviewLine(one, STATE_TITLES[State(one.state)], people)
