"""The register of who asked or interceded."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from httpapi.declarations import Call, Created, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from sharing.domain.interference import Approach, Outcome
from sharing.selectors.interference import entry_line, interference_part
from sharing.services.interference import (
    EntryDraft,
    deal_with_interference,
    register_interference,
)
from tenancy.domain.roles import Permission

EITHER = (Permission.REPORT_INTERFERENCE, Permission.DEAL_WITH_INTERFERENCE)
OUTCOMES = [one.value for one in Outcome]


class InterferenceIn(Input):
    who = serializers.CharField(max_length=100)
    post = serializers.CharField(max_length=200)
    approach = serializers.ChoiceField(choices=[one.value for one in Approach])
    happened_on = serializers.DateField()
    how = serializers.CharField(max_length=200)
    about = serializers.CharField(max_length=2000)
    past_leader = serializers.BooleanField(
        required=False, default=False, help_text="The team's leader reads nothing of it."
    )
    room = Number(required=False, help_text="The direct room, where one works in several.")


class InterferenceOutcomeIn(Input):
    outcome = serializers.ChoiceField(choices=OUTCOMES)


class InterferenceOut(Output):
    number = serializers.IntegerField(source="entry.pk")
    who = serializers.CharField(source="entry.who")
    post = serializers.CharField(source="entry.post")
    approach = serializers.CharField(source="entry.approach")
    happened_on = serializers.DateField(source="entry.happened_on")
    how = serializers.CharField(source="entry.how")
    about = serializers.CharField(source="entry.about")
    past_leader = serializers.BooleanField(source="entry.past_leader")
    registered_by = serializers.CharField(source="entry.registered_by_name")
    registered_at = serializers.DateTimeField(source="entry.registered_at")
    outcome = serializers.ChoiceField(choices=["", *OUTCOMES], source="entry.outcome")
    outcome_by = serializers.CharField(source="entry.outcome_by_name")
    outcome_at = serializers.DateTimeField(source="entry.outcome_at", allow_null=True)


class InterferenceStateOut(Output):
    number = serializers.IntegerField(source="pk")
    outcome = serializers.ChoiceField(choices=["", *OUTCOMES])


class InterferenceEntries(Endpoint):
    @lists("list_interference", EITHER, gives=InterferenceOut)
    def get(self, call: Call) -> Any:
        """One's own, the leader's of the team, or the city's; the newest first."""
        return interference_part(call.actor, call.window)

    @acts(
        "register_interference",
        Permission.REPORT_INTERFERENCE,
        takes=InterferenceIn,
        gives=InterferenceStateOut,
        status=201,
    )
    def post(self, call: Call) -> Any:
        """Register who asked or interceded: past the county, to the city alone."""
        given = dict(call.given)
        room = given.pop("room", None)
        draft = EntryDraft(**(given | {"approach": Approach(given["approach"])}))
        made = register_interference(actor=call.actor, draft=draft, room=room)
        return Created(made, reverse("api:interference-entry", args=[made.pk]))


class InterferenceEntryPage(Endpoint):
    @reads("read_interference", EITHER, gives=InterferenceOut)
    def get(self, call: Call, number: int) -> Any:
        """One entry."""
        return entry_line(call.actor, number)


class DealWithInterference(Endpoint):
    @acts(
        "deal_with_interference",
        Permission.DEAL_WITH_INTERFERENCE,
        takes=InterferenceOutcomeIn,
        gives=InterferenceStateOut,
    )
    def post(self, call: Call, number: int) -> Any:
        """Say what the city did about it."""
        outcome = Outcome(call.given["outcome"])
        return deal_with_interference(actor=call.actor, number=number, outcome=outcome)
