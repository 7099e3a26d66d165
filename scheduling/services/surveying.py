"""Counting, before anything is solved: demand, supply, and whom which rule bars."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.db import transaction

from kernel.clock import now
from scheduling.access.rounds import access_round
from scheduling.domain.rules import excluded
from scheduling.domain.rules.statements import Excluded
from scheduling.domain.supply import SupplyFigures, supply_figures
from scheduling.errors import RoundNotReady
from scheduling.mapping.basis import basis_of
from scheduling.mapping.problems import Question, question_of
from scheduling.models.rounds import InspectionRound
from scheduling.models.surveys import SURVEY_TASK, Bar, Survey
from scheduling.selectors.readiness import gaps_of
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Job
from tenancy.queue import enqueue

BATCH = 5_000  # bars inserted at a time


@transaction.atomic
def request_survey(*, actor: Actor, number: int) -> Job:
    """Have the worker count. Asking again while it counts gives the same job."""
    round_ = access_round(actor, number, Permission.EDIT_ROUND, lock=True)
    gaps = gaps_of(round_)
    if gaps:
        raise RoundNotReady(name=round_.name, gaps=gaps)
    under_way = (
        Job.objects.filter(
            tenant_id=actor.tenant_id,
            task=SURVEY_TASK,
            args={"round_number": number},
            state__in=[Job.State.QUEUED, Job.State.RUNNING],
        )
        .order_by("-pk")
        .first()
    )
    if under_way is not None:
        return under_way
    audit.record(actor, "scheduling.survey.requested", round_)
    return enqueue(actor, SURVEY_TASK, round_number=number)


def survey(*, actor: Actor, number: int) -> Survey:
    """Count over the round as it stands. By the worker: it needs the released facts.

    Within one transaction of the round's office; surveys of before are dropped.
    """
    began = time.monotonic()
    round_ = InspectionRound.objects.get(tenant_id=actor.tenant_id, pk=number)
    basis = basis_of(round_)
    question = question_of(round_)
    bars = excluded(question.problem)
    figures = supply_figures(question.problem, bars)
    Survey.objects.filter(tenant_id=round_.tenant_id, round=round_).delete()
    made = Survey.objects.create(
        tenant_id=round_.tenant_id,
        round=round_,
        basis=basis,
        figures=_figures(figures),
        seconds=time.monotonic() - began,
        computed_at=now(),
    )
    Bar.objects.bulk_create(_bars(made, question, bars), batch_size=BATCH)
    audit.record(
        actor, "scheduling.survey.made", round_, pairs=figures.pairs, barred=figures.barred
    )
    return made


def _figures(figures: SupplyFigures) -> dict[str, Any]:
    return {**asdict(figures), "barred": figures.barred, "pairs": figures.pairs}


def _bars(made: Survey, question: Question, bars: Iterable[Excluded]) -> list[Bar]:
    """One row per person, unit, rule and exemption, its roles joined: the facts behind it, and
    how many there are, stay with the worker."""
    roles: dict[tuple[str, str, str, bool], set[str]] = defaultdict(set)
    for bar in bars:
        roles[bar.inspector, bar.unit, bar.rule, bar.unless_host] |= bar.roles
    people, units = question.rows.person_by_id, question.rows.unit_by_id
    return [
        Bar(
            tenant_id=made.tenant_id,
            survey=made,
            person=people[person],
            unit=units[unit],
            rule=rule,
            roles=sorted(bound),
            unless_host=unless_host,
        )
        for (person, unit, rule, unless_host), bound in roles.items()
        if question.problem.unit_by_id[unit].inspectable
    ]
