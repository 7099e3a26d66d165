"""Rounds: the leading office's own, and nobody else's."""

from __future__ import annotations

from kernel.errors import NotVisible
from scheduling.access.handling import must_handle
from scheduling.errors import RoundBeingSolved
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import SolveRun
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Job
from tenancy.visibility import OfficeQuerySet


def rounds_visible_to(actor: Actor) -> OfficeQuerySet[InspectionRound]:
    return InspectionRound.objects.readable_by(actor, Permission.VIEW_ROUND)


def access_round(
    actor: Actor, number: int, permission: Permission, *, lock: bool = False
) -> InspectionRound:
    """The round, or a refusal in words that do not tell whether it exists. What only those who
    handle it may do, only they get it for."""
    rounds = rounds_visible_to(actor)
    round_ = (rounds.select_for_update() if lock else rounds).filter(pk=number).first()
    if round_ is None:
        raise NotVisible(what="round", number=number)
    actor.must(permission)
    must_handle(actor, permission, round_.pk)
    return round_


def access_round_to_edit(actor: Actor, number: int) -> InspectionRound:
    """The round, locked, for a change of what the engine is asked.

    Refused while a run is at work: its frozen question and the round would part company.
    """
    round_ = access_round(actor, number, Permission.EDIT_ROUND, lock=True)
    at_work = SolveRun.objects.filter(
        tenant_id=actor.tenant_id,
        round=round_,
        finished_at__isnull=True,
        job__state__in=[Job.State.QUEUED, Job.State.RUNNING],
    )
    if at_work.exists():
        raise RoundBeingSolved(name=round_.name)
    return round_
