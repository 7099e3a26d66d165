"""Refusals about clues and their hand-over."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class NoDirectRoom(DomainError):
    code = "sharing.clue.no_direct_room"
    message = Text(
        zh="您没有可登记线索的直报工作间。",
        en="You work in no direct room in which clues are kept.",
    )
    remedy = Text(
        zh="请在组成巡察组后，以市委巡察办的席位登录再登记。",
        en="Sign in with your seat at the city's office, once your team is authorised.",
    )
    status = 409


class ClueNotYours(DomainError):
    code = "sharing.clue.not_yours_to_amend"
    message = Text(
        zh="线索内容只能由登记人在组务会研判前修改。",
        en="What a clue says is changed by who registered it alone, until the meeting has judged.",
    )
    remedy = Text(
        zh="请组长退回登记人补充。没有任何改动。",
        en="Ask the leader to send it back. Nothing was changed.",
    )
    status = 409


class EvidenceTooLong(DomainError):
    code = "sharing.clue.evidence_too_long"
    message = Text(
        zh="佐证材料最多 {most} 项，每项不超过 {longest} 字。",
        en="There are {most} pieces of evidence at most, each described in {longest} characters.",
    )
    remedy = Text(zh="请精简后再提交。", en="Shorten them, then go on.")
    status = 422
    fields = ("evidence",)


class MeetingInTheFuture(DomainError):
    code = "sharing.clue.meeting_in_the_future"
    message = Text(zh="组务会日期不能晚于今天。", en="The team meeting cannot be after today.")
    remedy = Text(zh="请填写会议召开的日期。", en="Give the day on which it met.")
    status = 422
    fields = ("met_on",)


class ListIsEmpty(DomainError):
    code = "sharing.hand_over.list_is_empty"
    message = Text(zh="清单上没有线索。", en="There is no clue on the list.")
    remedy = Text(zh="请至少选择一件已接收的线索。", en="Choose one at least that was taken in.")
    status = 422
    fields = ("clues",)


class ListTooLong(DomainError):
    code = "sharing.hand_over.list_too_long"
    message = Text(zh="一份清单最多 {most} 件线索。", en="A list holds {most} clues at most.")
    remedy = Text(zh="请分成几份清单移交。", en="Hand them over in several lists.")
    status = 422
    fields = ("clues",)


class ClueNotToHandOver(DomainError):
    code = "sharing.hand_over.clue_not_taken_in"
    message = Text(
        zh="所选线索中有的已不在“已接收”状态，可能刚被移交。",
        en="One of the clues is not with the office any more: it may just have been handed over.",
    )
    remedy = Text(
        zh="请刷新页面重新选择。没有签出任何清单。",
        en="Load the page anew and choose again. No list was signed.",
    )
    status = 409
    fields = ("clues",)


class ListAlreadyAcknowledged(DomainError):
    code = "sharing.hand_over.already_acknowledged"
    message = Text(zh="这份清单已经签收。", en="The receipt of this list is signed already.")
    remedy = Text(zh="请刷新页面查看签收编号。", en="Load the page anew: it shows the receipt.")
    status = 409


class NothingToUrge(DomainError):
    code = "sharing.hand_over.nothing_to_urge"
    message = Text(
        zh="这份清单目前没有可以催办的事项。", en="Nothing of this list is to be urged now."
    )
    remedy = Text(
        zh="尚未签收，或清单上有线索逾期的，方可催办。",
        en="Urge while its receipt is missing, or when a clue on it is overdue.",
    )
    status = 409


class ListUrgedToday(DomainError):
    code = "sharing.hand_over.urged_today"
    message = Text(zh="这份清单今天已经催办过。", en="This list was urged today already.")
    remedy = Text(zh="请刷新页面查看催办函。", en="Load the page anew: it shows the letter.")
    status = 409


class NotOneOnBothSides(DomainError):
    code = "sharing.hand_over.one_person_on_both_sides"
    message = Text(zh="移交方和接收方不能是同一人。", en="Nobody signs a list for both sides.")
    remedy = Text(zh="请由纪检监察机关的其他人员签收。", en="Let somebody else sign the receipt.")
    status = 403


class NothingToReceive(DomainError):
    code = "sharing.hand_over.nothing_to_receive"
    message = Text(
        zh="清单上的线索都已退回，没有可签收的内容。",
        en="Every clue on the list was returned: there is nothing left to sign for.",
    )
    remedy = Text(zh="请等待巡察办重新移交。", en="Wait for the office to hand them over anew.")
    status = 409


class OutcomesDoNotHold(DomainError):
    code = "sharing.clue.outcomes_do_not_hold"
    message = Text(zh="办理结果不符合要求：{fault}。", en="The outcomes do not hold: {fault}.")
    remedy = Text(zh="请改正后再提交。没有任何改动。", en="Correct them. Nothing was changed.")
    status = 422
    fields = ("outcomes",)
