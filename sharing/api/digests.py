"""The city digest for programs: what was published; and for the city's director how the next is made."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Output, Said
from sharing.selectors.digests import digest_page, digests_made_part, digests_part
from sharing.services.digests import make_next_digest, publish_digest, stop_digest
from tenancy.domain.roles import Permission

READ, MAKE = Permission.VIEW_DIGEST, Permission.PUBLISH_DIGEST


class DigestOut(Output):
    number = serializers.IntegerField(source="pk")
    period = serializers.CharField(help_text="2026-Q3, 2026-H2, 2026.")
    begins_on = serializers.DateField()
    until = serializers.DateField(source="until_on", help_text="The first day after it.")
    published_at = serializers.DateTimeField()
    sha256 = serializers.CharField(help_text="Of what was published.")


class DigestLineOut(Output):
    code = serializers.CharField(help_text="Empty: the total.")
    title = Said()
    depth = serializers.IntegerField(help_text="0: the total, 1: what it is the sum of, and so on.")
    figures = serializers.ListField(
        child=serializers.JSONField(),
        help_text="One for each column: a count, or withheld, or not_broken_down.",
    )


class DigestGridOut(Output):
    code = serializers.CharField()
    title = Said()
    of = Said(help_text="What its lines are.")
    columns = serializers.ListField(child=Said())
    lines = DigestLineOut(many=True)


class DigestWholeOut(Output):
    digest = DigestOut(source="copy")
    city = serializers.CharField()
    minimum = serializers.IntegerField(help_text="A count below it is told to nobody.")
    tables = DigestGridOut(many=True, source="grids")


class DigestMadeOut(Output):
    number = serializers.IntegerField(source="pk")
    period = serializers.CharField()
    state = serializers.CharField(help_text="making, ready, refused or published.")
    appears_on = serializers.DateField(help_text="Not published before.")
    job = serializers.IntegerField(source="job_id", allow_null=True)
    made_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)


class Digests(Endpoint):
    @lists("list_digests", READ, gives=DigestOut)
    def get(self, call: Call) -> Any:
        """What was published to the office, the newest first."""
        return digests_part(call.actor, call.window)


class OneDigest(Endpoint):
    @reads("read_digest", READ, gives=DigestWholeOut)
    def get(self, call: Call, number: int) -> Any:
        """All its tables, as they were published."""
        return digest_page(call.actor, number)


class DigestsMade(Endpoint):
    @lists("list_digests_made", MAKE, gives=DigestMadeOut)
    def get(self, call: Call) -> Any:
        """How far each is. What one says is told to nobody before it is published."""
        return digests_made_part(call.actor, call.window)

    @acts("make_next_digest", MAKE, gives=DigestMadeOut)
    def post(self, call: Call) -> Any:
        """Have the first that is not published yet made; asked again, it gives that one."""
        return make_next_digest(actor=call.actor)


class StopDigest(Endpoint):
    @acts("stop_digest", MAKE, gives=DigestMadeOut)
    def post(self, call: Call, number: int) -> Any:
        """Stop making it. It can be made again."""
        return stop_digest(actor=call.actor, number=number)


class PublishDigest(Endpoint):
    @acts("publish_digest", MAKE, gives=DigestOut)
    def post(self, call: Call, number: int) -> Any:
        """Give it to the city's office and its counties. It stands from then on."""
        return publish_digest(actor=call.actor, number=number)
