"""How long periods are: from which years on it may be set, and which digests follow of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kernel.text import Text, day_text
from sharing.domain.digest.periods import Calendar, Length, Period

FIRST_YEAR = 2012
MOST_YEARS_AHEAD = 5
LENGTH_TITLES: Mapping[Length, Text] = MappingProxyType(
    {
        Length.QUARTER: Text(zh="一个季度", en="a quarter"),
        Length.HALF_YEAR: Text(zh="半年", en="half a year"),
        Length.YEAR: Text(zh="一年", en="a year"),
    }
)


def first_years(this_year: int) -> range:
    """In which year the office's first digest may begin."""
    return range(FIRST_YEAR, this_year + 2)


def years_open(calendar: Calendar, this_year: int) -> range:
    """In which years another length may begin, once a digest was made: each has one for ever."""
    newest, _ = calendar.lengths[-1]
    return range(max(this_year, newest) + 1, this_year + MOST_YEARS_AHEAD + 1)


def span_of(years: range) -> Text:
    """The years in words."""
    if not years:
        return Text(zh="暂无", en="none for now")
    return Text(zh=f"{years[0]}至{years[-1]}年", en=f"{years[0]} to {years[-1]}")


@dataclass(frozen=True, slots=True)
class Outlook:
    """`first`: of the length that is set. `next`: whose digest appears next. `before`: the length until then."""

    first: Period
    next: Period
    before: Length | None = None

    @property
    def is_next(self) -> bool:
        """Whether the next digest has that length already."""
        return self.next == self.first

    @property
    def first_day(self) -> Text:
        return day_text(self.first.published_on)

    @property
    def next_day(self) -> Text:
        return day_text(self.next.published_on)

    @property
    def length(self) -> Text:
        return LENGTH_TITLES[self.first.length]

    @property
    def length_before(self) -> Text | None:
        return None if self.before is None else LENGTH_TITLES[self.before]

    @property
    def open_again_in(self) -> int:
        """The first year for which another length can be set after this one."""
        return self.first.year + 1


def first_outlook(since_year: int, length: Length) -> Outlook:
    """Of the first digest of all."""
    first = next(Calendar(((since_year, length),)).periods())
    return Outlook(first, first)


def outlook(
    calendar: Calendar, since_year: int, length: Length, frozen: Collection[str]
) -> Outlook:
    """Of another length from a year on. `frozen`: names of the digests that are published."""
    _, before = calendar.lengths[-1]
    changed = Calendar((*calendar.lengths, (since_year, length)))
    first = next(one for one in changed.periods() if one.year == since_year)
    return Outlook(first, changed.next_after(frozen), before)
