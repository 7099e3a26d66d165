"""What one version of a plan changes of another."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.fields import Output
from scheduling.selectors.publication import DifferenceView


class SeatAtOut(Output):
    team = serializers.CharField()
    role = serializers.CharField()


class VisitAtOut(Output):
    team = serializers.CharField()
    start = serializers.DateField()


class PersonMovedOut(Output):
    name = serializers.CharField()
    office = serializers.CharField()
    before = SeatAtOut(allow_null=True, help_text="null: not in that version.")
    after = SeatAtOut(allow_null=True)


class UnitMovedOut(Output):
    name = serializers.CharField()
    county = serializers.CharField(source="office")
    before = VisitAtOut(allow_null=True)
    after = VisitAtOut(allow_null=True)


class MeasureMovedOut(Output):
    code = serializers.CharField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class DifferenceOut(Output):
    people = PersonMovedOut(many=True)
    units = UnitMovedOut(many=True)
    measures = MeasureMovedOut(many=True)


def difference_shown(found: DifferenceView | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "people": found.people,
        "units": found.units,
        "measures": [
            {"code": code, "before": before, "after": after}
            for code, before, after in found.measures
        ],
    }
