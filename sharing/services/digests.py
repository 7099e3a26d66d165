"""The city's director has the next digest made, and publishes it."""

from __future__ import annotations

from django.db import transaction

from kernel.clock import today
from sharing.access.digests import (
    access_digest,
    calendar_of,
    digests_visible_to,
    published_periods,
)
from sharing.domain.digest.periods import Period
from sharing.domain.digest.publications import MINIMUM
from sharing.errors.digests import (
    DigestMadeMeanwhile,
    DigestNotDue,
    DigestNotReady,
    DigestNotSetUp,
)
from sharing.models.digests import Digest, DigestCopy
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_by
from tenancy.domain.roles import Permission
from tenancy.queue import Job, enqueue, request_cancel

MAKE = "sharing.make_digest"


@transaction.atomic
def make_next_digest(*, actor: Actor) -> Digest:
    """Have the first digest that is not published yet made. Asked twice, it is made once.

    `DigestNotSetUp`, `DigestNotDue`, `DigestMadeMeanwhile`.
    """
    actor.must(Permission.PUBLISH_DIGEST)
    period = next_period(actor)
    digest = _begun(actor, period)
    if digest is None:
        with refused_by("digest_once_a_period", DigestMadeMeanwhile()):
            digest = Digest(tenant_id=actor.tenant_id, begins_on=period.begins_on)
            digest.period = period.name
            digest.until_on, digest.appears_on = period.until, period.published_on
            digest.minimum = MINIMUM  # the rule's, which the database takes
            digest.save(force_insert=True)
    elif digest.state == Digest.State.READY or (
        digest.state == Digest.State.MAKING and digest.job is not None and not digest.job.is_over
    ):
        return digest
    digest.state = Digest.State.MAKING
    digest.job = enqueue(actor, MAKE, queue=Job.Queue.SOLVING, digest_number=digest.pk)
    digest.save(update_fields=["state", "job"])
    audit.record(actor, "sharing.digest.begun", digest, period=digest.period)
    return digest


@transaction.atomic
def stop_digest(*, actor: Actor, number: int) -> Digest:
    """Stop making it. Nothing was told to anybody; it can be made again."""
    digest = access_digest(actor, number)
    if digest.state != Digest.State.MAKING or digest.job is None or digest.job.is_over:
        return digest
    if request_cancel(actor, digest.job.pk).is_over:
        digest.state = Digest.State.REFUSED
        digest.save(update_fields=["state"])
    audit.record(actor, "sharing.digest.stopped", digest, period=digest.period)
    return digest


@transaction.atomic
def publish_digest(*, actor: Actor, number: int) -> DigestCopy:
    """Give it to the city's office and to its counties, as it was made. It stands from then on.

    `DigestNotReady`, `DigestNotDue`.
    """
    digest = access_digest(actor, number)
    if digest.state != Digest.State.READY:
        raise DigestNotReady
    digest.state = Digest.State.PUBLISHED
    digest.save(update_fields=["state"])
    copies = DigestCopy.objects.filter(sender_id=actor.tenant_id, period=digest.period)
    copy: DigestCopy = copies.get(tenant_id=actor.tenant_id)
    audit.record(
        actor, "sharing.digest.published", digest, period=digest.period, sha256=copy.sha256,
        offices=copies.count(),
    )  # fmt: skip
    return copy


def next_period(actor: Actor) -> Period:
    """Whose digest is made next, once it is due."""
    calendar = calendar_of(actor)
    if calendar is None:
        raise DigestNotSetUp
    frozen = published_periods(actor)
    period = calendar.next_after(frozen)
    if calendar.refusal(period, frozen, today()) is not None:
        raise DigestNotDue(period=period.title, day=period.published_on)
    return period


def _begun(actor: Actor, period: Period) -> Digest | None:
    rows = digests_visible_to(actor).select_for_update(of=("self",)).select_related("job")
    return rows.filter(period=period.name).first()
