"""Ledgers of the years before, and their imports, as pages and programs see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from kernel.text import Text
from sharing.access.ledgers import (
    access_past_problem,
    access_problem_import,
    past_problems_visible_to,
    problem_imports_of,
)
from sharing.access.rectification import items_of_office
from sharing.domain.dictionary import SEVERITIES, Severity
from sharing.domain.ledgers import FATES, PAST_STATES, TAKEN, Fate, PastState
from sharing.models.ledgers import LedgerImport, PastProblem, StagedLine
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

RECENT = 10
MOST_TERMS = 5
TONES = {PastState.DONE: "good", PastState.BASICALLY: "warn", PastState.OPEN: "bad"}


@dataclass(frozen=True, slots=True)
class StagedShown:
    """A row of the dry run: what would become of it, what is wrong or worth a look."""

    row: StagedLine
    fate: Text
    faults: Sequence[tuple[dict[str, Any], Text]]
    remarks: Sequence[tuple[dict[str, Any], Text]]


@dataclass(frozen=True, slots=True)
class LedgerImportPage:
    """`rows_read`, `counts`: of all rows, and by their fate, none left out; to whoever sees not each of
    them, nothing (`is_whole`). `first`: the fate that wants a look first."""

    upload: LedgerImport
    is_whole: bool
    rows_read: int | None
    counts: Sequence[tuple[Fate, Text, int]]
    remarks: Sequence[Text]
    first: Fate
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class RecentImport:
    """`rows`: how many were read; None to whoever does not see each of them."""

    upload: LedgerImport
    rows: int | None


@dataclass(frozen=True, slots=True)
class PastSieve:
    search: str = ""
    unit: str = ""
    round_name: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class PastProblemLine:
    past: PastProblem
    state: Text
    tone: str


@dataclass(frozen=True, slots=True)
class PastProblemPage:
    """`item`: the number of the item as which it went on. `file_name`: of the import, None where the
    reader does not see imports."""

    line: PastProblemLine
    severity: Text | None
    yuan: str
    item: int | None
    file_name: str | None

    @property
    def past(self) -> PastProblem:
        return self.line.past


def past_problems_part(
    actor: Actor, window: Window, sieve: PastSieve = PastSieve()
) -> Part[PastProblemLine]:
    """The newest first. Words are looked for in the office's own lines, part by part."""
    actor.must(Permission.VIEW_RECTIFICATION)
    rows: QuerySet[PastProblem] = past_problems_visible_to(actor)
    if sieve.state in PAST_STATES:
        rows = rows.filter(state=sieve.state)
    if sieve.unit:
        rows = rows.filter(unit_name=sieve.unit)
    if sieve.round_name:
        rows = rows.filter(round_name=sieve.round_name)
    for term in sieve.search[:100].split()[:MOST_TERMS]:
        rows = rows.filter(
            Q(issue__contains=term)
            | Q(category__contains=term)
            | Q(unit_name__contains=term)
            | Q(measures__contains=term)
        )
    part = part_of(rows, window, "-pk")
    return part.showing([_line(one) for one in part.lines])


def past_problem_page(actor: Actor, number: int) -> PastProblemPage:
    past = access_past_problem(actor, number)
    items = items_of_office(actor).filter(source_life="past_problem", source_number=past.pk)
    imports = problem_imports_of(actor).filter(pk=past.upload_id)
    return PastProblemPage(
        line=_line(past),
        severity=SEVERITIES[Severity(past.severity)] if past.severity else None,
        yuan="" if past.cents is None else f"{past.cents / 100:,.2f}",
        item=items.values_list("pk", flat=True).first(),
        file_name=imports.values_list("file_name", flat=True).first(),
    )


def recent_problem_imports(actor: Actor) -> Sequence[RecentImport]:
    actor.must(Permission.CLOSE_RECTIFICATION)
    found = problem_imports_of(actor).order_by("-uploaded_at", "-pk")[:RECENT]
    return [RecentImport(one, one.rows_read) for one in found]


def problem_import_page(actor: Actor, number: int) -> LedgerImportPage:
    return import_page_of(access_problem_import(actor, number))


def problem_rows_part(
    actor: Actor, number: int, window: Window, fate: str = ""
) -> Part[StagedShown]:
    """Rows of an import that waits, in the order of the file; of one that is over, none."""
    upload = access_problem_import(actor, number)
    rows = upload.rows.filter(tenant_id=actor.tenant_id)
    return rows_part_of(rows, window, fate)


def import_page_of(upload: LedgerImport, *, is_whole: bool = True) -> LedgerImportPage:
    if not is_whole:
        return LedgerImportPage(upload, False, None, (), (), Fate.HISTORY, may_confirm=False)
    counts = [(fate, FATES[fate], upload.counts.get(fate, 0)) for fate in Fate]
    faulty, taken = (
        upload.counts.get(Fate.FAULTY, 0),
        sum(upload.counts.get(one, 0) for one in TAKEN),
    )
    return LedgerImportPage(
        upload=upload,
        is_whole=True,
        rows_read=upload.rows_read,
        counts=counts,
        remarks=[Text(zh=one["zh"], en=one["en"]) for one in upload.remarks],
        first=next((fate for fate, _, count in counts if count), Fate.HISTORY),
        may_confirm=upload.state == LedgerImport.State.DRY_RUN and not faulty and taken > 0,
    )


def rows_part_of(rows: Any, window: Window, fate: str) -> Part[StagedShown]:
    if fate in FATES:
        rows = rows.filter(fate=fate)
    part = part_of(rows, window, "row_no")
    return part.showing([_staged(one) for one in part.lines])


def _staged(row: StagedLine) -> StagedShown:
    return StagedShown(
        row=row,
        fate=FATES[Fate(row.fate)],
        faults=[(one, Text(zh=one["zh"], en=one["en"])) for one in row.faults],
        remarks=[(one, Text(zh=one["zh"], en=one["en"])) for one in row.remarks],
    )


def _line(past: PastProblem) -> PastProblemLine:
    state = PastState(past.state)
    return PastProblemLine(past, PAST_STATES[state], TONES[state])
