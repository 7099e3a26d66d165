"""The unmasked question on its way out: asked for with a purpose, made by the worker, taken once.

Only the recusal officer comes this far, and the database asks again when the document is taken:
the web's role cannot select it (docs/decisions/0005-the-unmasked-question.md).
"""

from __future__ import annotations

from hashlib import sha256

from django.db import connection, transaction

from kernel.clock import now
from scheduling.access.rounds import access_round
from scheduling.access.sealed import access_sealed_export
from scheduling.errors import ReasonMissing, RoundNotReady, SealedExportGone
from scheduling.mapping.problems import question_of
from scheduling.models.sealed import SealedContent, SealedExport
from scheduling.selectors.readiness import gaps_of
from scheduling.selectors.sights import people_of_round
from scheduling.services.exchange import Document
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.errors import NotSignedIn
from tenancy.queue import enqueue
from tenancy.services.reading import Sight, record_reading

SEAL = "scheduling.seal_export"


@transaction.atomic
def request_unmasked(*, actor: Actor, number: int, reason: str) -> SealedExport:
    """Ask for a round's question with all its facts. The purpose goes on record."""
    round_ = access_round(actor, number, Permission.EXPORT_UNMASKED)
    if not reason.strip():
        raise ReasonMissing
    gaps = gaps_of(round_)
    if gaps:
        raise RoundNotReady(name=round_.name, gaps=gaps)
    if actor.user_id is None:
        raise NotSignedIn
    export = SealedExport.objects.create(
        tenant_id=actor.tenant_id,
        round=round_,
        reason=reason.strip(),
        requested_by_id=actor.user_id,
        requested_by=actor.name,
        requested_at=now(),
    )
    export.job = enqueue(actor, SEAL, export_number=export.pk)
    export.save(update_fields=["job"])
    audit.record(
        actor,
        "scheduling.sealed_export.requested",
        export,
        round=round_.pk,
        reason=export.reason,
    )
    return export


def seal(*, actor: Actor, number: int) -> None:
    """By the worker, within one transaction. A second delivery finds it made."""
    export = SealedExport.objects.select_for_update(no_key=True).get(
        tenant_id=actor.tenant_id, pk=number
    )
    if export.made_at is not None:
        return
    document = question_of(export.round).document
    SealedContent.objects.create(tenant_id=export.tenant_id, export=export, content=document)
    export.sha256 = sha256(document.encode()).hexdigest()
    export.made_at = now()
    export.save(update_fields=["sha256", "made_at"])
    audit.record(actor, "scheduling.sealed_export.made", export, sha256=export.sha256)


@transaction.atomic
def take_unmasked(*, actor: Actor, number: int) -> Document:
    """Hand the document out, once. The record of it stands in the same transaction."""
    export = access_sealed_export(actor, number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.take_sealed_export(%s)", [export.pk])
        (content,) = cursor.fetchone()
    if content is None:
        raise SealedExportGone
    people = people_of_round(actor, export.round_id)
    record_reading(
        actor,
        "scheduling.sealed_export.taken",
        Sight(export, export.round_id, people),
        rule="sealed_export.ask",
        sha256=export.sha256,
    )
    return Document(f"round-{export.round_id}-unmasked.problem.json", content.encode())


def forget_untaken() -> None:
    """Remove what nobody took in its quarter of an hour, in all offices. By the worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sec.forget_sealed_exports()")
