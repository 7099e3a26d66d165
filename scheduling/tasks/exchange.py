from __future__ import annotations

from scheduling.services import exchange, sealing
from tenancy.queue import Lease, job
from tenancy.relay import chore

chore(sealing.forget_untaken)


@job(exchange.FREEZE, runs_for="exchange.export")
def freeze_round(lease: Lease, *, round_number: int) -> None:
    """Freeze once: the same question twice is one row."""
    with lease.writing():
        exchange.freeze_round(actor=lease.actor, number=round_number)


@job(sealing.SEAL, runs_for="sealed_export.ask")
def seal_export(lease: Lease, *, export_number: int) -> None:
    """Seal once: called again after its process died, it finds the document made or makes it."""
    with lease.writing():
        sealing.seal(actor=lease.actor, number=export_number)
