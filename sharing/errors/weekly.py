"""Refusals about a team's weekly progress."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class WeekNotOfTheRoom(DomainError):
    code = "sharing.weekly.week_not_of_the_room"
    message = Text(
        zh="该周不在授权期内，或尚未到来。", en="That week is not within the term, or is to come."
    )
    remedy = Text(
        zh="请改选日期，已填写的内容没有丢失。", en="Choose another; what you typed is kept."
    )
    status = 422
    fields = ("week",)


class FindingsUnreadable(DomainError):
    code = "sharing.weekly.findings_unreadable"
    message = Text(
        zh="“{line}”不是“类别 数量”的格式，或类别重复。", en="“{line}” is no class with a number."
    )
    remedy = Text(
        zh="每行写一个类别和数量，例如：党的建设 3。", en="One class with its number a line."
    )
    status = 422
    fields = ("findings",)


class WeekSigned(DomainError):
    code = "sharing.weekly.signed"
    message = Text(zh="该周周报已由组长签发。", en="The report of that week is signed.")
    remedy = Text(
        zh="签发后不再修改，更正写入下一周。没有任何改动。",
        en="What is signed stands; corrections go into the next one. Nothing was changed.",
    )


class WeekNotDrafted(DomainError):
    code = "sharing.weekly.not_drafted"
    message = Text(zh="该周还没有周报。", en="Nothing is drafted for that week.")
    remedy = Text(zh="请先填写周报。没有任何改动。", en="Draft it first. Nothing was changed.")


class SignedByTheLeader(DomainError):
    code = "sharing.weekly.signed_by_the_leader"
    message = Text(zh="周报由本组组长签发。", en="The leader of this very team signs it.")
    remedy = Text(zh="请转告组长。没有任何改动。", en="Tell the leader. Nothing was changed.")
    status = 403
