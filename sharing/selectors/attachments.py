"""What stands at a file: how far it is, what its derivative lacks, why it was not taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kernel.text import Text
from sharing.access.attachments import (
    access_attachment,
    access_original,
    attachments_by_subject,
    attachments_of,
)
from sharing.access.evidence import tells_who_handed_in
from sharing.attachments.kinds import ACCEPTED, REMARKS, Kind, Remark
from sharing.errors.attachments import CleaningStopped
from sharing.models.attachments import AttachedTo, Attachment
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Job

_OVER = (Job.State.FAILED, Job.State.CANCELLED)


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """One file. `refusal`: message and remedy, where there will be no derivative. `by_name`: who handed
    it in; None to whoever is not told who of a team did."""

    attachment: Attachment
    by_name: str | None
    kind: Text
    lacks: list[Text]
    refusal: tuple[Text, Text] | None
    may_open_original: bool

    @property
    def is_at_work(self) -> bool:
        return self.attachment.state == Attachment.State.CLEANING and self.refusal is None

    @property
    def is_ready(self) -> bool:
        return self.attachment.state == Attachment.State.READY


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class WithFiles(Generic[Row]):
    """A row of a record, with the files that hang on it."""

    row: Row
    files: Sequence[AttachmentLine]


def attachment_page(actor: Actor, number: int) -> AttachmentLine:
    """One file, for whoever may read a record that it hangs on."""
    found = access_attachment(actor, number)
    return _line(actor, found, tells_who=tells_who_handed_in(actor, found))


def original_page(actor: Actor, number: int) -> AttachmentLine:
    """The same, for a custodian."""
    return _line(actor, access_original(actor, number))


def attachment_lines(actor: Actor, link: type[AttachedTo], subject: int) -> list[AttachmentLine]:
    """The files of one record, which the caller has fetched by its own access."""
    return [_line(actor, one) for one in attachments_of(actor, link, subject)]


def lines_by_subject(
    actor: Actor, link: type[AttachedTo], subjects: Iterable[int], *, tells_who: bool = True
) -> dict[int, list[AttachmentLine]]:
    """The same of several records at once, by their numbers."""
    found = attachments_by_subject(actor, link, subjects)
    return {
        subject: [_line(actor, one, tells_who=tells_who) for one in files]
        for subject, files in found.items()
    }


def _line(actor: Actor, attachment: Attachment, *, tells_who: bool = True) -> AttachmentLine:
    is_refused = attachment.state == Attachment.State.REFUSED
    return AttachmentLine(
        attachment=attachment,
        by_name=attachment.taken_in_by.display_name if tells_who else None,
        kind=ACCEPTED[Kind(attachment.kind)].title,
        lacks=[REMARKS[Remark(code)] for code in attachment.remarks],
        refusal=_refusal(attachment),
        may_open_original=not is_refused and actor.may(Permission.OPEN_ORIGINALS),
    )


def _refusal(attachment: Attachment) -> tuple[Text, Text] | None:
    if attachment.refusal is not None:
        (zh, remedy_zh), (en, remedy_en) = attachment.refusal["zh"], attachment.refusal["en"]
        return Text(zh=zh, en=en), Text(zh=remedy_zh, en=remedy_en)
    is_cleaning = attachment.state == Attachment.State.CLEANING
    if is_cleaning and attachment.job is not None and attachment.job.state in _OVER:
        # Its workers died once too often, before they could write a word at the file itself.
        return CleaningStopped.message, CleaningStopped.remedy
    return None
