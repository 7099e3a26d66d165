"""Runs of the engine: the leading office's own."""

from __future__ import annotations

from kernel.errors import NotVisible
from scheduling.access.handling import must_handle
from scheduling.models.runs import SolveRun
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import OfficeQuerySet


def runs_visible_to(actor: Actor) -> OfficeQuerySet[SolveRun]:
    return SolveRun.objects.readable_by(actor, Permission.VIEW_ROUND)


def access_run(
    actor: Actor, number: int, permission: Permission, *, lock: bool = False
) -> SolveRun:
    """The run, or a refusal in words that do not tell whether it exists."""
    runs = runs_visible_to(actor)
    run = (runs.select_for_update() if lock else runs).filter(pk=number).first()
    if run is None:
        raise NotVisible(what="run", number=number)
    actor.must(permission)
    must_handle(actor, permission, run.round_id)
    return run
