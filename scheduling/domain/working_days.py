"""Which days of a round are working days, and why.

China's holidays are announced year by year, late in the year before, together with the weekend
days that are worked in exchange. So a round that crosses the new year may reach into a year
about which nobody knows yet: those days follow Monday to Friday and are marked as provisional.
The office's own overrides come last and always win.

The notices are handed in; nothing here knows where they come from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kernel.text import Text

SATURDAY = 5


class DayKind(StrEnum):
    """What decided about a day."""

    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"  # a weekend day worked in exchange for a holiday
    SET_TO_WORK = "set_to_work"  # by the office
    SET_TO_REST = "set_to_rest"


WORKED = frozenset({DayKind.WEEKDAY, DayKind.MAKE_UP, DayKind.SET_TO_WORK})


@dataclass(frozen=True, slots=True)
class YearNotice:
    """The State Council's holiday notice for one year: days by the holiday they belong to."""

    holidays: Mapping[date, Text]
    make_up_days: Mapping[date, Text]


@dataclass(frozen=True, slots=True)
class Day:
    on: date
    kind: DayKind
    occasion: Text | None  # the holiday that a day off or a make-up day belongs to
    is_provisional: bool  # the notice for the year is not out: Monday to Friday is assumed

    @property
    def is_working_day(self) -> bool:
        return self.kind in WORKED

    @property
    def is_overridden(self) -> bool:
        return self.kind in (DayKind.SET_TO_WORK, DayKind.SET_TO_REST)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Every calendar day from the round's first to its last."""

    days: tuple[Day, ...]

    @property
    def working_days(self) -> tuple[date, ...]:
        return tuple(day.on for day in self.days if day.is_working_day)

    @property
    def years_without_notice(self) -> tuple[int, ...]:
        """The years that the round touches and no notice covers, overrides notwithstanding."""
        return tuple(sorted({day.on.year for day in self.days if day.is_provisional}))


def work_calendar(
    first: date,
    last: date,
    *,
    notices: Mapping[int, YearNotice],
    overrides: Mapping[date, bool],
) -> WorkCalendar:
    """Judge each day from `first` to `last`, both included.

    Parameters
    ----------
    notices
        By year. A year that is missing falls back to Monday to Friday, marked as provisional.
    overrides
        The office's own decisions: True, the day is worked; False, it is not.

    Raises
    ------
    ValueError
        If `last` lies before `first`.
    """
    if last < first:
        raise ValueError(f"A calendar cannot end on {last} before it starts on {first}.")
    span = (last - first).days + 1
    return WorkCalendar(
        tuple(day_of(first + timedelta(days=n), notices, overrides) for n in range(span))
    )


def day_of(on: date, notices: Mapping[int, YearNotice], overrides: Mapping[date, bool]) -> Day:
    """One day by itself, for whoever counts on without knowing where it ends."""
    notice = notices.get(on.year)
    kind, occasion = _announced(on, notice)
    if on in overrides:
        kind = DayKind.SET_TO_WORK if overrides[on] else DayKind.SET_TO_REST
    return Day(on, kind, occasion, is_provisional=notice is None)


def _announced(on: date, notice: YearNotice | None) -> tuple[DayKind, Text | None]:
    if notice is not None and on in notice.make_up_days:
        return DayKind.MAKE_UP, notice.make_up_days[on]
    if notice is not None and on in notice.holidays:
        return DayKind.HOLIDAY, notice.holidays[on]
    return (DayKind.WEEKEND if on.weekday() >= SATURDAY else DayKind.WEEKDAY), None


def weeks(days: Sequence[Day]) -> list[list[Day | None]]:
    """The days laid out in rows from Monday to Sunday; None pads the first and the last row."""
    lead: list[Day | None] = [None] * days[0].on.weekday()
    cells = [*lead, *days]
    cells += [None] * (-len(cells) % 7)
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]
