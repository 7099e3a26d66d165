"""Whose facts are seen in what a team wrote: those of the office in whose tenancy it is kept."""

from __future__ import annotations

from sharing.models.papers import WorkingPaper
from sharing.models.reports import InspectionReport
from tenancy.actor import Actor
from tenancy.services.reading import Sight, sees


@sees("paper")
def of_paper(actor: Actor, number: int) -> Sight:
    paper = WorkingPaper.objects.filter(tenant_id=actor.tenant_id, pk=number).first()
    return Sight(paper, people={actor.tenant_id: None if paper is None else paper.people_count})


@sees("report")
def of_report(actor: Actor, number: int) -> Sight:
    report = InspectionReport.objects.filter(tenant_id=actor.tenant_id, pk=number).first()
    return Sight(report, people={actor.tenant_id: None})
