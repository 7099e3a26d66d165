"""Digests as pages and programs see them: the list, one period, how far the next one is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from kernel.clock import today
from kernel.text import Text, day_text
from sharing.access.digests import (
    RulesSet,
    access_copy,
    access_copy_of,
    calendar_of,
    copies_visible_to,
    digests_visible_to,
    published_periods,
    rules_set,
)
from sharing.domain.digest.declared import CITY_ITSELF, CLOSED, UNSORTED
from sharing.domain.digest.figures import CommonProblem, common_problems, rate
from sharing.domain.digest.grids import Figure, Grid, Line, grid_of, margin_of
from sharing.domain.digest.periods import Length, Period
from sharing.domain.digest.publications import Mark, Publication
from sharing.domain.digest.publishing import COUNTY
from sharing.domain.digest.tables import TOTAL, Table
from sharing.mapping.digests import day, publication_of, read, text_of
from sharing.models.digests import Digest, DigestCopy, DigestRule
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

IN_COMMON = 3  # counties, from which on a problem is a common one
MOST_COMMON = 10
# Where counties are drawn, too: the others have the same margin.
BY_COUNTY = ("categories", "clues", "ages")


@dataclass(frozen=True, slots=True)
class DigestLine:
    """`title`: of its period."""

    number: int
    title: Text
    copy: DigestCopy

    @property
    def last_on(self) -> date:
        return self.copy.until_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Next:
    title: Text
    appears_on: date
    is_due: bool

    @property
    def day(self) -> Text:
        return day_text(self.appears_on)


@dataclass(frozen=True, slots=True)
class DigestList:
    """`next`: what appears next, where it is known. `desk`: for whoever has digests made."""

    lines: Sequence[DigestLine]
    next: Next | None
    desk: DigestDesk | None


@dataclass(frozen=True, slots=True)
class DigestDesk:
    """`digest`: the one that is being made, waits or was refused."""

    standing: RulesSet
    digest: Digest | None

    @property
    def rules(self) -> Sequence[DigestRule]:
        return self.standing.rules

    @property
    def is_set_up(self) -> bool:
        return bool(self.rules)

    @property
    def may_correct(self) -> bool:
        return self.standing.is_first

    @property
    def minimum(self) -> int:
        return self.standing.minimum

    @property
    def years(self) -> range:
        """In which a length may begin that is set now."""
        return self.standing.years

    @property
    def newest_rule(self) -> DigestRule | None:
        return self.rules[-1] if self.rules else None

    @property
    def in_force(self) -> DigestRule | None:
        begun = [one for one in self.rules if one.since_year <= today().year]
        return begun[-1] if begun else None

    @property
    def is_at_work(self) -> bool:
        """A job that is over and made nothing was given up: it can be begun anew."""
        return (
            self.digest is not None and self.digest.state == Digest.State.MAKING
            and self.digest.job is not None and not self.digest.job.is_over
        )  # fmt: skip

    @property
    def is_ready(self) -> bool:
        return self.digest is not None and self.digest.state == Digest.State.READY

    @property
    def questions(self) -> int:
        return int(self._progress.get("questions", 0))

    @property
    def is_checking(self) -> bool:
        return self._progress.get("phase") == "checking"

    @property
    def refusal(self) -> tuple[Text, Text] | None:
        """Why it was not made, in words."""
        job = None if self.digest is None else self.digest.job
        if job is None or job.error is None:
            return None
        return text_of(job.error["message"]), text_of(job.error["remedy"])

    @property
    def _progress(self) -> Mapping[str, Any]:
        job = None if self.digest is None else self.digest.job
        return {} if job is None else job.progress


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
class Chart:
    """`title`: by what. Each line has one figure."""

    title: Text
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the digest with what is drawn of it. `more`: further tables, of single codes."""

    anchor: str
    title: Text
    charts: Sequence[Chart]
    grid: Grid
    shares: Sequence[Share] = ()
    more: Sequence[Grid] = ()


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the records of an earlier period. `closed`: of the whole city."""

    title: Text
    closed: Fraction | None
    sections: Sequence[Section]


@dataclass(frozen=True, slots=True)
class DigestPage:
    """`withheld`, `unbroken`: how many figures bear the one mark and the other."""

    copy: DigestCopy
    title: Text
    city: str
    minimum: int
    next: Next
    findings: Figure
    clues: Figure
    sections: Sequence[Section]
    settled: Sequence[Settled]
    common: Sequence[Common]
    withheld: int
    unbroken: int

    @property
    def hidden(self) -> int:
        return self.withheld + self.unbroken

    @property
    def last_on(self) -> date:
        return self.copy.until_on - timedelta(days=1)

    @property
    def grids(self) -> list[Grid]:
        """All tables, as they are taken away."""
        everything = (*self.sections, *(one for part in self.settled for one in part.sections))
        return [grid for one in everything for grid in (one.grid, *one.more)]


def digest_list(actor: Actor) -> DigestList:
    actor.must(Permission.VIEW_DIGEST)
    rows = list(copies_visible_to(actor).order_by("-begins_on")[:60])
    lines = [DigestLine(one.pk, text_of(read(one.document)["title"]), one) for one in rows]
    desk = digest_desk(actor) if actor.may(Permission.PUBLISH_DIGEST) else None
    return DigestList(lines, _next(actor, rows), desk)


def digests_part(actor: Actor, window: Window) -> Part[DigestCopy]:
    actor.must(Permission.VIEW_DIGEST)
    return part_of(copies_visible_to(actor), window, "-begins_on", "-pk")


def digests_made_part(actor: Actor, window: Window) -> Part[Digest]:
    actor.must(Permission.PUBLISH_DIGEST)
    return part_of(digests_visible_to(actor), window, "-begins_on", "-pk")


def digest_page(actor: Actor, number: int) -> DigestPage:
    return _page(access_copy(actor, number))


def digest_of_period(actor: Actor, period: str) -> DigestPage:
    return _page(access_copy_of(actor, period))


def period_of_digest(actor: Actor, number: int) -> str:
    return access_copy(actor, number).period


def _page(copy: DigestCopy) -> DigestPage:
    document = read(copy.document)
    publication = publication_of(document)
    tables = {table.code: table for table in publication.tables}
    marks = [figure for figure in publication.figures.values() if isinstance(figure, Mark)]
    own = [table for code, table in tables.items() if ":" not in code]
    clues = tables["clues"]
    return DigestPage(
        copy, text_of(document["title"]), document["city"], publication.minimum,
        _told_next(document),
        publication.figures[own[0].cell(*(TOTAL for _ in own[0].dimensions))],
        publication.figures[clues.cell(TOTAL)],
        [_section(publication, table) for table in own],
        [_settled(publication, tables, one) for one in _cohorts(publication)],
        _common(publication, tables.get("categories")),
        marks.count(Mark.WITHHELD), marks.count(Mark.NOT_BROKEN_DOWN),
    )  # fmt: skip


def _section(publication: Publication, table: Table, **given: Any) -> Section:
    drawn = [
        one for one in table.dimensions
        if one.code != COUNTY or table.code.partition(":")[0] in BY_COUNTY
    ]  # fmt: skip
    charts = [Chart(one.title, margin_of(publication, table, one)) for one in drawn]
    anchor = table.code.replace(":", "-")
    return Section(anchor, table.title, charts, grid_of(publication, table), **given)


def _cohorts(publication: Publication) -> list[str]:
    codes = (table.code for table in publication.tables)
    return [code.partition(":")[2] for code in codes if code.startswith("rectification:")]


def _settled(publication: Publication, tables: Mapping[str, Table], cohort: str) -> Settled:
    rectification = tables[f"rectification:{cohort}"]
    codes = [
        table for code, table in tables.items()
        if code.endswith(f"_code:{cohort}") and publication.count(table.cell(TOTAL)) != 0
    ]  # fmt: skip
    sections = [
        _section(publication, rectification, shares=_shares(publication, rectification)),
        _section(publication, tables[f"ages:{cohort}"]),
        _section(
            publication, tables[f"outcomes:{cohort}"],
            more=[grid_of(publication, table) for table in codes],
        ),
    ]  # fmt: skip
    closed = rate(publication, rectification.cell(CLOSED, TOTAL), rectification.cell(TOTAL, TOTAL))
    return Settled(_period_title(cohort), closed, sections)


def _shares(publication: Publication, table: Table) -> list[Share]:
    """Of each county that had anything to rectify."""
    county = table.dimensions[1]
    return [
        Share(
            value.title,
            rate(publication, table.cell(CLOSED, value.code), table.cell(TOTAL, value.code)),
        )
        for value in county.values
        if publication.figures[table.cell(TOTAL, value.code)] != 0
    ]


def _common(publication: Publication, table: Table | None) -> list[Common]:
    if table is None:
        return []
    category, county = table.dimensions
    titles = {one.code: one.title for one in (*category.values, *county.values)}
    left_over = {one for one in category.codes if one.endswith(".other")}
    unnamed = {UNSORTED.code, *category.parts, *left_over}
    found = common_problems(publication, table, at_least=IN_COMMON)
    return [_said(one, titles) for one in found if one.category not in unnamed][:MOST_COMMON]


def _said(one: CommonProblem, titles: Mapping[str, Text]) -> Common:
    counties = [titles[code] for code in one.counties if code != CITY_ITSELF.code]
    return Common(titles[one.category], counties, one.findings)


def digest_desk(actor: Actor) -> DigestDesk:
    standing = rules_set(actor)
    rows = digests_visible_to(actor).select_related("job").order_by("-begins_on")
    newest = rows.first()
    open_ = newest if newest is not None and newest.state != Digest.State.PUBLISHED else None
    return DigestDesk(standing, open_)


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
