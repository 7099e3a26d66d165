"""The office's own bodies: those that may be inspected, and those that recusal needs to know."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, lists
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output
from scheduling.domain.vocabulary import UNIT_KINDS
from scheduling.selectors.rosters import units_part
from tenancy.domain.roles import Permission


class UnitsQuery(Input):
    q = serializers.CharField(required=False, max_length=100, help_text="Name, pinyin or code.")
    kind = serializers.ChoiceField(choices=list(UNIT_KINDS), required=False)


class UnitOut(Output):
    number = serializers.IntegerField(source="unit.pk")
    code = serializers.CharField(source="unit.code", help_text="The county's own.")
    name = serializers.CharField(source="unit.name")
    kind = serializers.CharField(source="unit.kind")
    system = serializers.CharField(source="unit.system")
    parent_code = serializers.CharField(source="unit.parent_code", help_text="The body above it.")
    parent_name = serializers.CharField(source="parent")
    risk = serializers.IntegerField(source="unit.risk")
    days = serializers.IntegerField(source="unit.days", help_text="Working days on site.")
    mandatory = serializers.BooleanField(source="unit.mandatory")
    priority = serializers.IntegerField(source="unit.priority")
    skills = serializers.DictField(child=serializers.IntegerField(), source="unit.skills")
    wanted = serializers.DictField(child=serializers.IntegerField(), source="unit.wanted")
    inspectable = serializers.BooleanField(source="unit.inspectable")


class Units(Endpoint):
    @lists("list_units", Permission.VIEW_UNITS, gives=UnitOut, asks=UnitsQuery)
    def get(self, call: Call) -> Any:
        """The office's list of units, by their codes."""
        asked = call.asked
        return units_part(
            call.actor, call.window, search=asked.get("q", ""), kind=asked.get("kind", "")
        )
