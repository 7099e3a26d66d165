"""Refusals about comparing clues, and about answering a hit. None depends on what another office did."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class ComparingIsOff(DomainError):
    code = "sharing.corroboration.off"
    message = Text(
        zh="本系统尚未启用线索比对。", en="Clues are not compared here: the matcher is not set up."
    )
    remedy = Text(
        zh="请系统管理员按部署说明启用比对服务。没有任何内容被保存。",
        en="Ask whoever runs the system (deploy/README.md). Nothing was kept.",
    )
    status = 503


class IdentifierUnread(DomainError):
    code = "sharing.corroboration.identifier_unread"
    message = Text(zh="{why}", en="{why}")
    remedy = Text(
        zh="请核对后再保存。填写的内容没有保存，也没有发出。",
        en="Look it up and try again. Nothing of it was kept or sent.",
    )
    status = 422


class NothingToCompare(DomainError):
    code = "sharing.corroboration.nothing_to_compare"
    message = Text(
        zh="填写的内容不足以比对：只有姓名或只有单位编码的，不作比对。",
        en="This is not enough to compare: a name alone, or a unit code alone, is not compared.",
    )
    remedy = Text(
        zh="请填写公民身份号码、统一社会信用代码、电话号码、银行卡号、单位账号中的一项；"
        "或同时填写姓名和所在单位的单位编码。没有保存任何内容。",
        en="Give an ID number, a credit code, a phone number, a bank card or a unit's account; or a name"
        " together with the unit code. Nothing was kept.",
    )
    status = 422
    fields = ("written",)


class ClueNotCompared(DomainError):
    code = "sharing.corroboration.clue_not_compared"
    message = Text(zh="{why}", en="{why}")
    remedy = Text(
        zh="条件具备后再申请。没有任何内容被发出。",
        en="Ask again once that is so. Nothing was sent.",
    )


class PartyAskedAlready(DomainError):
    code = "sharing.corroboration.asked_already"
    message = Text(
        zh="该对象已申请比对或已撤回。", en="This was asked about before, or taken back."
    )
    remedy = Text(
        zh="请刷新页面查看。没有任何改动。", en="Load the page anew. Nothing was changed."
    )


class QuotaUsedUp(DomainError):
    code = "sharing.corroboration.quota_used_up"
    message = Text(
        zh="今天的比对额度不够：该对象需 {rows} 项，每人每天 {of_user} 项、每个单位每天 {of_office} 项。",
        en="Not enough is left of today's quota: this takes {rows}; a person has {of_user} a day, an office {of_office}.",
    )
    remedy = Text(
        zh="请明天再申请。已填写的内容仍在，没有发出。",
        en="Ask tomorrow. What was entered is kept, and was not sent.",
    )
    status = 429


class HitNotAnswered(DomainError):
    code = "sharing.corroboration.not_answered"
    message = Text(zh="{why}", en="{why}")
    remedy = Text(
        zh="请刷新页面查看。没有任何改动。", en="Load the page anew. Nothing was changed."
    )


class AnswersElsewhere(DomainError):
    code = "sharing.corroboration.answers_elsewhere"
    message = Text(
        zh="您在另一单位也有办理线索的席位，不能代表任何一方同意。",
        en="You have a seat with clues in another office as well: you consent for neither.",
    )
    remedy = Text(
        zh="请由只在本单位任职的同事办理。没有任何改动。",
        en="Let colleagues do it who sit in this office alone. Nothing was changed.",
    )
    status = 403
