"""Packages for programs: what was sent and received, and answers to what came. To make one, to bring
one and to deal with keys is for people in person: each wants a passphrase or a voice on the telephone.
"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output, Said
from sharing.models.packages import PackageAnswer
from sharing.selectors.packages import (
    RECEIVE,
    received_page,
    received_part,
    received_records_part,
    record_page,
    sent_page,
    sent_part,
)
from sharing.services.taking_packages import write_answer
from tenancy.domain.roles import Permission
from tenancy.paging import Part


class PackagePartOut(Output):
    name = serializers.CharField()
    rows = serializers.IntegerField()
    sha256 = serializers.CharField()


class PackageOut(Output):
    number = serializers.IntegerField(source="pk")
    package = serializers.CharField(source="number", help_text="As it stands in the package.")
    purpose = serializers.CharField()
    fingerprint = serializers.CharField(help_text="Of the key that signed it.")
    sha256 = serializers.CharField(help_text="Of the file.")
    by = serializers.CharField(source="by_name")
    at = serializers.DateTimeField()


class SentPackageOut(PackageOut):
    receiver = serializers.CharField(source="receiver_code")
    receiver_name = serializers.CharField()


class ReceivedPackageOut(PackageOut):
    sender = serializers.CharField(source="sender_code")
    sender_name = serializers.CharField()
    made_at = serializers.DateTimeField(help_text="As its maker says.")


class SentPackageWholeOut(Output):
    package = SentPackageOut()
    parts = PackagePartOut(many=True)


class ReceivedPackageWholeOut(Output):
    package = ReceivedPackageOut()
    parts = PackagePartOut(many=True)


class ReceivedRecordOut(Output):
    number = serializers.IntegerField(source="pk")
    part = serializers.CharField()
    title = serializers.CharField()


class PackageAnswerIn(Input):
    kind = serializers.ChoiceField(choices=PackageAnswer.Kind.values)
    text = serializers.CharField(max_length=10000, required=False, default="", allow_blank=True)


class PackageAnswerOut(Output):
    kind = serializers.CharField()
    text = serializers.CharField()
    by = serializers.CharField(source="by_name")
    at = serializers.DateTimeField()
    is_sent = serializers.BooleanField()


class ReceivedRecordWholeOut(Output):
    number = serializers.IntegerField(source="record.pk")
    part = serializers.CharField(source="record.part")
    title = Said()
    content = serializers.JSONField(source="record.content", help_text="As it was signed.")
    answers = PackageAnswerOut(many=True)


class SentPackages(Endpoint):
    @lists("list_sent_packages", Permission.VIEW_PACKAGES, gives=SentPackageOut)
    def get(self, call: Call) -> Any:
        """The newest first."""
        return sent_part(call.actor, call.window)


class OneSentPackage(Endpoint):
    @reads("read_sent_package", Permission.VIEW_PACKAGES, gives=SentPackageWholeOut)
    def get(self, call: Call, number: int) -> Any:
        """Its outside. The file is kept nowhere."""
        return sent_page(call.actor, number)


class ReceivedPackages(Endpoint):
    @lists("list_received_packages", RECEIVE, gives=ReceivedPackageOut)
    def get(self, call: Call) -> Any:
        """The newest first; for a discipline body those with a list of clues."""
        return received_part(call.actor, call.window)


class OneReceivedPackage(Endpoint):
    @reads("read_received_package", RECEIVE, gives=ReceivedPackageWholeOut)
    def get(self, call: Call, number: int) -> Any:
        """Its outside."""
        return received_page(call.actor, number)


class ReceivedRecords(Endpoint):
    @lists("list_received_records", RECEIVE, gives=ReceivedRecordOut)
    def get(self, call: Call, number: int) -> Any:
        """What came in it."""
        part: Part[Any] = received_records_part(call.actor, number, call.window)
        return part.showing([record for record, _title in part.lines])


class OneReceivedRecord(Endpoint):
    @reads("read_received_record", RECEIVE, gives=ReceivedRecordWholeOut)
    def get(self, call: Call, number: int) -> Any:
        """As it was signed, with what this office said on it."""
        return _told(call, number)


class AnswerReceivedRecord(Endpoint):
    @acts(
        "answer_received_record",
        Permission.MAKE_PACKAGES,
        takes=PackageAnswerIn,
        gives=ReceivedRecordWholeOut,
    )
    def post(self, call: Call, number: int) -> Any:
        """Say something on a letter or an item; it goes back in the next package for its sender."""
        write_answer(actor=call.actor, number=number, **call.given)
        return _told(call, number)


def _told(call: Call, number: int) -> dict[str, Any]:
    page = record_page(call.actor, number)
    answers = [
        {"kind": one.kind, "text": one.text, "by_name": one.by_name, "at": one.at, "is_sent": sent}
        for one, _title, sent in page.answers
    ]
    return {"record": page.record, "title": page.title, "answers": answers}
