"""The unmasked round: asked for with a purpose, made by a worker, taken once."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, Document, acts, hands_over, lists
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output
from scheduling.api.words import LONGEST
from scheduling.selectors.sealed import sealed_exports_part
from scheduling.services.sealing import request_unmasked, take_unmasked
from tenancy.domain.roles import Permission


class PurposeIn(Input):
    reason = serializers.CharField(
        max_length=LONGEST, help_text="Who needs it, for what, on whose order. It goes on record."
    )


class SealedExportOut(Output):
    number = serializers.IntegerField(source="pk")
    round = serializers.IntegerField(source="round_id")
    reason = serializers.CharField()
    requested_by = serializers.CharField()
    requested_at = serializers.DateTimeField()
    job = serializers.IntegerField(source="job_id", allow_null=True)
    sha256 = serializers.CharField(allow_blank=True, help_text="Of the document's bytes.")
    made_at = serializers.DateTimeField(allow_null=True, help_text="It can be taken since.")
    taken_at = serializers.DateTimeField(allow_null=True, help_text="It is gone since.")


class SealedExports(Endpoint):
    @lists("list_sealed_exports", Permission.EXPORT_UNMASKED, gives=SealedExportOut)
    def get(self, call: Call, number: int) -> Any:
        """Every time that a round was asked for with its facts, newest first."""
        return sealed_exports_part(call.actor, number, call.window)

    @acts(
        "request_sealed_export",
        Permission.EXPORT_UNMASKED,
        takes=PurposeIn,
        gives=SealedExportOut,
        status=202,
    )
    def post(self, call: Call, number: int) -> Any:
        """Ask for a round with all its facts. A worker makes the document."""
        return request_unmasked(actor=call.actor, number=number, **call.given)


class TakeSealedExport(Endpoint):
    @hands_over("take_sealed_export", Permission.EXPORT_UNMASKED)
    def post(self, call: Call, number: int) -> Any:
        """Take the document, once: `round-problem/1` with every fact. It is handed out to one
        call and kept nowhere; who loses it on the way asks for it anew."""
        taken = take_unmasked(actor=call.actor, number=number)
        return Document(taken.content, taken.file_name)
