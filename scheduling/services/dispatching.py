"""What a publication tells each office: its own rows of the plan, and a notice where it has any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kernel.clock import now
from scheduling.domain.extracts import NOTHING, changes_between, extract_of
from scheduling.mapping.publications import hash_of, sheet_of, written
from scheduling.models.dispatches import PublishedExtract
from scheduling.models.plans import Plan
from scheduling.models.publications import Publication
from scheduling.models.releases import ReleaseCall
from scheduling.services.notices import tell
from tenancy.actor import Actor
from tenancy.models import Office

Extracts = Mapping[int, Mapping[str, Sequence[Any]]]  # by office


def extracts_of(plan: Plan) -> Extracts:
    """For every office that the plan concerns, and every one that was called on: it learns at
    least that the plan is there and nothing of it is its own."""
    sheet = sheet_of(plan)
    called = ReleaseCall.objects.filter(sender_id=plan.tenant_id, round_id=plan.round_id)
    offices = {
        *Office.objects.filter(code__in=sheet.offices).values_list("pk", "code"),
        *called.values_list("tenant_id", "tenant__code"),
    }
    return {pk: extract_of(sheet, code) for pk, code in sorted(offices)}


def _last_extracts(actor: Actor, made: Publication) -> Mapping[int, PublishedExtract]:
    sent = PublishedExtract.objects.sent_by(actor).filter(round_id=made.round_id)
    newest = sent.order_by("tenant_id", "-pk").distinct("tenant_id")
    return {extract.tenant_id: extract for extract in newest}


def hand_out(
    actor: Actor, made: Publication, kind: PublishedExtract.Kind, extracts: Extracts
) -> None:
    """One extract an office, an empty one where nothing is its own any more.

    A notice where it is news to the office: a correction that leaves its rows alone is none.
    """
    before = _last_extracts(actor, made)
    for office, extract in {**dict.fromkeys(before, NOTHING), **extracts}.items():
        sent = _hand(actor, made, kind, office, extract)
        last = before[office].document if office in before else NOTHING
        is_news = kind != PublishedExtract.Kind.CORRECTED or not (
            changes_between(last, extract).is_empty
        )
        if is_news and (office != actor.tenant_id or extract["going_out"] or last["going_out"]):
            tell(
                actor=actor,
                office=office,
                kind=f"extract_{kind.value}",
                number=sent.pk,
                round=made.round.name,
                edition=made.number,
            )


def _hand(
    actor: Actor,
    made: Publication,
    kind: PublishedExtract.Kind,
    office: int,
    extract: Mapping[str, Sequence[Any]],
) -> PublishedExtract:
    document = {part: list(rows) for part, rows in extract.items()}
    round_ = made.round
    return PublishedExtract.objects.create(
        tenant_id=office,
        sender_id=actor.tenant_id,
        round_id=round_.pk,
        round_name=round_.name,
        starts_on=round_.starts_on,
        ends_on=round_.ends_on,
        number=made.number,
        kind=kind,
        document=document,
        sha256=hash_of(written(document)),
        sent_at=now(),
    )
