"""What may be asked of the digest: its own tables of published periods, as they were frozen. No more."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text
from sharing.domain.digest.periods import Calendar
from sharing.domain.digest.publications import Publication


@dataclass(frozen=True, slots=True)
class Question:
    """`until`: the first day after. `crossed_by`: codes of dimensions. `only`: values chosen, by dimension.
    `as_of`: a day on which the counts are to stand, if any is named."""

    begins_on: date
    until: date
    table: str
    crossed_by: frozenset[str]
    only: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None


class NotAnswered(StrEnum):
    """Why a question is not answered."""

    OTHER_DATES = "other_dates"
    NOT_PUBLISHED = "not_published"
    NO_SUCH_TABLE = "no_such_table"
    OTHER_CROSSING = "other_crossing"
    NO_SUCH_VALUE = "no_such_value"
    OTHER_DAY = "other_day"


REASONS: Mapping[NotAnswered, Text] = MappingProxyType(
    {
        NotAnswered.OTHER_DATES: Text(
            zh="只能查询已确定的周期。任意起止日期的两次查询相减，可能推算出不予公布的数。",
            en="Only fixed periods are answered: from two questions with free dates, a withheld count could be"
            " had by subtraction.",
        ),
        NotAnswered.NOT_PUBLISHED: Text(
            zh="该期通报尚未发布。", en="The digest of this period is not published yet."
        ),
        NotAnswered.NO_SUCH_TABLE: Text(
            zh="该期通报没有这张表。只提供已经过披露检查的表。",
            en="The digest has no such table. Only tables that were checked for disclosure are told.",
        ),
        NotAnswered.OTHER_CROSSING: Text(
            zh="这张表不按这些项目交叉。交叉越多，单个数越小，也越容易与其他表相互推算。",
            en="The table is not crossed like this. With every crossing counts get smaller, and tables give one"
            " another away.",
        ),
        NotAnswered.NO_SUCH_VALUE: Text(
            zh="表中没有这一项，或它不能单独选取。",
            en="The table has no such value, or it cannot be chosen on its own.",
        ),
        NotAnswered.OTHER_DAY: Text(
            zh="通报发布后不再变动，不能按其他日期重算。",
            en="A published digest does not change and is not computed for another day.",
        ),
    }
)


def not_answered(
    question: Question, calendar: Calendar, published: Collection[Publication]
) -> NotAnswered | None:
    """Why `question` is refused; None: what was published answers it."""
    period = calendar.period_of(question.begins_on, question.begins_on)
    if (period.begins_on, period.until) != (question.begins_on, question.until):
        return NotAnswered.OTHER_DATES
    digest = next((one for one in published if one.period == period.name), None)
    if digest is None:
        return NotAnswered.NOT_PUBLISHED
    if question.as_of not in (None, period.published_on):
        return NotAnswered.OTHER_DAY
    return _not_in(digest, question)


def _not_in(digest: Publication, question: Question) -> NotAnswered | None:
    table = next((one for one in digest.tables if one.code == question.table), None)
    if table is None:
        return NotAnswered.NO_SUCH_TABLE
    dimensions = {one.code: one for one in table.dimensions}
    if not question.crossed_by <= set(dimensions):
        return NotAnswered.OTHER_CROSSING
    for code, value in question.only.items():
        if code not in dimensions or value not in dimensions[code].codes:
            return NotAnswered.NO_SUCH_VALUE
    return None
