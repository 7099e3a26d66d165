"""When a digest appears, and which records it counts: fixed dates, disjoint periods, each record once.

A longer period is never published beside shorter ones, so no two digests count the same record's arrival
and nothing can be had by taking one from the other. The length changes on 1 January alone, where
periods of every length begin.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text


class Length(StrEnum):
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


MONTHS: Mapping[Length, int] = MappingProxyType(
    {Length.QUARTER: 3, Length.HALF_YEAR: 6, Length.YEAR: 12}
)
_MARKS = {Length.QUARTER: "-Q{}", Length.HALF_YEAR: "-H{}", Length.YEAR: ""}
PUBLISHED_ON_DAY = 15  # of the month after the period
# What became of problems and clues is told once, by the first digest that ends so long after theirs:
# half a year is what rectification has as a rule, and a clue's result is due after three months.
MONTHS_UNTIL_TOLD = 6


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """`number`: of the year, from 1."""

    year: int
    number: int
    length: Length

    @property
    def name(self) -> str:
        """2026-Q3, 2026-H2, 2026."""
        return f"{self.year}{_MARKS[self.length].format(self.number)}"

    @property
    def title(self) -> Text:
        if self.length is Length.YEAR:
            return Text(zh=f"{self.year}年度", en=f"{self.year}")
        if self.length is Length.HALF_YEAR:
            return Text(
                zh=f"{self.year}年{'上下'[self.number - 1]}半年",
                en=f"{('first', 'second')[self.number - 1]} half of {self.year}",
            )
        return Text(
            zh=f"{self.year}年第{'一二三四'[self.number - 1]}季度",
            en=f"quarter {self.number} of {self.year}",
        )

    @property
    def begins_on(self) -> date:
        return _month(self.year, (self.number - 1) * MONTHS[self.length])

    @property
    def until(self) -> date:
        """The first day after it."""
        return _month(self.year, self.number * MONTHS[self.length])

    @property
    def published_on(self) -> date:
        return self.until.replace(day=PUBLISHED_ON_DAY)


class Refused(StrEnum):
    """Why a digest is not made."""

    NO_PERIOD = "no_period"
    NOT_YET = "not_yet"
    FROZEN = "frozen"
    EARLIER_ONE_MISSING = "earlier_one_missing"


REFUSALS: Mapping[Refused, Text] = MappingProxyType(
    {
        Refused.NO_PERIOD: Text(
            zh="通报只按本单位确定的周期发布：与其他周期重叠的数据相减，可能推算出不予公布的数。",
            en="Digests appear for the office's own periods alone: from overlapping ones, a withheld count"
            " could be had by subtraction.",
        ),
        Refused.NOT_YET: Text(
            zh="未到发布日期。每期通报在周期结束后的次月15日起发布。",
            en="It is not due yet: a digest appears from the 15th of the month after its period.",
        ),
        Refused.FROZEN: Text(
            zh="本期通报已经发布，不再重算；补报的数据计入下一期。",
            en="This digest is published and is not computed again; late data counts in the next one.",
        ),
        Refused.EARLIER_ONE_MISSING: Text(
            zh="前面还有一期未发布，请按顺序发布。",
            en="An earlier digest is not published yet; they appear in their order.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """`lengths`: from which year on periods have which length; the first is the office's first digest."""

    lengths: tuple[tuple[int, Length], ...]

    def __post_init__(self) -> None:
        years = [year for year, _ in self.lengths]
        if not years or years != sorted(set(years)):
            raise ValueError("each length begins in a year of its own, in order")

    def periods(self) -> Iterator[Period]:
        """From the first on, without end and without a gap."""
        year = self.lengths[0][0]
        while True:
            length = [length for since, length in self.lengths if since <= year][-1]
            for number in range(1, 12 // MONTHS[length] + 1):
                yield Period(year, number, length)
            year += 1

    def named(self, name: str) -> Period:
        """The period of that name. `ValueError` where the calendar has none."""
        for period in self.periods():
            if period.name == name:
                return period
            if str(period.year) > name:
                break
        raise ValueError(f"no period is called {name}")

    def next_after(self, frozen: Collection[str]) -> Period:
        """The first of which no digest is published."""
        return next(period for period in self.periods() if period.name not in frozen)

    def period_of(self, happened_on: date, known_on: date) -> Period:
        """In which digest a record is counted, for ever: that of the later of its two days.

        What is entered, or fed back, before the first period counts in it.
        """
        day = max(happened_on, known_on)
        return next(period for period in self.periods() if day < period.until)

    def told_in(self, cohort: Period) -> Period:
        """The one digest that says what became of the records of `cohort`."""
        months = cohort.until.month - 1 + MONTHS_UNTIL_TOLD
        settled_on = _month(cohort.until.year, months)
        return next(period for period in self.periods() if settled_on <= period.until)

    def cohorts_of(self, period: Period) -> tuple[Period, ...]:
        """Of which earlier periods this digest says what became; two where the length has changed."""
        earlier = (one for one in self.periods_until(period) if one != period)
        return tuple(one for one in earlier if self.told_in(one) == period)

    def periods_until(self, last: Period) -> Iterator[Period]:
        for period in self.periods():
            if period.begins_on > last.begins_on:
                return
            yield period

    def refusal(self, period: Period, frozen: Collection[str], today: date) -> Refused | None:
        """Why no digest of `period` may be made; None: it may. `frozen`: names of those published."""
        known = [*self.periods_until(period)]
        if period not in known:
            return Refused.NO_PERIOD
        if period.name in frozen:
            return Refused.FROZEN
        if today < period.published_on:
            return Refused.NOT_YET
        if any(one.name not in frozen for one in known[:-1]):
            return Refused.EARLIER_ONE_MISSING
        return None


def _month(year: int, months: int) -> date:
    """The first day of the month so many months after January of `year`."""
    return date(year + months // 12, months % 12 + 1, 1)
