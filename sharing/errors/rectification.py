"""Refusals about rectification: items, cases, talks, evaluations, look-backs."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class NothingFedBack(DomainError):
    code = "sharing.rectification.nothing_fed_back"
    message = Text(zh="请逐条填写反馈问题和类别。", en="Give each issue with its category.")
    remedy = Text(zh="至少一条。没有任何改动。", en="One at least. Nothing was changed.")
    status = 422
    fields = ("issues",)


class IssueTooLong(DomainError):
    code = "sharing.rectification.issue_too_long"
    message = Text(
        zh="第 {line} 条过长：问题最多 {most} 字，类别最多 {category} 字。",
        en="Number {line} is too long: an issue has {most} characters at most, its category {category}.",
    )
    remedy = Text(
        zh="请缩短或分成几条。没有任何改动。", en="Shorten it or part it. Nothing was changed."
    )
    status = 422
    fields = ("issues",)


class TooManyIssues(DomainError):
    code = "sharing.rectification.too_many_issues"
    message = Text(zh="一次最多交办 {most} 条。", en="At most {most} are assigned at once.")
    remedy = Text(zh="请分几次交办。没有任何改动。", en="Assign them in turn. Nothing was changed.")
    status = 422
    fields = ("issues",)


class UnitUnknown(DomainError):
    code = "sharing.rectification.unit_unknown"
    message = Text(zh="名录中没有这个单位。", en="The registry has no such unit.")
    remedy = Text(
        zh="请从列表中选择。没有任何改动。", en="Choose from the list. Nothing was changed."
    )
    status = 422
    fields = ("unit_code",)


class LeaderUnknown(DomainError):
    code = "sharing.rectification.leader_unknown"
    message = Text(
        zh="此人今天不在县（区）领导岗位上。", en="They hold no seat as a county leader today."
    )
    remedy = Text(
        zh="请从列表中选择。没有任何改动。", en="Choose from the list. Nothing was changed."
    )
    status = 422
    fields = ("leader",)


class FedBackAlready(DomainError):
    code = "sharing.rectification.fed_back_already"
    message = Text(zh="其中有问题已经交办。", en="One of these findings has been assigned already.")
    remedy = Text(
        zh="请刷新查看已交办的事项。没有任何改动。",
        en="Look at what is assigned. Nothing was changed.",
    )
    fields = ("issues",)


class CheckedByTheClaimant(DomainError):
    code = "sharing.rectification.checked_by_the_claimant"
    message = Text(
        zh="申报完成的人不能审核，审核的人不能销号。",
        en="Who claimed it does not check it, and who checked it does not close it.",
    )
    remedy = Text(
        zh="请由另一人办理。没有任何改动。", en="Have somebody else do it. Nothing was changed."
    )
    status = 403


class DeadlineBeforeFeedback(DomainError):
    code = "sharing.rectification.deadline_before_feedback"
    message = Text(
        zh="完成期限须晚于反馈送达日。", en="The deadline lies after the day of the feedback."
    )
    remedy = Text(zh="请改期限。没有任何改动。", en="Change the day. Nothing was changed.")
    status = 422
    fields = ("due_on",)


class ItemNotOfTheUnit(DomainError):
    code = "sharing.rectification.item_not_of_the_unit"
    message = Text(zh="所选事项不属于同一单位。", en="The items are not of one unit.")
    remedy = Text(zh="请重新选择。没有任何改动。", en="Choose again. Nothing was changed.")
    status = 422
    fields = ("also",)


class OutcomeUnfit(DomainError):
    code = "sharing.rectification.outcome_unfit"
    message = Text(
        zh="成果须为所列类别；追回资金须填金额，问责须填人数，其他成果不填。",
        en="It is of a kind that is listed. Money needs its sum, accountability its number of people,"
        " the others neither.",
    )
    remedy = Text(
        zh="请填写金额或人数后重新提交。没有任何改动。",
        en="Enter the sum or the number. Nothing was changed.",
    )
    status = 422
    fields = ("amount", "people")


class NotOverdue(DomainError):
    code = "sharing.rectification.not_overdue"
    message = Text(
        zh="该事项尚未逾期，或应发的函件已经发出。",
        en="It is not overdue, or the letters owed were begun already.",
    )
    remedy = Text(
        zh="到“期限设置”中的下一个催办节点时再起草。没有任何改动。",
        en="Begin it at the next urging step of the office's terms. Nothing was changed.",
    )


class CaseClosed(DomainError):
    code = "sharing.rectification.case_closed"
    message = Text(zh="该共性问题已办结。", en="This joint case is closed.")
    remedy = Text(
        zh="请刷新页面查看办结情况。没有任何改动。",
        en="Reload the page to see how it ended. Nothing was changed.",
    )


class CaseStillOpen(DomainError):
    code = "sharing.rectification.case_still_open"
    message = Text(
        zh="还有 {count} 个事项没有销号，不能办结。", en="{count} of its items are still open."
    )
    remedy = Text(
        zh="全部销号后再办结。没有任何改动。", en="Close them out first. Nothing was changed."
    )


class CaseWithoutItems(DomainError):
    code = "sharing.rectification.case_without_items"
    message = Text(
        zh="请选择尚未归入其他共性问题的整改事项。",
        en="Choose items that no other joint case holds.",
    )
    remedy = Text(zh="至少一项。没有任何改动。", en="One at least. Nothing was changed.")
    status = 422
    fields = ("items",)


class TalkHeldAlready(DomainError):
    code = "sharing.rectification.talk_held_already"
    message = Text(zh="这次约谈已有记录。", en="This talk has its record already.")
    remedy = Text(zh="记录不能改写。没有任何改动。", en="A record stays. Nothing was changed.")


class SheetUnfit(DomainError):
    code = "sharing.evaluation.unfit"
    message = Text(
        zh="评估表填写不符合要求：扣分须有分值和理由，虚假整改数须在 0 至 100000 之间。",
        en="The sheet does not hold: a deduction has points and a reason, false items are 0 to 100000.",
    )
    remedy = Text(
        zh="请补填分值和理由后重新提交。没有任何改动。",
        en="Enter points and reason. Nothing was changed.",
    )
    status = 422
    fields = ("deductions",)


class CannotBeDrawn(DomainError):
    code = "sharing.look_back.cannot_be_drawn"
    message = Text(
        zh="范围内的名称须各不相同，抽取数量须在范围之内，并须有随机种子。",
        en="Names differ, no more are drawn than there are, and there is a seed.",
    )
    remedy = Text(
        zh="请核对名称、数量和种子后重新提交。没有任何改动。",
        en="Check names, number and seed. Nothing was changed.",
    )
    status = 422
    fields = ("population", "count", "seed")


class NotDrawn(DomainError):
    code = "sharing.look_back.not_drawn"
    message = Text(
        zh="只能填写抽中的对象；虚假整改须写明所涉单位已销号的事项，新问题须写明内容。",
        en="Results are of those drawn; a false one names a closed item of the units covered, a new finding its words.",
    )
    remedy = Text(
        zh="请逐行核对后重新提交。没有任何改动。", en="Check each line. Nothing was changed."
    )
    status = 422
    fields = ("results",)
