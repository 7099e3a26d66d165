"""A worker's part of an attachment: the derivative, or the words why there is none."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from hashlib import sha256

from kernel.clock import now
from kernel.errors import DomainError
from sharing.attachments.kinds import Cleaned, Kind
from sharing.mapping import filing
from sharing.mapping.sealing import opened, sealed_away
from sharing.models.attachments import Attachment, SealedDerivative, SealedOriginal
from tenancy import audit
from tenancy.actor import Actor
from tenancy.context import in_office

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    kind: Kind
    content: bytes


def begin(*, actor: Actor, number: int) -> Task | None:
    """The original in memory; None: there is nothing left to do."""
    found = Attachment.objects.get(tenant_id=actor.tenant_id, pk=number)
    if found.state != Attachment.State.CLEANING:
        return None
    row = SealedOriginal.objects.get(tenant_id=actor.tenant_id, attachment_id=number)
    return Task(Kind(found.kind), opened(row, found))


def finish(*, actor: Actor, number: int, made: Cleaned) -> str | None:
    """Seal the derivative. The name of its file, for whoever sees the transaction undone."""
    found = _locked(actor, number)
    if found.state != Attachment.State.CLEANING:
        return None
    row = sealed_away(SealedDerivative, found, made.content)
    found.state = Attachment.State.READY
    found.derivative_size = len(made.content)
    found.derivative_sha256 = sha256(made.content).hexdigest()
    found.remarks = sorted(made.remarks)
    found.cleaned_at = now()
    found.save(
        update_fields=["state", "derivative_size", "derivative_sha256", "remarks", "cleaned_at"]
    )
    audit.record(actor, "sharing.attachment.cleaned", found, sha256=found.derivative_sha256)
    return row.stored_name


def refuse(*, actor: Actor, number: int, refusal: DomainError) -> str | None:
    """Close it with the words of the refusal. The name of the file to forget after the commit."""
    found = _locked(actor, number)
    if found.state != Attachment.State.CLEANING:
        return None
    row = SealedOriginal.objects.get(tenant_id=actor.tenant_id, attachment_id=number)
    name = row.stored_name
    row.delete()
    found.refuse(refusal)
    found.save(update_fields=["state", "refusal"])
    audit.record(actor, "sharing.attachment.refused", found, code=refusal.code)
    return name


def _locked(actor: Actor, number: int) -> Attachment:
    return Attachment.objects.select_for_update(no_key=True).get(
        tenant_id=actor.tenant_id, pk=number
    )


def forget_orphans() -> None:
    """Remove sealed files that no row names: of an act that was undone when nobody could tidy up.
    By the worker, each office's within its own fence."""
    for office, names in filing.old_files():
        with in_office(office, None):
            known = {
                *_known(SealedOriginal, office, names),
                *_known(SealedDerivative, office, names),
            }
        for name in set(names) - known:
            try:
                filing.forget(office, name)
            except OSError:
                log.warning("A sealed file cannot be removed; it is tried again soon.")


def _known(
    model: type[SealedOriginal] | type[SealedDerivative], office: int, names: list[str]
) -> set[str]:
    rows = model.objects.filter(tenant_id=office, stored_name__in=names)
    return set(rows.values_list("stored_name", flat=True))


def forget(office: int, name: str | None) -> None:
    """After the commit; what cannot be removed now, the chore removes."""
    if name is None:
        return
    try:
        filing.forget(office, name)
    except OSError:
        log.warning("A sealed file cannot be removed; it is tried again soon.")
