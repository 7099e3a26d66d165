"""Imports as their pages show them: how far, what would change, and what is wrong where."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, Value, When

from kernel.text import Text
from scheduling.access.imports import IMPORT_PERMISSION, access_import, imports_visible_to
from scheduling.domain.roster_words import field_title, in_words
from scheduling.mapping.filing import faulty_path_of
from scheduling.models.imports import Import, ImportRow
from tenancy.access import access_job
from tenancy.actor import Actor
from tenancy.paging import Part, Window, part_of
from tenancy.queue import Job

ROWS_A_PAGE = 50
REVIEWS_A_PAGE = 500  # their ticks are sent together, so they stand on one page
RECENT = 20

# Tabs in the order of the page. What needs a person comes before what does not.
TABS = ("error", "review", "add", "change", "same")

# Before that there is nothing to show, or nothing any more.
SHOWN_STATES = (Import.State.DRY_RUN, Import.State.APPLYING, Import.State.APPLIED)
_MAIN_FIRST = Case(
    When(sheet__in=("people", "units"), then=Value(0)),
    default=Value(1),
    output_field=IntegerField(),
)

Said = dict[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    title: Text
    before: Text
    after: Text


@dataclass(frozen=True, slots=True)
class RowLine:
    row: ImportRow
    faults: list[Said]  # {column, cell, zh, en}
    remarks: list[Said]
    changes: list[Change]
    facts: list[tuple[Text, Text]]  # of a row to be added


@dataclass(frozen=True, slots=True)
class ImportPage:
    upload: Import
    progress: dict[str, Any]
    stopped_by: tuple[Text, Text] | None  # the job failed: what happened, what to do
    refusal: tuple[Text, Text] | None  # the file was refused
    remarks: list[Text]
    tab: str
    counts: dict[str, int]
    has_faulty: bool
    rows: Page[ImportRow] | None = None
    lines: list[RowLine] = field(default_factory=list)

    @property
    def is_at_work(self) -> bool:
        return self.upload.is_at_work and self.stopped_by is None

    @property
    def may_apply(self) -> bool:
        news = sum(self.counts.get(state, 0) for state in ("add", "change", "review"))
        return self.upload.state == Import.State.DRY_RUN and news > 0


@dataclass(frozen=True, slots=True)
class ImportList:
    kinds: list[str]
    recent: list[Import]


def import_list(actor: Actor) -> ImportList:
    """What this actor may import, and the latest imports."""
    kinds = [kind for kind, permission in IMPORT_PERMISSION.items() if actor.may(permission)]
    return ImportList(kinds, list(imports_visible_to(actor).order_by("-pk")[:RECENT]))


def imports_part(actor: Actor, window: Window) -> Part[Import]:
    """Every import of the kinds that this actor may make, newest first."""
    return part_of(imports_visible_to(actor), window, "-pk")


def import_rows_part(actor: Actor, number: int, window: Window, *, state: str) -> Part[RowLine]:
    """The rows of one state, a part at a time; none before the dry run was made."""
    upload = access_import(actor, number)
    rows = ImportRow.objects.filter(tenant_id=upload.tenant_id, upload=upload, state=state)
    if upload.state not in SHOWN_STATES:
        rows = rows.none()
    part = part_of(rows.annotate(rank=_MAIN_FIRST), window, "rank", "sheet", "row_no")
    return part.showing([_line(row) for row in part.lines])


def import_page(actor: Actor, number: int, *, tab: str = "", page: str | int = 1) -> ImportPage:
    upload = access_import(actor, number)
    job = access_job(actor, upload.job_number) if upload.job_number else None
    counts = dict(upload.counts)
    tab = tab if tab in TABS else next((name for name in TABS if counts.get(name)), "add")
    shown = ImportPage(
        upload=upload,
        progress=job.progress if job is not None else {},
        stopped_by=_stopped_by(upload, job),
        refusal=_refusal(upload),
        remarks=[Text(zh=remark["zh"], en=remark["en"]) for remark in upload.remarks],
        tab=tab,
        counts=counts,
        has_faulty=faulty_path_of(upload).exists(),
    )
    if upload.state not in SHOWN_STATES:
        return shown
    size = REVIEWS_A_PAGE if tab == "review" else ROWS_A_PAGE
    rows = Paginator(_rows_of(upload, tab), size).get_page(page)
    lines = [_line(row) for row in rows.object_list]
    return ImportPage(
        shown.upload, shown.progress, shown.stopped_by, shown.refusal, shown.remarks,
        tab, counts, shown.has_faulty, rows, lines,
    )  # fmt: skip


def _rows_of(upload: Import, tab: str) -> Any:
    """The main sheet first, each sheet from top to bottom."""
    rows = ImportRow.objects.filter(tenant_id=upload.tenant_id, upload=upload, state=tab)
    return rows.order_by(_MAIN_FIRST, "sheet", "row_no")


def _line(row: ImportRow) -> RowLine:
    facts = row.facts or {}
    hidden = {"id_number_digest", "fact_hash", "name_key", "initials", "shape_key"}
    return RowLine(
        row=row,
        faults=[*row.errors, *row.objections],
        remarks=row.remarks,
        changes=[
            Change(field_title(name), in_words(name, before), in_words(name, after))
            for name, (before, after) in row.diff.items()
        ],
        facts=[
            (field_title(name), in_words(name, value))
            for name, value in facts.items()
            if name not in hidden and value not in ("", [], {}, None, False)
        ]
        if row.state in (ImportRow.State.ADD, ImportRow.State.REVIEW)
        else [],
    )


def _refusal(upload: Import) -> tuple[Text, Text] | None:
    if upload.refusal is None:
        return None
    (zh, remedy_zh), (en, remedy_en) = upload.refusal["zh"], upload.refusal["en"]
    return Text(zh=zh, en=en), Text(zh=remedy_zh, en=remedy_en)


def _stopped_by(upload: Import, job: Job | None) -> tuple[Text, Text] | None:
    is_open = upload.state not in (Import.State.APPLIED, Import.State.REFUSED, Import.State.DRY_RUN)
    if not is_open or job is None or job.state != Job.State.FAILED or job.error is None:
        return None
    message, remedy = job.error["message"], job.error["remedy"]
    return Text(zh=message["zh"], en=message["en"]), Text(zh=remedy["zh"], en=remedy["en"])
