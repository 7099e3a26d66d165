"""Clues of one's team, from the register to the leader's signature.

Of whoever gave a hint no program reads or writes a word: people do, in person, on a page.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from httpapi.declarations import Call, Created, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output, Said
from sharing.domain.clues import CLUE, SourceKind
from sharing.domain.routing import ManagementLevel
from sharing.selectors.clues import (
    TeamCluePage,
    routes_part,
    state_of,
    team_clue_page,
    team_clues,
)
from sharing.services import clues
from sharing.services.clues import JUDGEMENTS, LONGEST_PIECE, MOST_PIECES, ClueDraft
from tenancy.domain.roles import Permission

STATES = tuple(CLUE.states)
ACTS = tuple(CLUE.by_name)


class ClueTextIn(Input):
    subject_name = serializers.CharField(max_length=100)
    subject_unit = serializers.CharField(max_length=200)
    subject_post = serializers.CharField(
        max_length=200, required=False, default="", allow_blank=True
    )
    management_level = serializers.ChoiceField(
        choices=[one.value for one in ManagementLevel], help_text="Where it goes hangs on this."
    )
    source_kind = serializers.ChoiceField(choices=[one.value for one in SourceKind])
    gist = serializers.CharField(max_length=4000)
    evidence = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_PIECE),
        max_length=MOST_PIECES,
        required=False,
        default=list,
    )
    is_urgent = serializers.BooleanField(required=False, default=False)


class ClueIn(ClueTextIn):
    room = Number(required=False, help_text="The direct room, where one works in several.")


class JudgementIn(Input):
    judgement = serializers.ChoiceField(choices=JUDGEMENTS)
    met_on = serializers.DateField()
    meeting_opinion = serializers.CharField(
        max_length=2000, required=False, default="", allow_blank=True
    )
    reason = serializers.CharField(
        max_length=2000, required=False, default="", allow_blank=True,
        help_text="Where it is no clue: why.",
    )  # fmt: skip


class ReasonIn(Input):
    reason = serializers.CharField(max_length=2000)


class TeamClueLineOut(Output):
    number = serializers.IntegerField(source="clue.pk")
    subject_name = serializers.CharField(source="clue.subject_name")
    subject_unit = serializers.CharField(source="clue.subject_unit")
    management_level = serializers.CharField(source="clue.management_level")
    is_urgent = serializers.BooleanField(source="clue.is_urgent")
    registered_by = serializers.CharField(source="clue.registered_by_name")
    registered_at = serializers.DateTimeField(source="clue.registered_at")
    state = serializers.ChoiceField(choices=STATES, source="clue.state")


class ClueStepOut(Output):
    number = serializers.IntegerField(source="step.number")
    act = serializers.ChoiceField(choices=ACTS, source="step.act")
    says = Said(source="act")
    by = serializers.CharField(source="step.by_name")
    at = serializers.DateTimeField(source="step.at")
    reason = serializers.CharField(source="step.reason")


class TeamClueOut(Output):
    number = serializers.IntegerField(source="clue.pk")
    subject_name = serializers.CharField(source="clue.subject_name")
    subject_unit = serializers.CharField(source="clue.subject_unit")
    subject_post = serializers.CharField(source="clue.subject_post")
    management_level = serializers.CharField(source="clue.management_level")
    source_kind = serializers.CharField(source="clue.source_kind")
    is_urgent = serializers.BooleanField(source="clue.is_urgent")
    gist = serializers.CharField(source="clue.gist")
    evidence = serializers.ListField(child=serializers.CharField(), source="clue.evidence")
    registered_by = serializers.CharField(source="clue.registered_by_name")
    registered_at = serializers.DateTimeField(source="clue.registered_at")
    met_on = serializers.DateField(source="clue.met_on", allow_null=True)
    meeting_opinion = serializers.CharField(source="clue.meeting_opinion")
    state = serializers.ChoiceField(choices=STATES, source="clue.state")
    steps = ClueStepOut(many=True)
    may = serializers.ListField(
        child=serializers.ChoiceField(choices=ACTS), help_text="Acts that are open to the caller."
    )


class ClueStateOut(Output):
    """What an act leaves: the reply is kept for two days, so no word of a clue is in it."""

    number = serializers.IntegerField(source="pk")
    state = serializers.ChoiceField(choices=STATES)


class ClueRouteOut(Output):
    office = serializers.CharField(source="route.office.short_name")
    round = serializers.CharField(source="route.round_name")
    is_urgent = serializers.BooleanField(source="route.is_urgent")
    state = serializers.ChoiceField(choices=STATES, source="route.state")
    says = Said()
    since = serializers.DateTimeField(source="route.since")


class TeamClues(Endpoint):
    @lists("list_team_clues", Permission.REGISTER_CLUE, gives=TeamClueLineOut)
    def get(self, call: Call) -> Any:
        """The leaders' all, a member's own; the newest first."""
        return team_clues(call.actor, call.window)

    @acts("register_clue", Permission.REGISTER_CLUE, takes=ClueIn, gives=ClueStateOut, status=201)
    def post(self, call: Call) -> Any:
        """Register a clue in the direct room of one's team."""
        given = dict(call.given)
        room = given.pop("room", None)
        clue = clues.register_clue(actor=call.actor, draft=ClueDraft(**given), room=room)
        return Created(clue, reverse("api:team-clue", args=[clue.pk]))


class TeamClue(Endpoint):
    @reads("read_team_clue", Permission.REGISTER_CLUE, gives=TeamClueOut)
    def get(self, call: Call, number: int) -> TeamCluePage:
        """A clue of one's team, with what was done."""
        return team_clue_page(call.actor, number)

    @acts("amend_clue", Permission.REGISTER_CLUE, takes=ClueTextIn, gives=ClueStateOut)
    def put(self, call: Call, number: int) -> Any:
        """Change what it says: by who registered it, until the team meeting has judged."""
        return clues.amend_clue(actor=call.actor, number=number, draft=ClueDraft(**call.given))


class JudgeClue(Endpoint):
    @acts("judge_clue", Permission.SCREEN_CLUE, takes=JudgementIn, gives=ClueStateOut)
    def post(self, call: Call, number: int) -> Any:
        """Record what the team meeting held it to be."""
        return clues.judge_clue(actor=call.actor, number=number, **call.given)


class SendClueBack(Endpoint):
    @acts("send_clue_back", Permission.SCREEN_CLUE, takes=ReasonIn, gives=ClueStateOut)
    def post(self, call: Call, number: int) -> Any:
        """Back to the member who registered it."""
        return clues.send_clue_back(actor=call.actor, number=number, **call.given)


class SignClue(Endpoint):
    @acts("sign_clue", Permission.SCREEN_CLUE, gives=ClueStateOut)
    def post(self, call: Call, number: int) -> Any:
        """The leader's signature: the office that it is for may then take it in."""
        return clues.sign_clue(actor=call.actor, number=number)


class ClueRoutes(Endpoint):
    @lists("list_clue_routes", Permission.WATCH_CLUES, gives=ClueRouteOut)
    def get(self, call: Call) -> Any:
        """Clues that counties have: whose and how far. Not one word of any."""
        part = routes_part(call.actor, call.window)
        return part.showing([{"route": one, "says": state_of(one)} for one in part.lines])
