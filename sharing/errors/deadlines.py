"""Refusals about terms, working days and clocks."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class TermsUnfit(DomainError):
    code = "sharing.terms.unfit"
    message = Text(zh="期限设置不符合要求。", en="Terms cannot be set like this.")
    remedy = Text(
        zh="期限为 1 至 500 个工作日，提前提醒为 1 至 30 个工作日，催办节点从列出的五级中选取。"
        "原设置没有改变。",
        en="A term has 1 to 500 working days, a reminder comes 1 to 30 before its end, and urging"
        " steps are of the five that are offered. The terms are as they were.",
    )
    status = 422


class EvaluationUnfit(DomainError):
    code = "sharing.terms.evaluation_unfit"
    message = Text(zh="评估参数不符合要求。", en="The evaluation cannot be set like this.")
    remedy = Text(
        zh="四部分分值合计为 100 分，等次分数线由高到低且大于 0，虚假整改件数至少为 1。原设置没有改变。",
        en="The four parts make 100 points, the scores of the grades go down and stay above 0, and at least"
        " one false item counts. The terms are as they were.",
    )
    status = 422


class TermsUnchanged(DomainError):
    code = "sharing.terms.unchanged"
    message = Text(
        zh="与现行设置相同，没有可保存的内容。", en="These are the terms that are in force."
    )
    remedy = Text(zh="请先修改再保存。", en="Change something before you save.")
    status = 422


class TermsSetMeanwhile(DomainError):
    code = "sharing.terms.set_meanwhile"
    message = Text(
        zh="在您查看之后，期限设置已由他人修改。",
        en="Somebody has set the terms since you looked at them.",
    )
    remedy = Text(zh="请重新打开页面核对后再保存。", en="Load the page again and look at theirs.")


class OfficeDayPast(DomainError):
    code = "sharing.office_day.past"
    message = Text(zh="{on} 已经过去，不能再改。", en="{on} is over and stays as it was.")
    remedy = Text(
        zh="只能设置今天及以后的日期。没有任何改动。",
        en="Choose today or a later day. Nothing was changed.",
    )
    status = 422
    fields = ("on",)


class OfficeDayTooFar(DomainError):
    code = "sharing.office_day.too_far"
    message = Text(zh="{on} 太远，不能设置。", en="{on} is too far ahead.")
    remedy = Text(zh="请选择两年之内的日期。", en="Choose a day within two years.")
    status = 422
    fields = ("on",)


class OfficeDayNotNeeded(DomainError):
    code = "sharing.office_day.not_needed"
    message = Text(
        zh="{on} 按国务院通知本来如此，无须另行设置。",
        en="{on} is so by the State Council's notice already.",
    )
    remedy = Text(
        zh="只有与通知不同的日期才需要设置。", en="Set only days that differ from the notice."
    )
    status = 422
    fields = ("on",)


class ClockRunsAlready(DomainError):
    code = "sharing.deadline.runs_already"
    message = Text(
        zh="这项期限已在计算中，不重复起算。", en="This clock of the record is running already."
    )
    remedy = Text(
        zh="请先办结或终止正在计算的期限。", en="End the one that runs before another begins."
    )


class ClockNotRunning(DomainError):
    code = "sharing.deadline.not_running"
    message = Text(zh="这项期限不在计算中。", en="This clock is not running.")
    remedy = Text(
        zh="请刷新页面查看最新状态。没有任何改动。",
        en="Load the page again to see how it stands. Nothing was changed.",
    )


class ClockNotPaused(DomainError):
    code = "sharing.deadline.not_paused"
    message = Text(zh="这项期限没有暂停。", en="This clock is not paused.")
    remedy = Text(
        zh="请刷新页面查看最新状态。没有任何改动。",
        en="Load the page again to see how it stands. Nothing was changed.",
    )


class LateClockNotPaused(DomainError):
    code = "sharing.deadline.late"
    message = Text(
        zh="这项期限已经逾期，不能再暂停。", en="The term is over: it cannot be paused any more."
    )
    remedy = Text(
        zh="请催办并在办结后按逾期办结记录。", en="Urge whoever is asked; it is done late then."
    )


class DayTurned(DomainError):
    """Between the program's look at the calendar and the database's it became another day."""

    code = "sharing.deadline.day_turned"
    message = Text(zh="日期刚刚变更，本次操作没有保存。", en="The day has just turned.")
    remedy = Text(zh="请再操作一次。没有任何改动。", en="Do it once more. Nothing was changed.")


class ReasonMissing(DomainError):
    code = "sharing.deadline.reason_missing"
    message = Text(zh="没有写明理由。", en="No reason is given.")
    remedy = Text(
        zh="请用一句话写明理由，供日后查考。", en="Say why in a sentence: it stays on record."
    )
    status = 422
    fields = ("reason",)
