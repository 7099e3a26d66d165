"""Refusals about who gave a hint, and about interference."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class InformantKnown(DomainError):
    code = "sharing.informant.entered_already"
    message = Text(
        zh="该线索的反映人身份已封存，不能再次录入。",
        en="Who gave this hint is sealed already; it is not entered twice.",
    )
    remedy = Text(zh="如需更正，请联系保管人。", en="Ask a custodian, if it has to be corrected.")


class InformantEmpty(DomainError):
    code = "sharing.informant.empty"
    message = Text(zh="请至少填写一项身份信息。", en="Enter one thing about the person at least.")
    remedy = Text(zh="不掌握身份的，不必录入。", en="Where nothing is known, enter nothing.")
    status = 422
    fields = ("name",)


class OpeningWantsAReason(DomainError):
    code = "sharing.informant.opening_wants_a_reason"
    message = Text(
        zh="须写明事由（不少于 4 个字）。",
        en="It wants a reason, of four characters at least.",
    )
    remedy = Text(zh="事由会永久记录。", en="The reason stays on record.")
    status = 422
    fields = ("reason",)


class InformantDestroyed(DomainError):
    code = "sharing.informant.destroyed"
    message = Text(zh="该身份信息已销毁，无法恢复。", en="It has been destroyed, for good.")
    remedy = Text(
        zh="销毁记录中有时间、经办人和事由。", en="The record says when, by whom and why."
    )
    status = 410


class NotByProgram(DomainError):
    code = "sharing.informant.not_by_program"
    message = Text(
        zh="封存身份只能由保管人本人在页面上开启。",
        en="What is sealed is opened by a custodian in person, on a page.",
    )
    remedy = Text(zh="请登录系统后办理。", en="Sign in and do it there.")
    status = 403


class NotToBeCustodian(DomainError):
    code = "sharing.custodian.not_to_be_named"
    message = Text(zh="该人员不能担任保管人。", en="They cannot be a custodian.")
    remedy = Text(
        zh="保管人须为本单位纪检监察机关或信访部门的在任人员，且不是主任本人。",
        en="A custodian sits for the discipline body or the petition office, and is not the director.",
    )
    fields = ("person",)


class ThreeCustodians(DomainError):
    code = "sharing.custodian.three_at_most"
    message = Text(zh="保管人最多三名。", en="There are three custodians at most.")
    remedy = Text(zh="请先结束其中一名。", en="End one of them first.")
    fields = ("person",)


class CustodianByTwo(DomainError):
    code = "sharing.custodian.in_force_by_two"
    message = Text(
        zh="须由另一人确认，且只能确认一次。", en="A second person puts it in force, once."
    )
    remedy = Text(
        zh="请由领导小组成员确认；指定人和保管人本人不能确认。",
        en="Somebody of the leading group does; neither who named nor who was named.",
    )


class HappenedInTheFuture(DomainError):
    code = "sharing.interference.in_the_future"
    message = Text(zh="发生日期不能晚于今天。", en="It cannot have happened after today.")
    remedy = Text(zh="请填写实际发生的日期。", en="Give the day on which it happened.")
    status = 422
    fields = ("happened_on",)


class DealtWithAlready(DomainError):
    code = "sharing.interference.dealt_with"
    message = Text(
        zh="已移交纪检监察机关，处理结果不再改变。",
        en="It was handed to the discipline body: that stands.",
    )
    remedy = Text(zh="请刷新页面查看。", en="Load the page anew.")
