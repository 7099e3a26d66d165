"""Taking an office's own part of a published plan away as a workbook."""

from __future__ import annotations

import re

from django.db import transaction

from kernel.text import Language, Text
from scheduling.access.publications import access_extract_to_take
from scheduling.domain.vocabulary import TEAM_ROLES, said
from scheduling.models.dispatches import PublishedExtract
from scheduling.selectors.dispatch import ComingLine, GoingLine, lines_of
from scheduling.selectors.sights import of_extract
from scheduling.services.exporting import ExportedPlan
from scheduling.workbooks.extract import ComingRow, ExtractSheets, GoingRow, extract_workbook
from tenancy.actor import Actor
from tenancy.services.reading import record_reading

KINDS = {
    PublishedExtract.Kind.PUBLISHED: Text(zh="已公布", en="published"),
    PublishedExtract.Kind.CORRECTED: Text(zh="已更正", en="corrected"),
    PublishedExtract.Kind.WITHDRAWN: Text(zh="已撤销", en="withdrawn"),
}


@transaction.atomic
def export_extract(*, actor: Actor, number: int, language: Language) -> ExportedPlan:
    """By the office whose part it is, or by the one that sent it; leaves an audit line."""
    extract = access_extract_to_take(actor, number)
    going, coming = lines_of(extract)
    kind = KINDS[PublishedExtract.Kind(extract.kind)]
    note = Text(
        zh="{office}，公布第 {number} 版（{kind}），SHA-256 {hash}",
        en="{office}, published version {number} ({kind}), SHA-256 {hash}",
    ).format(
        office=extract.tenant.short_name, number=extract.number, kind=kind, hash=extract.sha256
    )
    sheets = ExtractSheets(
        title=extract.round_name,
        note=note[language],
        going=[row for line in going for row in _going(line, language)],
        coming=[row for line in coming for row in _coming(line, language)],
    )
    content = extract_workbook(sheets, language)
    sight = of_extract(actor, extract.pk)
    rule = "extract.read" if extract.tenant_id == actor.tenant_id else "plan.export"
    record_reading(actor, "scheduling.extract.exported", sight, rule=rule, version=extract.number)
    name = re.sub(r'[\\/:*?"<>|\s]+', "_", f"{extract.round_name}-{extract.tenant.short_name}")
    return ExportedPlan(f"{name}.xlsx", content)


def _going(line: GoingLine, language: Language) -> list[GoingRow]:
    joint = Text(zh="、", en=", ")[language]
    return [
        GoingRow(
            name=line.name,
            role=said(TEAM_ROLES, line.role)[language],
            duties=joint.join(duty[language] for duty in line.duties),
            team=line.team,
            leader=line.leader,
            county=stay.county,
            unit=stay.unit,
            first=stay.first,
            last=stay.last,
        )
        for stay in line.stays
    ]


def _coming(line: ComingLine, language: Language) -> list[ComingRow]:
    return [
        ComingRow(
            team=line.team,
            role=said(TEAM_ROLES, guest.role)[language],
            name=guest.name,
            post=guest.post,
            unit=stay.unit,
            first=stay.first,
            last=stay.last,
        )
        for stay in line.stays
        for guest in line.people
    ]
