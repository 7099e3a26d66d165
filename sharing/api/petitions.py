"""The register of petitions of a team."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from sharing.domain.petitions import Handling, Subject, Way
from sharing.selectors.petitions import petition_line, room_petitions
from sharing.services.petitions import PetitionDraft, handle_petition, register_petition
from tenancy.domain.roles import Permission

WAYS = [one.value for one in Way]
SUBJECTS = [one.value for one in Subject]
HANDLINGS = [one.value for one in Handling]


class PetitionIn(Input):
    received_on = serializers.DateField()
    way = serializers.ChoiceField(choices=WAYS)
    unit_name = serializers.CharField(max_length=200, help_text="Whom it is about.")
    subject = serializers.ChoiceField(choices=SUBJECTS)
    gist = serializers.CharField(max_length=2000, help_text="Nothing of who petitioned.")


class PetitionHandlingIn(Input):
    nth = serializers.IntegerField(min_value=1, max_value=2_000_000_000)
    handling = serializers.ChoiceField(choices=HANDLINGS)
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)
    clue = Number(required=False, help_text="The clue of this room that it became.")


class PetitionOut(Output):
    nth = serializers.IntegerField(source="petition.number", help_text="Its number in the room.")
    received_on = serializers.DateField(source="petition.received_on")
    way = serializers.ChoiceField(choices=WAYS, source="petition.way")
    unit_name = serializers.CharField(source="petition.unit_name")
    subject = serializers.ChoiceField(choices=SUBJECTS, source="petition.subject")
    gist = serializers.CharField(source="petition.gist")
    registered_by = serializers.CharField(source="petition.registered_by_name")
    handling = serializers.ChoiceField(choices=["", *HANDLINGS], source="petition.handling")
    note = serializers.CharField(source="petition.note")
    clue = serializers.IntegerField(allow_null=True, help_text="For whoever sees that clue.")
    handled_by = serializers.CharField(source="petition.handled_by_name")
    handled_at = serializers.DateTimeField(source="petition.handled_at", allow_null=True)


class RoomPetitions(Endpoint):
    @lists("list_petitions", Permission.WORK_IN_ROOM, gives=PetitionOut)
    def get(self, call: Call, number: int) -> Any:
        """What the team received, the newest first; for whoever holds the post."""
        return room_petitions(call.actor, number, call.window)

    @acts("register_petition", Permission.WORK_IN_ROOM, takes=PetitionIn, gives=PetitionOut)
    def post(self, call: Call, number: int) -> Any:
        """Register a letter, a call or a visit, without who it was."""
        given = call.given
        typed = dict(given) | {"way": Way(given["way"]), "subject": Subject(given["subject"])}
        made = register_petition(actor=call.actor, number=number, draft=PetitionDraft(**typed))
        return petition_line(call.actor, number, made.number)


class HandlePetition(Endpoint):
    @acts("handle_petition", Permission.WORK_IN_ROOM, takes=PetitionHandlingIn, gives=PetitionOut)
    def post(self, call: Call, number: int) -> Any:
        """Say what becomes of one: a paper, a clue, the petition office, or kept."""
        given = dict(call.given)
        handling, nth = Handling(given.pop("handling")), given.pop("nth")
        handle_petition(actor=call.actor, number=number, nth=nth, handling=handling, **given)
        return petition_line(call.actor, number, nth)
