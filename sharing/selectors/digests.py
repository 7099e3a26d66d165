"""Digests as pages and programs see them: the list, one period, how far the next one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from kernel.clock import today
from kernel.text import Text
from sharing.access.digests import (
    access_copy,
    calendar_of,
    copies_visible_to,
    digests_visible_to,
    published_periods,
    rules_visible_to,
)
from sharing.domain.digest.declared import CITY_ITSELF, CLOSED
from sharing.domain.digest.figures import CommonProblem, common_problems, rate
from sharing.domain.digest.grids import Grid, grid_of
from sharing.domain.digest.periods import Length, Period
from sharing.domain.digest.publications import Mark, Publication
from sharing.domain.digest.tables import TOTAL, Table
from sharing.mapping.digests import day, publication_of, read, text_of
from sharing.models.digests import Digest, DigestCopy, DigestRule
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

IN_COMMON = 3  # counties, from which on a problem is a common one
MOST_COMMON = 10


@dataclass(frozen=True, slots=True)
class DigestLine:
    """`title`: of its period."""

    number: int
    title: Text
    copy: DigestCopy


@dataclass(frozen=True, slots=True)
class Next:
    title: Text
    appears_on: date
    is_due: bool


@dataclass(frozen=True, slots=True)
class DigestList:
    """`next`: what appears next, where it is known. `desk`: for whoever has digests made."""

    lines: Sequence[DigestLine]
    next: Next | None
    desk: DigestDesk | None


@dataclass(frozen=True, slots=True)
class DigestDesk:
    """`digest`: the one that is being made, waits or was refused."""

    rules: Sequence[DigestRule]
    digest: Digest | None
    is_set_up: bool
    may_correct: bool

    @property
    def minimum(self) -> int | None:
        return self.rules[0].minimum if self.rules else None


@dataclass(frozen=True, slots=True)
class Share:
    """One county's rate of rectification. None: a count that it needs is not told."""

    county: Text
    rate: Fraction | None


@dataclass(frozen=True, slots=True)
class Common:
    """A problem of several counties."""

    title: Text
    counties: Sequence[Text]
    findings: int | None


@dataclass(frozen=True, slots=True)
class DigestPage:
    """`settled`: of which earlier period it says what became."""

    copy: DigestCopy
    title: Text
    city: str
    minimum: int
    next: Next
    grids: Mapping[str, Grid]
    settled: Sequence[Settled]
    common: Sequence[Common]
    withheld: int
    unbroken: int


@dataclass(frozen=True, slots=True)
class Settled:
    cohort: str
    title: Text
    rectification: Grid
    ages: Grid
    outcomes: Grid
    codes: Sequence[Grid]
    shares: Sequence[Share]
    closed: Fraction | None


def digest_list(actor: Actor) -> DigestList:
    actor.must(Permission.VIEW_DIGEST)
    rows = list(copies_visible_to(actor).order_by("-begins_on")[:60])
    lines = [DigestLine(one.pk, text_of(read(one.document)["title"]), one) for one in rows]
    desk = _desk(actor) if actor.may(Permission.PUBLISH_DIGEST) else None
    return DigestList(lines, _next(actor, rows), desk)


def digest_page(actor: Actor, number: int) -> DigestPage:
    copy = access_copy(actor, number)
    document = read(copy.document)
    publication = publication_of(document)
    by_code = {table.code: table for table in publication.tables}
    marks = [figure for figure in publication.figures.values() if isinstance(figure, Mark)]
    return DigestPage(
        copy, text_of(document["title"]), document["city"], publication.minimum,
        _told_next(document),
        {code: grid_of(publication, table) for code, table in by_code.items()},
        [_settled(publication, by_code, one) for one in _cohorts(publication)],
        _common(publication, by_code.get("categories")),
        marks.count(Mark.WITHHELD), marks.count(Mark.NOT_BROKEN_DOWN),
    )  # fmt: skip


def _cohorts(publication: Publication) -> list[str]:
    codes = (table.code for table in publication.tables)
    return [code.partition(":")[2] for code in codes if code.startswith("rectification:")]


def _settled(publication: Publication, tables: Mapping[str, Table], cohort: str) -> Settled:
    rectification = tables[f"rectification:{cohort}"]
    state, county = rectification.dimensions
    shares = [
        Share(
            value.title,
            rate(publication, rectification.cell(CLOSED, value.code), rectification.cell(TOTAL, value.code)),
        )
        for value in county.values
        if publication.figures[rectification.cell(TOTAL, value.code)] != 0
    ]  # fmt: skip
    codes = [
        table for code, table in tables.items()
        if code.endswith(f"_code:{cohort}") and publication.count(table.cell(TOTAL)) != 0
    ]  # fmt: skip
    return Settled(
        cohort, _period_title(cohort), grid_of(publication, rectification),
        grid_of(publication, tables[f"ages:{cohort}"]),
        grid_of(publication, tables[f"outcomes:{cohort}"]),
        [grid_of(publication, table) for table in codes], shares,
        rate(publication, rectification.cell(CLOSED, TOTAL), rectification.cell(TOTAL, TOTAL)),
    )  # fmt: skip


def _common(publication: Publication, table: Table | None) -> list[Common]:
    if table is None:
        return []
    category, county = table.dimensions
    titles = {one.code: one.title for one in (*category.values, *county.values)}
    headings = set(category.parts)
    found = common_problems(publication, table, at_least=IN_COMMON)
    return [_said(one, titles) for one in found if one.category not in headings][:MOST_COMMON]


def _said(one: CommonProblem, titles: Mapping[str, Text]) -> Common:
    counties = [titles[code] for code in one.counties if code != CITY_ITSELF.code]
    return Common(titles[one.category], counties, one.findings)


def _desk(actor: Actor) -> DigestDesk:
    rules = list(rules_visible_to(actor).order_by("since_year"))
    rows = digests_visible_to(actor).select_related("job").order_by("-begins_on")
    newest = rows.first()
    open_ = newest if newest is not None and newest.state != Digest.State.PUBLISHED else None
    return DigestDesk(rules, open_, bool(rules), newest is None)


def _next(actor: Actor, rows: Sequence[DigestCopy]) -> Next | None:
    """The city's own calendar; a county knows it by the last digest."""
    calendar = calendar_of(actor)
    if calendar is not None:
        period = calendar.next_after(published_periods(actor))
        return Next(period.title, period.published_on, today() >= period.published_on)
    return _told_next(read(rows[0].document)) if rows else None


def _told_next(document: Mapping[str, Any]) -> Next:
    said = document["next"]
    appears_on = day(said["appears_on"])
    return Next(text_of(said["title"]), appears_on, today() >= appears_on)


def _period_title(name: str) -> Text:
    year, _, rest = name.partition("-")
    if not rest:
        return Period(int(year), 1, Length.YEAR).title
    length = Length.QUARTER if rest[0] == "Q" else Length.HALF_YEAR
    return Period(int(year), int(rest[1:]), length).title


