"""Whether what was published is still what it was: from the stored bytes, without a solver.

Reads every office's publications, and so runs as the owner alone (manage.py verify_publications).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from scheduling.domain.document import teams_as_json
from scheduling.domain.extracts import extract_of
from scheduling.mapping.publications import hash_of, sheet_of, written
from scheduling.mapping.schedules import schedule_of
from scheduling.models.dispatches import PublishedExtract
from scheduling.models.publications import Publication


@dataclass(frozen=True, slots=True)
class PublicationCheck:
    """`faults`: what is not as it was published; empty when everything is."""

    office: str
    round: str
    number: int
    plan_sha256: str
    faults: tuple[str, ...]


def checked_publications() -> Iterator[PublicationCheck]:
    rows = Publication.objects.select_related("tenant", "round", "plan__question")
    for made in rows.order_by("tenant_id", "round_id", "number").iterator(chunk_size=50):
        yield PublicationCheck(
            office=made.tenant.short_name,
            round=made.round.name,
            number=made.number,
            plan_sha256=made.plan_sha256,
            faults=tuple(_faults(made)),
        )


def _faults(made: Publication) -> Iterator[str]:
    if hash_of(made.document) != made.plan_sha256:
        yield "the document does not have the hash that was published"
    try:
        document = json.loads(made.document)
    except ValueError:
        yield "the document is no JSON"
        return
    if document.get("teams") != teams_as_json(schedule_of(made.plan).teams):
        yield "the plan's rows are not what the document says"
    question = made.plan.question
    if question is None or {
        document.get("problem_sha256"),
        made.input_sha256,
        question.sha256,
    } != {made.input_sha256}:
        yield "the document answers another question than was published"
    elif (made.rules_sha256, made.engine) != (question.rules_sha256, question.engine):
        yield "the rules or the engine are not those of its question"
    yield from _extract_faults(made)


def _extract_faults(made: Publication) -> Iterator[str]:
    sent = PublishedExtract.objects.filter(
        sender_id=made.tenant_id, round_id=made.round_id, number=made.number
    )
    sheet = sheet_of(made.plan)
    for extract in sent.select_related("tenant").order_by("pk"):
        if hash_of(written(extract.document)) != extract.sha256:
            yield f"the extract for {extract.tenant.short_name} was changed"
        is_in_force = extract.kind != PublishedExtract.Kind.WITHDRAWN
        if is_in_force and extract.document != extract_of(sheet, extract.tenant.code):
            yield f"the extract for {extract.tenant.short_name} is not what the plan's rows say"
