"""Refusals about papers and reports."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class FeedbackNotWritten(DomainError):
    code = "sharing.report.feedback_not_written"
    message = Text(zh="反馈意见尚未起草。", en="No feedback was written yet.")
    remedy = Text(
        zh="报告经领导小组审定后起草反馈意见，之后可以下载。",
        en="It is written once the leading group has approved the report; then it can be taken away.",
    )


class NotOfTheTeam(DomainError):
    code = "sharing.paper.not_of_the_team"
    message = Text(
        zh="只有本组成员能在工作间起草。", en="Only members of the team write in its room."
    )
    remedy = Text(
        zh="授权期满或工作间已关闭时，请联系巡察办。没有任何改动。",
        en="Where the term has ended or the room is closed, ask the office. Nothing was changed.",
    )


class UnitNotInspected(DomainError):
    code = "sharing.paper.unit_not_inspected"
    message = Text(zh="本组不巡察该单位。", en="The team does not inspect that unit.")
    remedy = Text(zh="请从本组巡察的单位中选择。", en="Choose one of the units of the team.")
    status = 422
    fields = ("unit",)


class TextOfItsFinder(DomainError):
    code = "sharing.paper.text_of_its_finder"
    message = Text(
        zh="底稿由撰写人“{finder}”修改。", en="The text is written by “{finder}”, who found it."
    )
    remedy = Text(
        zh="请以意见方式告知撰写人。您输入的内容没有保存。",
        en="Tell them what should change. What you entered was not saved.",
    )


class TextStands(DomainError):
    code = "sharing.paper.text_stands"
    message = Text(
        zh="底稿状态为“{state}”，文字不能修改。", en="The paper is at “{state}”: its text stands."
    )
    remedy = Text(
        zh="如需修改，请组长退回或收回底稿，修改后成为新的一版。",
        en="To change it, the team leader sends or takes it back; what is then written is a version"
        " of its own.",
    )


class TextChangedMeanwhile(DomainError):
    code = "sharing.text.changed_meanwhile"
    message = Text(
        zh="您打开后，已有第 {newest} 版保存。",
        en="Version {newest} was saved after you opened it.",
    )
    remedy = Text(
        zh="您输入的内容仍在下面。请对照最新一版后再次保存。",
        en="What you entered is still below. Compare it with the newest version, then save again.",
    )
    fields = ("based_on",)


class ClassUnknown(DomainError):
    code = "sharing.paper.class_unknown"
    message = Text(
        zh="没有这一问题类别，或已停用。", en="There is no such class, or it was retired."
    )
    remedy = Text(zh="请从列表中选择。", en="Choose one of the list.")
    status = 422
    fields = ("category",)


class WhyWritten(DomainError):
    code = "sharing.paper.why_written"
    message = Text(
        zh="这份底稿曾被退回或收回，修改须说明原因。",
        en="This paper was sent or taken back: say why it is written anew.",
    )
    remedy = Text(zh="请填写修改说明。", en="Fill in what changed, and why.")
    status = 422
    fields = ("why",)


class PaperElsewhere(DomainError):
    code = "sharing.paper.goes_with_its_report"
    message = Text(
        zh="底稿随所在报告办理，报告目前的状态不允许。",
        en="A paper goes with its report, and the report is not there.",
    )
    remedy = Text(
        zh="报告已报送的，请先撤回报告；没有任何改动。",
        en="Where the report was handed in, take it back first. Nothing was changed.",
    )


class ReportHoldsNothing(DomainError):
    code = "sharing.report.holds_nothing"
    message = Text(zh="报告中还没有问题。", en="No finding is in the report yet.")
    remedy = Text(zh="请先把已签字的底稿列入报告。", en="First put signed papers in it.")


class ReportTextStands(DomainError):
    code = "sharing.report.text_stands"
    message = Text(
        zh="报告状态为“{state}”，这部分文字不能修改。",
        en="The report is at “{state}”: this text stands.",
    )
    remedy = Text(
        zh="报告已报送的，可由组长撤回后修改。您输入的内容没有保存。",
        en="Where it was handed in, the team leader can take it back. What was entered was not saved.",
    )
