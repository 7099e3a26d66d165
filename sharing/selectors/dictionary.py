"""The classes of findings as their page and programs see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.text import Text
from sharing.access.dictionary import categories_visible_to, newest_edition_for, newest_own_edition
from sharing.domain.dictionary import (
    DISCIPLINES,
    FRAME_TITLES,
    SEVERITIES,
    Adoption,
    Frame,
    adoption_of,
)
from sharing.mapping.dictionary import as_json, entries_of
from sharing.models.dictionary import FindingCategory
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class HeadingLine:
    heading: FindingCategory
    classes: Sequence[FindingCategory]


@dataclass(frozen=True, slots=True)
class FrameLines:
    frame: Frame
    title: Text
    headings: Sequence[HeadingLine]


@dataclass(frozen=True, slots=True)
class Pending:
    """The city's newest edition, and what taking it over would change here."""

    number: int
    issued_at: datetime
    remark: str
    adoption: Adoption


@dataclass(frozen=True, slots=True)
class CategoriesPage:
    """`pending`: an edition that is not in use here yet. `issued`: the number of the last own edition;
    `has_news`: the set has changed since."""

    frames: Sequence[FrameLines]
    is_empty: bool
    uses_the_citys: bool
    pending: Pending | None
    issued: int
    has_news: bool
    may_keep: bool
    may_issue: bool

    @property
    def headings_in_use(self) -> list[HeadingLine]:
        """Under which a class may be added."""
        return [
            line
            for frame in self.frames
            for line in frame.headings
            if line.heading.retired_on is None
        ]


@dataclass(frozen=True, slots=True)
class Tags:
    """What a finding is tagged with beside its class: the same in every office."""

    disciplines: Sequence[Text]
    severities: Sequence[Text]


def categories_page(actor: Actor) -> CategoriesPage:
    actor.must(Permission.VIEW_CATEGORIES)
    rows = list(categories_visible_to(actor).order_by("position", "code"))
    may_issue = actor.may(Permission.ISSUE_DICTIONARIES)
    issued = newest_own_edition(actor) if may_issue else None
    news = may_issue and bool(rows)
    if news and issued is not None:
        news = issued.entries != as_json(entries_of(rows))
    return CategoriesPage(
        frames=[_frame(frame, rows) for frame in Frame],
        is_empty=not rows,
        uses_the_citys=any(row.is_citys for row in rows),
        pending=_pending(actor, rows),
        issued=issued.number if issued else 0,
        has_news=news,
        may_keep=actor.may(Permission.KEEP_CATEGORIES),
        may_issue=may_issue,
    )


def categories_part(actor: Actor, window: Window, *, in_use: bool = False) -> Part[FindingCategory]:
    """All classes by their codes, a part at a time."""
    actor.must(Permission.VIEW_CATEGORIES)
    rows = categories_visible_to(actor).select_related("parent")
    return part_of(rows.in_use() if in_use else rows, window, "code")


def tags() -> Tags:
    return Tags(list(DISCIPLINES.values()), list(SEVERITIES.values()))


def _frame(frame: Frame, rows: Sequence[FindingCategory]) -> FrameLines:
    headings = [row for row in rows if row.is_heading and row.frame == frame]
    return FrameLines(
        frame=frame,
        title=FRAME_TITLES[frame],
        headings=[
            HeadingLine(heading, [row for row in rows if row.parent_id == heading.pk])
            for heading in headings
        ],
    )


def _pending(actor: Actor, rows: Sequence[FindingCategory]) -> Pending | None:
    edition = newest_edition_for(actor)
    if edition is None:
        return None
    told = edition.told()
    adoption = adoption_of(told, entries_of(rows))
    own = {row.code for row in rows if not row.is_citys}
    if adoption.changes_nothing and not any(one.code in own for one in told):
        return None
    return Pending(edition.number, edition.issued_at, edition.remark, adoption)
