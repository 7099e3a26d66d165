"""Files that belong to records. They are handed in where the record is; originals are opened by
people on the page, and by no program."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from httpapi.declarations import Call, Everybody, File, hands_out_file, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output, Said
from httpapi.language import spoken
from sharing.attachments.kinds import Kind
from sharing.models.attachments import Attachment
from sharing.selectors.attachments import AttachmentLine, attachment_page
from sharing.services.attaching import open_derivative


class FileIn(Input):
    file = serializers.FileField(allow_empty_file=True, help_text="What it is says its content.")


class FileRefusalOut(Output):
    message = serializers.CharField()
    remedy = serializers.CharField()


class AttachmentOut(Output):
    number = serializers.IntegerField(source="attachment.pk")
    state = serializers.ChoiceField(choices=Attachment.State.values, source="attachment.state")
    name = serializers.CharField(source="attachment.name")
    kind = serializers.ChoiceField(choices=[one.value for one in Kind], source="attachment.kind")
    size = serializers.IntegerField(source="attachment.size", help_text="Bytes as handed in.")
    sha256 = serializers.CharField(
        source="attachment.sha256", help_text="Of the file as it was handed in."
    )
    derivative_size = serializers.IntegerField(source="attachment.derivative_size", allow_null=True)
    derivative_sha256 = serializers.CharField(
        source="attachment.derivative_sha256",
        allow_blank=True,
        help_text="Of the copy that is handed on.",
    )
    taken_in_at = serializers.DateTimeField(source="attachment.taken_in_at")
    job = serializers.IntegerField(source="attachment.job_id", allow_null=True)
    is_at_work = serializers.BooleanField()
    lacks = serializers.ListField(child=Said(), help_text="What the copy lacks.")
    refusal = FileRefusalOut(allow_null=True, help_text="Why there will be no copy.")


@extend_schema_field(AttachmentOut(many=True))
class AttachedFiles(serializers.Field[Any, Any, Any, Any]):
    """The files of a record, where its own endpoint lists them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, lines: Sequence[AttachmentLine]) -> Any:
        return AttachmentOut([shown(one) for one in lines], many=True).data


class OneAttachment(Endpoint):
    @reads("read_attachment", Everybody.SEATED, gives=AttachmentOut)
    def get(self, call: Call, number: int) -> Any:
        """How far a file is, for whoever may read a record that it hangs on."""
        return shown(attachment_page(call.actor, number))


class AttachmentFile(Endpoint):
    @hands_out_file("download_attachment", Everybody.SEATED)
    def get(self, call: Call, number: int) -> Any:
        """The copy that is handed on. Opening it is recorded."""
        opened = open_derivative(actor=call.actor, number=number)
        return File(opened.content, opened.name)


def shown(line: AttachmentLine) -> dict[str, Any]:
    """As `AttachmentOut` shows it, also where a record's own endpoint lists its files."""
    words = line.refusal
    return {
        "attachment": line.attachment,
        "is_at_work": line.is_at_work,
        "lacks": line.lacks,
        "refusal": words and {"message": words[0][spoken()], "remedy": words[1][spoken()]},
    }
