"""Documents that a team asks a unit for."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output, Said
from sharing.domain.document_requests import LONGEST_DAYS
from sharing.selectors.document_requests import request_line, room_requests, unit_requests
from sharing.services.document_requests import Asked, act_on_request, ask_for_documents
from tenancy.domain.roles import Permission

EITHER = (Permission.WORK_IN_ROOM, Permission.SPEAK_FOR_UNIT)


class DocumentRequestIn(Input):
    unit = serializers.CharField(max_length=50, help_text="Its code in the registry.")
    what = serializers.CharField(max_length=500)
    why = serializers.CharField(max_length=500)
    days = serializers.IntegerField(
        min_value=1, max_value=LONGEST_DAYS, help_text="Working days until it is due."
    )
    handed_to = serializers.CharField(max_length=100, help_text="Who of the unit took the request.")
    is_accounts = serializers.BooleanField(required=False, default=False)


class DocumentRequestActIn(Input):
    request = Number(help_text="The number of the request.")
    act = serializers.CharField(max_length=40, help_text="One of those that it offers.")
    reason = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)
    person = serializers.CharField(
        max_length=100,
        required=False,
        default="",
        allow_blank=True,
        help_text="Who of the unit handed it over, or took it back.",
    )
    pieces = serializers.IntegerField(min_value=0, max_value=9999, required=False, default=0)


class DocumentRequestStepOut(Output):
    act = serializers.CharField()
    title = Said()
    by = serializers.CharField(source="by_name")
    at = serializers.DateTimeField()
    reason = serializers.CharField()
    person = serializers.CharField(source="facts.person", default="")
    pieces = serializers.IntegerField(source="facts.pieces", default=0)


class DocumentRequestNextOut(Output):
    act = serializers.CharField(source="name")
    title = Said()
    needs_reason = serializers.BooleanField()


class DocumentRequestOut(Output):
    number = serializers.IntegerField(source="request.pk")
    unit = serializers.CharField(source="request.unit_name")
    nth = serializers.IntegerField(
        source="request.number", help_text="Counted for the unit; accounts by themselves."
    )
    is_accounts = serializers.BooleanField(source="request.is_accounts")
    what = serializers.CharField(source="request.what")
    why = serializers.CharField(source="request.why")
    handed_to = serializers.CharField(source="request.handed_to")
    asked_by = serializers.CharField(source="request.asked_by_name")
    asked_on = serializers.DateField(source="request.asked_on")
    due_on = serializers.DateField(source="request.due_on")
    state = serializers.CharField(source="request.state")
    is_overdue = serializers.BooleanField()
    steps = DocumentRequestStepOut(many=True)
    acts = DocumentRequestNextOut(many=True, help_text="What the caller may do next.")


class DocumentRequestForUnitOut(DocumentRequestOut):
    """As who speaks for the unit sees it."""


class RoomDocumentRequests(Endpoint):
    @lists("list_document_requests", Permission.WORK_IN_ROOM, gives=DocumentRequestOut)
    def get(self, call: Call, number: int) -> Any:
        """What the team has asked for, the newest first."""
        return room_requests(call.actor, number, call.window)

    @acts(
        "ask_for_documents",
        Permission.WORK_IN_ROOM,
        takes=DocumentRequestIn,
        gives=DocumentRequestOut,
    )
    def post(self, call: Call, number: int) -> Any:
        """Ask a unit; whoever speaks for it sees the request at once."""
        made = ask_for_documents(actor=call.actor, number=number, asked=Asked(**call.given))
        return request_line(call.actor, made.pk)


class DocumentRequests(Endpoint):
    @lists("list_documents_asked", Permission.SPEAK_FOR_UNIT, gives=DocumentRequestForUnitOut)
    def get(self, call: Call) -> Any:
        """What units that one speaks for were asked for, the newest first."""
        return unit_requests(call.actor, call.window)


class DocumentRequestActs(Endpoint):
    @acts("act_on_document_request", EITHER, takes=DocumentRequestActIn, gives=DocumentRequestOut)
    def post(self, call: Call) -> Any:
        """Deliver, say that it is not held; sign for it, give it back, ask again, withdraw."""
        act_on_request(actor=call.actor, **call.given)
        return request_line(call.actor, call.given["request"])
