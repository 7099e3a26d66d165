"""Decisions about a round that are taken before the engine is asked."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output, Said
from scheduling.selectors.pins import pin_row, pins_part
from scheduling.services.pinning import pin, unpin
from tenancy.domain.roles import Permission


class PinIn(Input):
    pin = serializers.DictField(
        help_text="As in `round-problem/1`, by its ids: docs/exchange-format.md."
    )


class PinOut(Output):
    number = serializers.IntegerField(source="pin.pk")
    pin = serializers.DictField(source="pin.content", help_text="What taking it away names.")
    words = Said()
    set_by = serializers.CharField(source="pin.set_by")
    set_at = serializers.DateTimeField(source="pin.set_at")
    is_gone = serializers.BooleanField(help_text="It names what has left the round.")


class UnpinnedOut(Output):
    removed = serializers.BooleanField(help_text="false: it did not stand.")


class RoundPins(Endpoint):
    @lists("list_pins", Permission.VIEW_ROUND, gives=PinOut)
    def get(self, call: Call, number: int) -> Any:
        """The pins of a round, in the order in which they were set."""
        return pins_part(call.actor, number, call.window)

    @acts("pin", Permission.EDIT_ROUND, takes=PinIn, gives=PinOut, status=201)
    def post(self, call: Call, number: int) -> Any:
        """Take a decision: the next run plans around it. Taking it again is the same decision."""
        return pin_row(pin(actor=call.actor, number=number, content=call.given["pin"]))


class Unpin(Endpoint):
    @acts("unpin", Permission.EDIT_ROUND, takes=PinIn, gives=UnpinnedOut)
    def post(self, call: Call, number: int) -> Any:
        """Take a decision back: the very pin, also one that names what has left the round."""
        return {"removed": unpin(actor=call.actor, number=number, content=call.given["pin"])}
