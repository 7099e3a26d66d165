"""Taking files in, hanging them on records, handing them out.

Who may add to a record, the record's own service has asked before it calls `take_in`; who may read
what hangs on it, `sharing.access.attachments` asks. Cleaning is a worker's: `cleaning_files`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from django.db import connection, transaction

from kernel.clock import now
from kernel.errors import NotAllowed
from scheduling.workbooks.words import clean
from sharing.access.attachments import access_attachment, access_original, links
from sharing.attachments.kinds import ACCEPTED, LARGEST, MB, Kind, named_as
from sharing.attachments.refusals import FileRefused, TooLarge
from sharing.attachments.sniffing import kind_of
from sharing.errors.attachments import (
    AttachmentNotReady,
    OneOfSeveral,
    OriginalIsGone,
    OriginalNeedsReason,
)
from sharing.mapping import filing
from sharing.mapping.sealing import opened, sealed_away
from sharing.models.attachments import AttachedTo, Attachment, SealedDerivative, SealedOriginal
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import PERMISSION_TITLES, Permission
from tenancy.queue import enqueue
from tenancy.services.reading import Sight, record_reading

CLEAN = "sharing.clean_attachment"
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody hands it in."""

    file_name: str
    content: Iterable[bytes]


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it goes out: always to be saved, never to be shown in the browser."""

    content: bytes
    name: str
    content_type: str


@transaction.atomic
def take_in(
    *, actor: Actor, link: type[AttachedTo], subject: int, file_name: str, content: Iterable[bytes]
) -> Attachment:
    """Keep a file sealed, hang it on a record of the actor's office, and have it cleaned.

    `FileRefused`: what it is, by its content, is not taken in. The rest of the judgement is the
    worker's, and stands at the attachment.
    """
    whole = _whole(content)
    kind = kind_of(whole)
    made = Attachment.objects.create(
        tenant_id=actor.tenant_id,
        name=named_as(kind, _base_name(file_name)),
        kind=kind,
        size=len(whole),
        sha256=sha256(whole).hexdigest(),
        taken_in_by_id=actor.person_id,
        taken_in_at=now(),
    )
    original = sealed_away(SealedOriginal, made, whole)
    try:
        _hang(actor, link, subject, made)
        made.job = enqueue(actor, CLEAN, attachment_number=made.pk)
        made.save(update_fields=["job"])
        audit.record(actor, "sharing.attachment.taken_in", made, kind=made.kind, sha256=made.sha256)
    except BaseException:
        filing.forget(made.tenant_id, original.stored_name)
        raise
    return made


@transaction.atomic
def take_in_all(
    *, actor: Actor, link: type[AttachedTo], subject: int, uploads: Iterable[Upload]
) -> None:
    """Several at once, all or none. `OneOfSeveral` names the one that is turned away."""
    for one in uploads:
        try:
            take_in(
                actor=actor,
                link=link,
                subject=subject,
                file_name=one.file_name,
                content=one.content,
            )
        except FileRefused as refusal:
            (zh, then_zh), (en, then_en) = (refusal.in_language(code) for code in ("zh", "en"))
            raise OneOfSeveral(
                name=_base_name(one.file_name), zh=zh, en=en, then_zh=then_zh, then_en=then_en
            ) from refusal


@transaction.atomic
def attach(*, actor: Actor, link: type[AttachedTo], subject: int, number: int) -> Attachment:
    """Hang what one may read already on a further record. Doing it twice does it once."""
    found = access_attachment(actor, number)
    if not links(actor, link, attachment_id=found.pk, subject=subject).exists():
        _hang(actor, link, subject, found)
        audit.record(actor, "sharing.attachment.attached", found)
    return found


@transaction.atomic
def detach(*, actor: Actor, link: type[AttachedTo], subject: int, number: int) -> None:
    """Take it off a record. It is kept: other records may show it, and the hash stands."""
    found = access_attachment(actor, number)
    changed = links(actor, link, attachment_id=found.pk, subject=subject).update(
        detached_at=now(), detached_by_id=actor.person_id
    )
    if changed:
        audit.record(actor, "sharing.attachment.detached", found)


@transaction.atomic
def open_derivative(*, actor: Actor, number: int) -> Opened:
    """The cleaned file, for whoever may read a record that it hangs on. The reading is recorded."""
    found = access_attachment(actor, number)
    row = SealedDerivative.objects.filter(tenant_id=actor.tenant_id, attachment_id=found.pk).first()
    if row is None:
        raise AttachmentNotReady(name=found.name)
    content = opened(row, found)
    record_reading(actor, "sharing.attachment.opened", Sight(found), rule="attachment.read")
    return Opened(content, found.name, ACCEPTED[Kind(found.kind)].content_type)


@transaction.atomic
def open_original(*, actor: Actor, number: int, reason: str) -> Opened:
    """As it was handed in, for a custodian in person, with a reason that goes on record."""
    found = access_original(actor, number)
    if actor.token_number is not None:
        raise NotAllowed(permission=PERMISSION_TITLES[Permission.OPEN_ORIGINALS])
    if not reason.strip():
        raise OriginalNeedsReason
    row = _original_for_custodians(found)
    content = opened(row, found)
    record_reading(
        actor,
        "sharing.original.opened",
        Sight(found),
        rule="attachment.open_original",
        sha256=found.sha256,
        reason=reason.strip()[:LONGEST_REASON],
    )
    return Opened(content, found.name, "application/octet-stream")


def _original_for_custodians(attachment: Attachment) -> SealedOriginal:
    """The database asks again who it is; the web's role cannot select the table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT cipher, key, wrapped, stored_name FROM sec.original_of(%s)", [attachment.pk]
        )
        row = cursor.fetchone()
    if row is None:
        raise OriginalIsGone(name=attachment.name)
    cipher, key, wrapped, stored_name = row
    return SealedOriginal(
        tenant_id=attachment.tenant_id,
        attachment=attachment,
        cipher=cipher,
        key=key,
        wrapped=wrapped,
        stored_name=stored_name,
    )


def _hang(actor: Actor, link: type[AttachedTo], subject: int, attachment: Attachment) -> None:
    """`subject` is the concrete table's own column."""
    whose: dict[str, Any] = {"subject_id": subject}
    link._default_manager.create(
        tenant_id=actor.tenant_id,
        attachment=attachment,
        attached_by_id=actor.person_id,
        attached_at=now(),
        **whose,
    )


def _whole(content: Iterable[bytes]) -> bytes:
    """In memory alone: in plain it never lies on a disk of ours."""
    whole = bytearray()
    for piece in content:
        whole += piece
        if len(whole) > LARGEST:
            raise TooLarge(kind=ACCEPTED[Kind.PDF].title, limit=LARGEST // MB)
    return bytes(whole)


def _base_name(file_name: str) -> str:
    """Without a path, whichever system wrote it, and without marks that could deceive."""
    name = PureWindowsPath(PurePosixPath(file_name).name).name
    return clean(name)[:190] or "file"
