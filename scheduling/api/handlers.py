"""Who handles a round."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from scheduling.selectors.handling import HandlersPage, handlers_page
from scheduling.services.handling import name_handler, remove_handler
from tenancy.domain.roles import Permission


class HandlerIn(Input):
    person = Number(help_text="Somebody of the office who may set up rounds.")


class ColleagueOut(Output):
    number = serializers.IntegerField(source="pk")
    name = serializers.CharField(source="display_name")


class HandlerOut(Output):
    number = serializers.IntegerField(source="person.pk")
    name = serializers.CharField(source="person.display_name")
    is_seated = serializers.BooleanField(
        help_text="false: their seat has ended, and they handle nothing."
    )


class HandlersOut(Output):
    handlers = HandlerOut(many=True, source="lines")
    nameable = ColleagueOut(many=True, help_text="Who could be named, for whoever may name.")
    directors = ColleagueOut(many=True, help_text="Whom to ask.")
    may_name = serializers.BooleanField()
    handles = serializers.BooleanField(help_text="Whether the caller handles the round.")


class RoundHandlers(Endpoint):
    @reads("list_handlers", Permission.VIEW_ROUND, gives=HandlersOut)
    def get(self, call: Call, number: int) -> Any:
        """Who handles the round. Only they may set it up, solve it, edit its plans and propose."""
        return _page(call, number)

    @acts("name_handler", Permission.NAME_HANDLERS, takes=HandlerIn, gives=HandlersOut)
    def post(self, call: Call, number: int) -> Any:
        """Let somebody handle the round. Naming them again changes nothing."""
        name_handler(actor=call.actor, number=number, person=call.given["person"])
        return _page(call, number)


class RemoveHandler(Endpoint):
    @acts("remove_handler", Permission.NAME_HANDLERS, takes=HandlerIn, gives=HandlersOut)
    def post(self, call: Call, number: int) -> Any:
        """Take the round from somebody. The last one stays while the round is not over."""
        remove_handler(actor=call.actor, number=number, person=call.given["person"])
        return _page(call, number)


def _page(call: Call, number: int) -> HandlersPage:
    return handlers_page(call.actor, number)
