"""Refusals about the plan of interviews."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text

_TYPED = Text(zh="已填写的内容没有丢失。", en="What you typed is kept.")


class StrataUnreadable(DomainError):
    code = "sharing.interview.strata_unreadable"
    message = Text(
        zh="“{line}”不是“层次 人数”的格式，或层次重复。", en="“{line}” is no stratum with a number."
    )
    remedy = Text(
        zh="每行写一个层次和人数，例如：中层干部 8。人数不超过 999。",
        en="One stratum with its number a line, 999 at most.",
    )
    status = 422
    fields = ("strata",)


class StratumInUse(DomainError):
    code = "sharing.interview.stratum_in_use"
    message = Text(
        zh="“{title}”已有谈话安排，不能删除。", en="Interviews are planned in “{title}”: it stays."
    )
    remedy = Text(zh="可以把人数改为 0。已填写的内容没有丢失。", en="Set its number to 0 instead.")
    fields = ("strata",)


class StratumNotThere(DomainError):
    code = "sharing.interview.stratum_not_there"
    message = Text(zh="该单位没有这个谈话层次。", en="That unit has no such stratum.")
    remedy = Text(zh="请先设定谈话层次。", en="Set the strata first.")
    status = 422
    fields = ("stratum",)


class InterviewWantsTwo(DomainError):
    code = "sharing.interview.wants_two"
    message = Text(
        zh="谈话人须两人以上，均已指定担任“个别谈话”岗位，且不是须回避的本地成员。",
        en="An interview takes two people at least, who hold the post for it.",
    )
    remedy = Text(
        zh="请选择两至六名谈话人；需要的话先由组长在岗位分工中指定。" + _TYPED.zh,
        en="Choose two to six; the leader names people to the post. " + _TYPED.en,
    )
    status = 422
    fields = ("interviewers",)


class InterviewStands(DomainError):
    code = "sharing.interview.stands"
    message = Text(zh="这次谈话已经完成登记。", en="That it was held is written down and stands.")
    remedy = Text(zh="再次谈话请另行安排。没有任何改动。", en="Plan another. Nothing was changed.")


class InterviewDayUnfit(DomainError):
    code = "sharing.interview.day_unfit"
    message = Text(
        zh="谈话日期不在授权期内，或尚未到来。",
        en="That day is not within the term, or has not come yet.",
    )
    remedy = Text(zh="请改选日期。" + _TYPED.zh, en="Choose another day. " + _TYPED.en)
    status = 422
    fields = ("on",)


class InterviewWantsAReason(DomainError):
    code = "sharing.interview.wants_a_reason"
    message = Text(zh="请写明未谈成的原因。", en="Say why it was not held.")
    remedy = Text(zh="填写原因后再提交。" + _TYPED.zh, en="Write it down. " + _TYPED.en)
    status = 422
    fields = ("reason",)
