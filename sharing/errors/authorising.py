"""Refusals about authorising a team, and about who sits in its rooms."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text
from sharing.domain.authorisations import LONGEST_DAYS, TermFault

NOTHING_CHANGED = Text(zh="没有任何改动。", en="Nothing was changed.")


class AuthorisationNotOpen(DomainError):
    code = "sharing.authorisation.not_open"
    message = Text(
        zh="这项授权不再等待办理：已经办结，或方案已更正、撤回。",
        en="This no longer waits for an answer: it was answered, or its plan was corrected or"
        " withdrawn.",
    )
    remedy = Text(
        zh="请返回授权列表查看最新情况。没有任何改动。",
        en="Go back to the list and look again. Nothing was changed.",
    )


class NothingInForce(DomainError):
    code = "sharing.authorisation.nothing_in_force"
    message = Text(
        zh="该轮次目前没有公布在用的方案。",
        en="No plan of this round is in force.",
    )
    remedy = Text(
        zh="方案公布后再提请授权。没有任何改动。",
        en="Publish a plan first. Nothing was changed.",
    )


class NoSuchTeamThere(DomainError):
    code = "sharing.authorisation.no_such_team"
    message = Text(
        zh="公布的方案中没有这个组进驻该单位所属的县（区），或组内人员均须回避。",
        en="By the published plan no such team visits units of that county, or all of its people"
        " are kept away.",
    )
    remedy = Text(zh="请核对公布的方案。没有任何改动。", en="Look at the plan in force.")
    status = 422


class ProposedAlready(DomainError):
    code = "sharing.authorisation.proposed_already"
    message = Text(
        zh="该组已提请授权，正在等待办理。", en="The team is proposed, and waits for an answer."
    )
    remedy = Text(
        zh="无须重复提请，请在授权列表查看。", en="There is nothing to repeat: see the list."
    )


class AuthorisedAlready(DomainError):
    code = "sharing.authorisation.authorised_already"
    message = Text(
        zh="该组在本轮次中已获授权，授权仍在期限内。",
        en="The team is authorised for this round, and its term is not over.",
    )
    remedy = Text(
        zh="一次一授权。人员有变动的，在工作间页面接纳或结束；要另行授权，先收回原授权。",
        en="One round, one authorisation. Admit or end members on the room's page; to authorise"
        " anew, revoke this one first.",
    )


class AuthorisedByAnother(DomainError):
    code = "sharing.authorisation.by_another"
    message = Text(
        zh="提请授权和办理授权须由两个人分别办理。",
        en="Whoever proposed an authorisation does not grant it.",
    )
    remedy = Text(
        zh="请由本单位另一名有权人员办理。没有任何改动。",
        en="Another person of the office answers it. Nothing was changed.",
    )
    status = 403


_TERM = {
    TermFault.OUT_OF_ORDER: Text(
        zh="授权截止日须晚于起始日。", en="The term ends after it begins."
    ),
    TermFault.BEFORE_PUBLICATION: Text(
        zh="授权不能早于方案公布之日。", en="The term does not begin before the publication."
    ),
    TermFault.TOO_LONG: Text(
        zh=f"授权期限最长 {LONGEST_DAYS} 天。", en=f"The term lasts {LONGEST_DAYS} days at most."
    ),
    TermFault.OVER: Text(zh="授权截止日已过。", en="The term is over already."),
}


class TermCannotBe(DomainError):
    code = "sharing.authorisation.term"
    message = Text(zh="授权期限不符合要求。{fault}", en="This term cannot be. {fault}")
    remedy = Text(
        zh="请改正日期后重新提交，已填写的内容没有丢失。",
        en="Correct the dates; what you typed is kept.",
    )
    status = 422
    fields = ("starts_on", "until_on")

    @classmethod
    def by(cls, fault: TermFault) -> TermCannotBe:
        return cls(fault=_TERM[fault])


class DocumentMissing(DomainError):
    code = "sharing.authorisation.document_missing"
    message = Text(
        zh="授权须写明文号和授权机关。",
        en="An authorisation names its document and the body that authorises.",
    )
    remedy = Text(zh="请补齐后重新提交。", en="Add them and send it again.")
    status = 422
    fields = ("document_number", "authorised_by")


class DocumentUsed(DomainError):
    code = "sharing.authorisation.document_used"
    message = Text(
        zh="文号“{document}”已用于其他轮次，或已用于该组先前的授权。",
        en="Document {document} served another round, or this team before.",
    )
    remedy = Text(
        zh="一次一授权：请填写本次授权文件的文号。",
        en="One round, one authorisation: give the number of the document of this one.",
    )
    status = 422
    fields = ("document_number",)


class ReasonMissing(DomainError):
    code = "sharing.authorisation.reason_missing"
    message = Text(zh="请写明理由。", en="Say why.")
    remedy = Text(zh="填写后重新提交。", en="Add it and send it again.")
    status = 422
    fields = ("words",)


class RoomNotOpen(DomainError):
    code = "sharing.room.not_open"
    message = Text(
        zh="工作间未开放：尚未授权、授权期满或已收回。",
        en="The room is not open: not authorised yet, at the end of its term, or closed.",
    )
    remedy = Text(zh="请返回授权页面查看。没有任何改动。", en="See the authorisation's page.")


class NotOfTheTeam(DomainError):
    code = "sharing.member.not_of_the_team"
    message = Text(
        zh="此人不在公布在用方案的该组名单中。", en="By the plan in force they are not of the team."
    )
    remedy = Text(
        zh="人员变动先更正方案并公布，再接纳进组。没有任何改动。",
        en="Correct and publish the plan first. Nothing was changed.",
    )


class NoAccountToSeat(DomainError):
    code = "sharing.member.no_account"
    message = Text(
        zh="派出单位尚未登记此人的账号，或该账号不能使用。",
        en="Their office has linked no account to them, or the account cannot be used.",
    )
    remedy = Text(
        zh="请派出单位主任在名册的人员页面登记账号后再接纳。没有任何改动。",
        en="The director of their office links the account on the person's page; then admit them.",
    )


class NotInTheRoom(DomainError):
    code = "sharing.member.not_in_the_room"
    message = Text(zh="此人已不在工作间。", en="They do not sit in the room.")
    remedy = NOTHING_CHANGED


class AccountNotFound(DomainError):
    code = "sharing.person_account.not_found"
    message = Text(
        zh="没有可登记的账号“{username}”：账号不存在、已停用、姓名与名册不一致，或属于管理员。",
        en="No account {username} can be linked: it is not there, is closed, bears another name, or"
        " is an administrator's.",
    )
    remedy = Text(
        zh="请核对账号；姓名不一致的，请系统管理员核实账号后再登记。没有任何改动。",
        en="Check the account; where the names differ, ask a system administrator.",
    )
    status = 422
    fields = ("username",)


class AccountTaken(DomainError):
    code = "sharing.person_account.taken"
    message = Text(
        zh="此人已登记账号，或该账号已登记给本单位的另一人。",
        en="The person has an account already, or the account is another person's of this office.",
    )
    remedy = Text(zh="一人一账号。请先解除原登记。", en="One person, one account: unlink first.")
    fields = ("username",)


class AccountSitsInRoom(DomainError):
    code = "sharing.person_account.sits_in_room"
    message = Text(
        zh="{person}正在工作间内办理，授权结束前不能解除账号登记。",
        en="{person} sits in an open room: the account stays linked until that ends.",
    )
    remedy = Text(
        zh="需要时由授权单位先结束其在组身份。没有任何改动。",
        en="The office that authorised may end their membership first. Nothing was changed.",
    )
