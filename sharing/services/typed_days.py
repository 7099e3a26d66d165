"""Days that come with an act: refused at their field where they cannot be."""

from __future__ import annotations

from datetime import date

from kernel.clock import today
from kernel.text import day_text
from sharing.domain.days import first_possible, last_due
from sharing.errors.days import DayAhead, DayTooEarly, DueTooFar


def must_have_been(field: str, day: date | None, *before: date | None) -> None:
    """Of what happened: not after today, not before what it follows. Whether a day is needed, its act
    says. `DayAhead`, `DayTooEarly`."""
    if day is None:
        return
    if day > today():
        raise DayAhead().at(field)
    first = first_possible(*before)
    if day < first:
        raise DayTooEarly(first=day_text(first)).at(field)


def must_be_in_reach(field: str, day: date | None) -> None:
    """Of what is due. `DueTooFar`."""
    last = last_due(today())
    if day is not None and day > last:
        raise DueTooFar(last=day_text(last)).at(field)
