"""What this house tells by the bell, beside scheduling's. No word of it names a record.

The number of a notice about deadlines is its day (20261126): it leads to what was told then, and
is shown to whoever may read at least one of these.
"""

from __future__ import annotations

from datetime import date

from kernel.text import Text
from scheduling.domain.notices import NoticeKind, add_kinds

DEADLINES_SOON = "deadlines_soon"
DEADLINES_OVERDUE = "deadlines_overdue"
DIRECT_MATTER = "direct_matter"
KINDS_ABOUT_DEADLINES = (DEADLINES_SOON, DEADLINES_OVERDUE, DIRECT_MATTER)

add_kinds(
    (
        NoticeKind(
            DEADLINES_SOON,
            Text(
                zh="有期限即将届满，请查看期限看板。",
                en="Terms will be over soon: see the board of deadlines.",
            ),
            "view_deadlines",
            "deadlines",
        ),
        NoticeKind(
            DEADLINES_OVERDUE,
            Text(
                zh="有期限已经逾期，请查看期限看板。",
                en="Terms are over and nothing came: see the board of deadlines.",
            ),
            "view_deadlines",
            "deadlines",
        ),
        NoticeKind(
            DIRECT_MATTER,
            Text(
                zh="直报登记中有事项需要办理。",
                en="A matter in the direct register waits to be dealt with.",
            ),
            "view_deadlines",
            "deadlines",
        ),
    )
)


def batch_of(day: date) -> int:
    """A day as the number of its notices: 20261126."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of_batch(batch: int) -> date | None:
    """The day again; None: the number is of none."""
    try:
        return date(batch // 10_000, batch // 100 % 100, batch % 100)
    except ValueError:
        return None
