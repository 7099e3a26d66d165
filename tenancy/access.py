"""The ways to this house's rows: own office only, one refusal for "not yours" and "not there"."""

from __future__ import annotations

from django.db.models import QuerySet

from kernel.errors import NotVisible
from tenancy.actor import Actor
from tenancy.models import ApiToken, Job, Office


def jobs_visible_to(actor: Actor) -> QuerySet[Job]:
    return Job.objects.filter(tenant_id=actor.tenant_id)


def access_job(actor: Actor, number: int) -> Job:
    row = jobs_visible_to(actor).filter(pk=number).first()
    if row is None:
        raise NotVisible(what="job", number=number)
    return row


def access_own_job(actor: Actor, number: int) -> Job:
    """A job that this person asked for. Those of colleagues are read where their work is."""
    row = jobs_visible_to(actor).filter(pk=number, created_by=actor.person_id).first()
    if row is None:
        raise NotVisible(what="job", number=number)
    return row


def own_tokens(actor: Actor) -> QuerySet[ApiToken]:
    """The tokens of this person in this office, newest first. Nobody sees a colleague's."""
    own = ApiToken.objects.filter(tenant_id=actor.tenant_id, user=actor.person_id)
    return own.order_by("-pk")


def access_own_token(actor: Actor, number: int) -> ApiToken:
    token = own_tokens(actor).filter(pk=number).first()
    if token is None:
        raise NotVisible(what="token", number=number)
    return token


def related_offices(actor: Actor) -> QuerySet[Office]:
    """Whom the actor's office may hand rows to: itself, its parent, its children."""
    own = Office.objects.filter(pk=actor.tenant_id)
    return (
        own
        | Office.objects.filter(pk__in=own.values("parent_id"))
        | Office.objects.filter(parent_id=actor.tenant_id)
    )


def child_offices(actor: Actor) -> QuerySet[Office]:
    """The counties of a city, in the order of their names."""
    return Office.objects.filter(parent_id=actor.tenant_id).order_by("name_key")


def office_names() -> list[tuple[int, str]]:
    """Every office's number and short name, in the order of the names."""
    return list(Office.objects.order_by("name_key").values_list("pk", "short_name"))
