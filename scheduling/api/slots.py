"""The teams of a round that are to be filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from httpapi.fields import Input, Output
from scheduling.services.round_drafts import TeamDraft


class SlotIn(Input):
    code = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=50)
    size_min = serializers.IntegerField(min_value=1, max_value=30)
    size_max = serializers.IntegerField(min_value=1, max_value=30)
    deputies_min = serializers.IntegerField(min_value=0, max_value=10)
    deputies_max = serializers.IntegerField(min_value=0, max_value=10)
    concurrency = serializers.IntegerField(
        min_value=1, max_value=10, required=False, default=1, help_text="Visits at a time."
    )
    max_units = serializers.IntegerField(
        min_value=1,
        max_value=50,
        required=False,
        allow_null=True,
        default=None,
        help_text="null: as many as fit into the dates.",
    )


class SlotOut(Output):
    code = serializers.CharField()
    name = serializers.CharField()
    size_min = serializers.IntegerField(help_text="Everybody: leader, deputies, members.")
    size_max = serializers.IntegerField()
    deputies_min = serializers.IntegerField()
    deputies_max = serializers.IntegerField()
    concurrency = serializers.IntegerField()
    max_units = serializers.IntegerField(allow_null=True)


def drafts(slots: Sequence[Mapping[str, Any]]) -> list[TeamDraft]:
    return [
        TeamDraft(
            code=slot["code"],
            name=slot["name"],
            size=(slot["size_min"], slot["size_max"]),
            deputies=(slot["deputies_min"], slot["deputies_max"]),
            concurrency=slot["concurrency"],
            max_units=slot["max_units"],
        )
        for slot in slots
    ]
