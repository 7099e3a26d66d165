"""Refusals about the city digest."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text
from sharing.domain.digest.periods import REFUSALS, Refused

_NOTHING_PUBLISHED = Text(
    zh="没有发布任何数据。各县原有记录没有改动。",
    en="Nothing was published, and no record of the counties was touched.",
)


class DigestNotSetUp(DomainError):
    code = "sharing.digest.not_set_up"
    message = Text(
        zh="尚未确定通报的周期和最小公布数。",
        en="It is not set yet how long a period is and how small a count may be told.",
    )
    remedy = Text(
        zh="请先在“通报设置”中确定。没有任何改动。",
        en="Set both first, under “How digests are made”. Nothing was changed.",
    )


class DigestRuleRefused(DomainError):
    code = "sharing.digest_rule.refused"
    message = Text(
        zh="周期长度只能从以后年度的1月1日起调整，已设置的年度不能更改。",
        en="The length of a period changes on 1 January of a year to come, and a year that is set stands.",
    )
    remedy = Text(
        zh="可以选择的年度：{years}。现有设置没有改动。",
        en="Years to choose from: {years}. What is set stands.",
    )
    fields = ("since_year",)


class DigestFirstYearOutOfRange(DomainError):
    code = "sharing.digest_rule.first_year_out_of_range"
    message = Text(
        zh="通报的起始年度须在 {first} 至 {last} 年之间。",
        en="Digests begin with a year from {first} to {last}.",
    )
    remedy = Text(
        zh="请修改后重新提交。没有任何改动。",
        en="Correct it and send it again. Nothing was changed.",
    )
    fields = ("since_year",)


class DigestLengthUnchanged(DomainError):
    code = "sharing.digest_rule.length_unchanged"
    message = Text(
        zh="该年度的周期长度已经是{length}，无需调整。",
        en="Periods of that year are {length} long already.",
    )
    remedy = Text(
        zh="请选择另一种周期长度。没有任何改动。",
        en="Choose another length. Nothing was changed.",
    )
    fields = ("length",)


class DigestMinimumStands(DomainError):
    code = "sharing.digest_rule.minimum_stands"
    message = Text(
        zh="第一期通报开始制作后，最小公布数不再变动，仍为 {minimum}。",
        en="Once the first digest was made the minimum cell stands: it is {minimum}.",
    )
    remedy = Text(
        zh="周期长度可以另行调整。现有设置没有改动。",
        en="The length of periods may be changed without it. What is set stands.",
    )
    fields = ("minimum",)


class DigestRuleOutOfRange(DomainError):
    code = "sharing.digest_rule.out_of_range"
    message = Text(
        zh="最小公布数至少为 {least}，至多为 {most}。",
        en="The minimum cell is {least} at least and {most} at most.",
    )
    remedy = Text(
        zh="请修改后重新提交。没有任何改动。",
        en="Correct it and send it again. Nothing was changed.",
    )
    fields = ("minimum",)


class DigestNotDue(DomainError):
    code = "sharing.digest.not_due"
    message = REFUSALS[Refused.NOT_YET]
    remedy = Text(
        zh="下一期通报为{period}，自 {day} 起可以制作和发布。没有任何改动。",
        en="The next one is that of {period}, from {day} on. Nothing was changed.",
    )


class DigestNotReady(DomainError):
    code = "sharing.digest.not_ready"
    message = Text(
        zh="该期通报还没有制作完成，或已经发布。",
        en="This digest is not made yet, or is published already.",
    )
    remedy = Text(
        zh="请刷新页面查看进度；制作完成后再发布。已发布的通报不变。",
        en="Look at the page again to see how far it is; publish it when it is made. What is published stands.",
    )


class DigestMadeMeanwhile(DomainError):
    code = "sharing.digest.made_meanwhile"
    message = Text(
        zh="另一位同事刚刚开始制作这一期通报。",
        en="Somebody else has just begun to make this digest.",
    )
    remedy = Text(
        zh="每期通报只制作一份，请刷新页面查看进度。",
        en="There is one digest of a period. Look at the page again to see how far it is.",
    )


class DigestGivesAway(DomainError):
    """What the audit could not show to stay withheld is not published."""

    code = "sharing.digest.gives_away"
    message = Text(
        zh="本期有 {count} 个不予公布的数仍可能被推算出来，披露检查没有通过。",
        en="{count} withheld counts of this period could be computed: the check for disclosure did not pass.",
    )
    remedy = Text(
        zh="没有发布任何数据。可以再次制作；如仍不通过，说明本期记录太少，不宜公布。",
        en="Nothing was published. Have it made once more; if it is refused again, there are too few"
        " records in this period to tell of them.",
    )


class DigestOutOfTime(DomainError):
    code = "sharing.digest.out_of_time"
    message = Text(
        zh="披露检查在 {seconds} 秒内没有完成。",
        en="The check for disclosure did not end within {seconds} seconds.",
    )
    remedy = Text(
        zh="没有发布任何数据。可以再次制作；如仍超时，请系统管理员调高 SOLVER_TIME_LIMIT_S。",
        en="Nothing was published. Have it made once more; if it is late again, have"
        " SOLVER_TIME_LIMIT_S raised.",
    )


class DigestCountsDiffer(DomainError):
    code = "sharing.digest.counts_differ"
    message = Text(
        zh="本期汇总数与以前各期不一致，不能发布。",
        en="What was counted does not agree with earlier digests, so it cannot be published.",
    )
    remedy = _NOTHING_PUBLISHED


class DigestStopped(DomainError):
    code = "sharing.digest.stopped"
    message = Text(zh="制作通报时出现故障，已经停止。", en="Making the digest stopped by a fault.")
    remedy = _NOTHING_PUBLISHED
