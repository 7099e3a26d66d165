"""Whose people are seen in a round and in what belongs to it.

Of a plan, of a run, of the desk the whole round's are: an office that could tell from the record
which of its people sit in a plan would know the plan before it is in force.
"""

from __future__ import annotations

from django.db.models import Count

from scheduling.models.dispatches import ConfirmationRequest, PublishedExtract
from scheduling.models.emergencies import EmergencyAccess
from scheduling.models.imports import Import
from scheduling.models.plans import Plan
from scheduling.models.publications import Publication
from scheduling.models.releases import Release, ReleaseCall, ReleasedPerson
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import SolveRun
from tenancy.actor import Actor
from tenancy.services.reading import Sight, sees


@sees("round")
def of_round(actor: Actor, number: int) -> Sight:
    return Sight(InspectionRound(pk=number), number, people_of_round(actor, number))


@sees("plan")
def of_plan(actor: Actor, number: int) -> Sight:
    return _within_round(actor, Plan.objects.get(tenant_id=actor.tenant_id, pk=number))


@sees("run")
def of_run(actor: Actor, number: int) -> Sight:
    return _within_round(actor, SolveRun.objects.get(tenant_id=actor.tenant_id, pk=number))


@sees("publication")
def of_publication(actor: Actor, number: int) -> Sight:
    return _within_round(actor, Publication.objects.get(tenant_id=actor.tenant_id, pk=number))


@sees("call")
def of_call(actor: Actor, number: int) -> Sight:
    return Sight(ReleaseCall(pk=number), people={actor.tenant_id: None})


@sees("import")
def of_import(actor: Actor, number: int) -> Sight:
    return Sight(Import(pk=number), people={actor.tenant_id: None})


@sees("request")
def of_request(actor: Actor, number: int) -> Sight:
    request = ConfirmationRequest.objects.get(pk=number)
    return Sight(request, request.round_id, {request.tenant_id: len(request.people)})


@sees("extract")
def of_extract(actor: Actor, number: int) -> Sight:
    """Own people who go out. Whose the people are who come, the extract does not say."""
    extract = PublishedExtract.objects.get(pk=number)
    return Sight(extract, extract.round_id, {extract.tenant_id: len(extract.document["going_out"])})


@sees("emergency")
def of_emergency(actor: Actor, number: int) -> Sight:
    """A page that lists the county's released people by name, with what was opened of whom."""
    access = EmergencyAccess.objects.filter(pk=number).first()
    if access is None:
        return Sight(EmergencyAccess(pk=number))
    return Sight(access, access.round_id, {access.tenant_id: None})


def people_of_round(actor: Actor, number: int) -> dict[int, int | None]:
    """How many people each office has released to it at present."""
    standing = Release.objects.filter(tenant_id=actor.tenant_id, round_id=number).standing()
    people = ReleasedPerson.objects.filter(tenant_id=actor.tenant_id, release__in=standing)
    counted = people.values_list("sender_id").annotate(Count("pk")).order_by("sender_id")
    return dict(counted)


def _within_round(actor: Actor, obj: Plan | SolveRun | Publication) -> Sight:
    return Sight(obj, obj.round_id, people_of_round(actor, obj.round_id))
