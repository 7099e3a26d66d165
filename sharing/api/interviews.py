"""The plan of a team's interviews."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output
from sharing.domain.interviews import MOST_INTERVIEWERS, State
from sharing.selectors.interviews import interview_line, room_interviews, unit_plans
from sharing.services.interviews import plan_interview, set_strata, settle_interview
from tenancy.domain.roles import Permission

STATES = [one.value for one in State]


def _people(**options: Any) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=80),
        max_length=MOST_INTERVIEWERS,
        help_text="<office>:<number of the person>, of two at least who hold the post.",
        **options,
    )


class InterviewStrataIn(Input):
    unit = serializers.CharField(max_length=50, help_text="The code of a unit of the room.")
    strata = serializers.CharField(
        max_length=2000, allow_blank=True, help_text="A stratum with its number a line."
    )


class InterviewIn(Input):
    unit = serializers.CharField(max_length=50)
    stratum = serializers.CharField(max_length=60)
    post = serializers.CharField(max_length=100, help_text="Whom, by post.")
    on = serializers.DateField()
    interviewers = _people()


class InterviewStateIn(Input):
    nth = serializers.IntegerField(min_value=1, max_value=2_000_000_000)
    state = serializers.ChoiceField(choices=STATES)
    on = serializers.DateField(required=False, help_text="When it was held, or is planned anew.")
    reason = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    interviewers = _people(required=False, default=list)


class StratumOut(Output):
    title = serializers.CharField()
    target = serializers.IntegerField()
    held = serializers.IntegerField()
    planned = serializers.IntegerField()
    missing = serializers.IntegerField()


class InterviewStrataOut(Output):
    unit = serializers.CharField(source="unit.code")
    name = serializers.CharField(source="unit.name")
    strata = StratumOut(many=True)


class InterviewPlanOut(Output):
    units = InterviewStrataOut(many=True, source="*")


class InterviewOut(Output):
    nth = serializers.IntegerField(source="interview.number", help_text="Its number in the room.")
    unit = serializers.CharField(source="interview.stratum.unit_code")
    stratum = serializers.CharField(source="interview.stratum.title")
    post = serializers.CharField(source="interview.post")
    planned_on = serializers.DateField(source="interview.planned_on")
    interviewers = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(choices=STATES, source="interview.state")
    held_on = serializers.DateField(source="interview.held_on", allow_null=True)
    reason = serializers.CharField(source="interview.reason")


class InterviewPlan(Endpoint):
    @reads("read_interview_plan", Permission.WORK_IN_ROOM, gives=InterviewPlanOut)
    def get(self, call: Call, number: int) -> Any:
        """What is covered of each stratum, by unit; for whoever holds the post."""
        return unit_plans(call.actor, number)

    @acts(
        "set_interview_strata",
        Permission.WORK_IN_ROOM,
        takes=InterviewStrataIn,
        gives=InterviewPlanOut,
    )
    def put(self, call: Call, number: int) -> Any:
        """Say which strata of a unit are heard, and how many of each."""
        set_strata(actor=call.actor, number=number, **call.given)
        return unit_plans(call.actor, number)


class RoomInterviews(Endpoint):
    @lists("list_interviews", Permission.WORK_IN_ROOM, gives=InterviewOut)
    def get(self, call: Call, number: int) -> Any:
        """Planned and held, by day; what was said is kept nowhere."""
        return room_interviews(call.actor, number, call.window)

    @acts("plan_interview", Permission.WORK_IN_ROOM, takes=InterviewIn, gives=InterviewOut)
    def post(self, call: Call, number: int) -> Any:
        """Plan one: whom by post and stratum, when, and which two at least of the team."""
        made = plan_interview(actor=call.actor, number=number, **call.given)
        return interview_line(call.actor, number, made.number)


class SettleInterview(Endpoint):
    @acts("settle_interview", Permission.WORK_IN_ROOM, takes=InterviewStateIn, gives=InterviewOut)
    def post(self, call: Call, number: int) -> Any:
        """Held, not held with its reason, or planned anew."""
        given = dict(call.given)
        state, nth = State(given.pop("state")), given.pop("nth")
        settle_interview(actor=call.actor, number=number, nth=nth, state=state, **given)
        return interview_line(call.actor, number, nth)
