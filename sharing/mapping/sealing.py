"""Contents of attachments, sealed into files and opened again."""

from __future__ import annotations

from typing import TypeVar

from sharing.mapping import filing
from sharing.mapping.keys import key_service, record_cipher
from sharing.models.attachments import (
    DERIVATIVE,
    ORIGINAL,
    Attachment,
    SealedDerivative,
    SealedFile,
    SealedOriginal,
)
from sharing.vault.envelopes import seal, unseal

Sealed = TypeVar("Sealed", SealedOriginal, SealedDerivative)
PLACES: dict[type[SealedFile], str] = {SealedOriginal: ORIGINAL, SealedDerivative: DERIVATIVE}


def sealed_away(model: type[Sealed], attachment: Attachment, content: bytes) -> Sealed:
    """Seal it, write its file, then its row: within the transaction of the act. Where that is
    undone, the caller forgets the file; where nobody could, a chore does."""
    place = attachment.place(PLACES[model])
    envelope = seal(key_service(), place, content, record_cipher())
    row = model(
        tenant_id=attachment.tenant_id,
        attachment=attachment,
        cipher=envelope.cipher,
        key=envelope.key,
        wrapped=envelope.wrapped,
        stored_name=filing.keep(attachment.tenant_id, envelope.sealed),
    )
    try:
        row.save(force_insert=True)
    except BaseException:
        filing.forget(row.tenant_id, row.stored_name)
        raise
    return row


def opened(row: SealedFile, attachment: Attachment) -> bytes:
    """`KeyServiceAway`, `KeyIsGone`, `SealIsBroken`."""
    envelope = row.envelope(filing.read(attachment.tenant_id, row.stored_name))
    return unseal(key_service(), attachment.place(PLACES[type(row)]), envelope)
