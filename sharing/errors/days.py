"""Refusals of days that cannot be."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class DayAhead(DomainError):
    code = "sharing.day.ahead"
    message = Text(zh="日期不能晚于今天。", en="The day cannot be after today.")
    remedy = Text(zh="请改日期。没有任何改动。", en="Change the day. Nothing was changed.")
    status = 422


class DayTooEarly(DomainError):
    code = "sharing.day.too_early"
    message = Text(zh="日期不能早于{first}。", en="The day cannot be before {first}.")
    remedy = Text(
        zh="请核对年份，以及此前办理的日期。没有任何改动。",
        en="Look at the year, and at the day of what came before it. Nothing was changed.",
    )
    status = 422


class DueTooFar(DomainError):
    code = "sharing.day.due_too_far"
    message = Text(zh="期限不能晚于{last}。", en="It cannot be due after {last}.")
    remedy = Text(zh="请核对年份。没有任何改动。", en="Look at the year. Nothing was changed.")
    status = 422


class MonthOutOfReach(DomainError):
    code = "sharing.deadline.month_out_of_reach"
    message = Text(
        zh="只能查看 {first} 年至 {last} 年的月份。",
        en="Only months from {first} to {last} can be looked at.",
    )
    remedy = Text(zh="请另选一个月。", en="Choose another month.")
    status = 422
    fields = ("day",)
