"""An office's own terms over a profile, and what is told about a clock on its way to being late.

An office takes a profile over, sets any term of its own, and says how early it is reminded and at
which working days of lateness it urges. A clock keeps the terms that it began with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType

from sharing.domain.due_dates import (
    FARTHEST_DAYS,
    PROFILES,
    WITH_A_TERM,
    Clock,
    IsWorked,
    Profile,
    days_late,
    overdue_steps,
)
from sharing.domain.evaluations import STANDARD, Parameters

STANDARD_PROFILE = "reg_2017"
URGING_STEPS = (1, 5, 10, 20, 40)
STANDARD_SOON_DAYS = 3
LONGEST_TERM = 500
LONGEST_SOON = 30

# Of these nothing but their kind is told outside of their own page: no title, no unit.
SENSITIVE_LIVES = frozenset({"clue", "interference", "informant"})

# How far a clock is told of: nothing yet, due soon, overdue, and one more for each urging step.
NOTHING, SOON, OVERDUE = 0, 1, 2


class UnfitTerms(ValueError):
    """`field`: which of the given does not hold."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True, slots=True)
class OfficeTerms:
    """`own`: terms that differ from the profile's. `evaluation`: by what a unit's rectification is
    judged. Raises `UnfitTerms`."""

    profile: str = STANDARD_PROFILE
    own: Mapping[Clock, int] = field(default_factory=lambda: MappingProxyType({}))
    soon_days: int = STANDARD_SOON_DAYS
    steps: Sequence[int] = URGING_STEPS
    evaluation: Parameters = STANDARD

    def __post_init__(self) -> None:
        if self.profile not in PROFILES:
            raise UnfitTerms("profile")
        for clock, days in self.own.items():
            if clock not in WITH_A_TERM or not 1 <= days <= LONGEST_TERM:
                raise UnfitTerms(f"own.{clock}")
        if not 1 <= self.soon_days <= LONGEST_SOON:
            raise UnfitTerms("soon_days")
        if not set(self.steps) <= set(URGING_STEPS) or list(self.steps) != sorted(set(self.steps)):
            raise UnfitTerms("steps")

    @property
    def base(self) -> Profile:
        return PROFILES[self.profile]

    def days(self, clock: Clock) -> int:
        return self.own.get(clock, self.base.terms[clock])

    def steps_owed(self, late: int) -> int:
        """How many urging letters are owed after so many working days."""
        return overdue_steps(late, self.steps)


STANDARD_TERMS = OfficeTerms()


@dataclass(frozen=True, slots=True)
class Change:
    """One clock's term before and after."""

    clock: Clock
    before: int
    after: int


def changes(before: OfficeTerms, after: OfficeTerms) -> list[Change]:
    """The terms that would be other ones, for clocks that begin from now on."""
    return [
        Change(clock, before.days(clock), after.days(clock))
        for clock in WITH_A_TERM
        if before.days(clock) != after.days(clock)
    ]


def soon_from(due: date, soon_days: int, is_worked: IsWorked) -> date:
    """The first day on which it is due soon: so many working days before the last one."""
    left = soon_days
    for back in range(1, FARTHEST_DAYS):
        on = due - timedelta(days=back)
        if is_worked(on):
            left -= 1
            if left == 0:
                return on
    raise ValueError(f"No {soon_days} working days lie before {due}.")


def stage(due: date | None, today: date, is_worked: IsWorked, terms: OfficeTerms) -> int:
    """`NOTHING`, `SOON`, or `OVERDUE` and one more for each urging step that is reached."""
    if due is None:
        return NOTHING
    late = days_late(due, today, is_worked)
    if late:
        return OVERDUE + terms.steps_owed(late)
    is_soon = today >= soon_from(due, terms.soon_days, is_worked)
    return SOON if is_soon else NOTHING


def tell_days(due: date, is_worked: IsWorked, terms: OfficeTerms) -> Iterator[tuple[date, int]]:
    """Each day on which there is something new to tell of it, and the stage reached then."""
    yield soon_from(due, terms.soon_days, is_worked), SOON
    late = 0
    last = max((1, *terms.steps))
    for ahead in range(1, FARTHEST_DAYS):
        on = due + timedelta(days=ahead)
        if not is_worked(on):
            continue
        late += 1
        if late == 1 or late in terms.steps:
            yield on, OVERDUE + terms.steps_owed(late)
        if late == last:
            return


def next_tell_day(
    due: date | None, told: int, is_worked: IsWorked, terms: OfficeTerms
) -> date | None:
    """When there is more to tell than was told; None: never, or not while it is paused."""
    if due is None:
        return None
    days = tell_days(due, is_worked, terms)
    return next((on for on, reached in days if reached > told), None)
