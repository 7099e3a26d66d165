"""On a record: which offices have a view of it, of which fields, until when."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Output, Said
from sharing.api.share_shapes import ShareOfficeOut
from sharing.domain.shared_views import Shareable
from sharing.selectors.share_sights import sights_of_record
from tenancy.domain.roles import Permission


class SightOut(Output):
    share = serializers.IntegerField(source="share.pk")
    office = ShareOfficeOut()
    until_on = serializers.DateField()
    shows = serializers.ListField(source="fields", child=Said(), help_text="Titles of fields.")


class SightsOut(Output):
    sights = SightOut(many=True, source="*")


class FindingSights(Endpoint):
    @reads("read_finding_sights", Permission.VIEW_SHARES, gives=SightsOut)
    def get(self, call: Call, number: int) -> Any:
        """Who has a view of the finding now."""
        return sights_of_record(call.actor, Shareable.FINDING, number)


class ClueSights(Endpoint):
    @reads("read_clue_sights", Permission.VIEW_SHARES, gives=SightsOut)
    def get(self, call: Call, number: int) -> Any:
        """Who has a view of the clue in the register now."""
        return sights_of_record(call.actor, Shareable.CLUE, number)


class ItemSights(Endpoint):
    @reads("read_item_sights", Permission.VIEW_SHARES, gives=SightsOut)
    def get(self, call: Call, number: int) -> Any:
        """Who has a view of the item now."""
        return sights_of_record(call.actor, Shareable.ITEM, number)


class LetterSights(Endpoint):
    @reads("read_letter_sights", Permission.VIEW_SHARES, gives=SightsOut)
    def get(self, call: Call, number: int) -> Any:
        """Who has a view of the letter now."""
        return sights_of_record(call.actor, Shareable.LETTER, number)
