"""Terms in working days: when something is due, while it is paused, and how late it is.

Which days are worked, the caller says (`scheduling.domain.working_days`): the day on which a clock
starts is not counted, the last one counts whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from kernel.law import LegalBasis, practice
from kernel.text import Text

IsWorked = Callable[[date], bool]
# Longer than any term with pauses: who counts further has a calendar without a working day.
FARTHEST_DAYS = 20 * 366


@dataclass(frozen=True, slots=True)
class Pause:
    """From `first` until `until`, which is the first day that counts again; None: still paused."""

    first: date
    until: date | None

    def covers(self, on: date) -> bool:
        return self.first <= on and (self.until is None or on < self.until)


def due_on(
    start: date, days: int, is_worked: IsWorked, pauses: Sequence[Pause] = ()
) -> date | None:
    """The last day of a term of so many working days; None while a pause has no end.

    `ValueError`: no term, or a calendar in which it never ends.
    """
    if days < 1:
        raise ValueError(f"A term of {days} working days is none.")
    left = days
    for ahead in range(1, min(FARTHEST_DAYS, (date.max - start).days + 1)):
        on = start + timedelta(days=ahead)
        covering = [one for one in pauses if one.covers(on)]
        if any(one.until is None for one in covering):
            return None
        if not covering and is_worked(on):
            left -= 1
            if left == 0:
                return on
    raise ValueError(f"{days} working days do not end within twenty years of {start}.")


def days_late(due: date | None, today: date, is_worked: IsWorked) -> int:
    """Working days since the term ended: 0 until its last day is over, and without a due date.

    At most those of the last twenty years: each is asked for, in every row of a list.
    """
    if due is None or today <= due:
        return 0
    since = min((today - due).days, FARTHEST_DAYS)
    return sum(is_worked(today - timedelta(days=n)) for n in range(since))


def put_off(named: date, is_worked: IsWorked, pauses: Sequence[Pause] = ()) -> date | None:
    """A day that was named, later by the working days of its pauses; None while one has no end."""
    if any(one.until is None for one in pauses):
        return None
    lost = sum(_worked_until(one, named, is_worked) for one in pauses)
    return due_on(named, lost, is_worked, pauses) if lost else named


def _worked_until(pause: Pause, last: date, is_worked: IsWorked) -> int:
    days = ((last - pause.first).days + 1) if pause.first <= last else 0
    within = (pause.first + timedelta(days=n) for n in range(days))
    return sum(pause.covers(on) and is_worked(on) for on in within)


class Clock(StrEnum):
    """What is waited for, from which act on."""

    RECTIFICATION_PLAN = "rectification_plan"
    CONCENTRATED_PERIOD = "concentrated_period"
    LIFE_MEETING = "democratic_life_meeting"
    CLUE_DISPOSAL = "clue_disposal"
    CLUE_RESULT = "clue_result"
    NOTIFICATION_REPLY = "notification_reply"
    LEAD_HANDLING = "lead_handling"
    RESUBMISSION = "resubmission"
    LONG_TERM = "long_term"
    LETTER_REPLY = "letter_reply"


# Their day is named by the record: by the unit's plan, by the letter. An office sets no term for them.
DAY_OF_ITS_OWN = frozenset({Clock.LONG_TERM, Clock.LETTER_REPLY})
WITH_A_TERM = tuple(one for one in Clock if one not in DAY_OF_ITS_OWN)


CLOCK_TITLES: Mapping[Clock, Text] = MappingProxyType(
    {
        Clock.RECTIFICATION_PLAN: Text(zh="报送整改方案", en="plan of rectification"),
        Clock.CONCENTRATED_PERIOD: Text(zh="集中整改", en="concentrated rectification"),
        Clock.LIFE_MEETING: Text(zh="专题民主生活会", en="democratic life meeting"),
        Clock.CLUE_DISPOSAL: Text(zh="提出线索处置意见", en="how a clue is dealt with"),
        Clock.CLUE_RESULT: Text(zh="反馈线索办理结果", en="what became of a clue"),
        Clock.NOTIFICATION_REPLY: Text(zh="函告回复", en="reply to a notification"),
        Clock.LEAD_HANDLING: Text(zh="领办函报告", en="report on a matter in charge"),
        Clock.RESUBMISSION: Text(zh="退回后重报", en="handed in again after a return"),
        Clock.LONG_TERM: Text(zh="长期整改", en="long-term rectification"),
        Clock.LETTER_REPLY: Text(zh="函件回复", en="reply to a letter"),
    }
)


@dataclass(frozen=True, slots=True)
class Profile:
    """Terms in working days. An office takes one over and may set any of its own."""

    code: str
    title: Text
    terms: Mapping[Clock, int]
    basis: LegalBasis


PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        one.code: one
        for one in (
            Profile(
                "reg_2017",
                Text(zh="2017 年条例", en="Regulation of 2017"),
                MappingProxyType(
                    {
                        Clock.RECTIFICATION_PLAN: 15,
                        Clock.CONCENTRATED_PERIOD: 42,  # two months
                        Clock.LIFE_MEETING: 21,
                        Clock.CLUE_DISPOSAL: 21,
                        Clock.CLUE_RESULT: 63,
                        Clock.NOTIFICATION_REPLY: 40,
                        Clock.LEAD_HANDLING: 10,
                        Clock.RESUBMISSION: 5,
                    }
                ),
                LegalBasis(
                    Text(
                        zh="中国共产党巡视工作条例（2017年修改）",
                        en="Inspection Regulation, as amended in 2017",
                    ),
                    Text(zh="第二十七条", en="art. 27"),
                ),
            ),
            Profile(
                "concentrated_2024",
                Text(zh="集中整改六个月", en="six months concentrated"),
                MappingProxyType(
                    {
                        Clock.RECTIFICATION_PLAN: 15,
                        Clock.CONCENTRATED_PERIOD: 126,  # six months
                        Clock.LIFE_MEETING: 21,
                        Clock.CLUE_DISPOSAL: 21,
                        Clock.CLUE_RESULT: 63,
                        Clock.NOTIFICATION_REPLY: 40,
                        Clock.LEAD_HANDLING: 10,
                        Clock.RESUBMISSION: 5,
                    }
                ),
                practice("2024 年以来集中整改期一般为六个月", "since 2024 mostly six months"),
            ),
        )
    }
)


def overdue_steps(late: int, steps: Iterable[int] = (1, 5, 10, 20, 40)) -> int:
    """How many of the five urging letters are owed after so many working days."""
    return sum(late >= step for step in steps)
