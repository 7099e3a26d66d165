"""Who am I, and for which office."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, Everybody, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Output
from tenancy.access import related_offices


class OfficeOut(Output):
    number = serializers.IntegerField(source="pk")
    code = serializers.CharField()
    name = serializers.CharField()
    short_name = serializers.CharField()
    kind = serializers.CharField(help_text="`province`, `city` or `county`.")
    parent_number = serializers.IntegerField(source="parent_id", allow_null=True)


class MeOut(Output):
    name = serializers.CharField(source="actor.name")
    office = OfficeOut()
    roles = serializers.ListField(child=serializers.CharField())
    permissions = serializers.ListField(
        child=serializers.CharField(), help_text="What may be done here; of a token, within it."
    )
    token = serializers.IntegerField(
        source="actor.token_number", allow_null=True, help_text="Of a person's session: null."
    )


class Me(Endpoint):
    @reads("read_me", Everybody.SEATED, gives=MeOut)
    def get(self, call: Call) -> Any:
        """Who acts, for which office, and what they may."""
        actor = call.actor
        return {
            "actor": actor,
            "office": related_offices(actor).get(pk=actor.tenant_id),
            "roles": sorted(actor.roles),
            "permissions": sorted(actor.permissions),
        }
