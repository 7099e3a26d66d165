"""Refusals about letters."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class LetterNotADraft(DomainError):
    code = "sharing.letter.not_a_draft"
    message = Text(zh="只有起草中的函件可以修改。", en="Only a draft can be changed.")
    remedy = Text(
        zh="审核中的函件请先退回修改；签发后的内容不再变动。没有任何改动。",
        en="Have it returned from review first; what was signed stays as it is. Nothing was changed.",
    )


class LetterWithoutAddressee(DomainError):
    code = "sharing.letter.without_addressee"
    message = Text(
        zh="所选收函对象目前没有在岗的收函人。", en="Whom you chose receives no letters here today."
    )
    remedy = Text(
        zh="请从列表中选择本单位的部门、县（区）领导或有关机关。没有任何改动。",
        en="Choose a unit, county leader or body of the office from the list. Nothing was changed.",
    )
    status = 422
    fields = ("to",)


class LetterCopiedToItsAddressee(DomainError):
    code = "sharing.letter.copied_to_its_addressee"
    message = Text(zh="主送对象不必再抄送。", en="Whom it goes to gets no copy besides.")
    remedy = Text(zh="请从抄送中去掉。", en="Take them out of the copies.")
    status = 422
    fields = ("copies",)


class LetterCannotBeUrged(DomainError):
    code = "sharing.letter.cannot_be_urged"
    message = Text(
        zh="只有已发出、尚未回复的函件可以催办。",
        en="Only what was sent and not answered yet is urged.",
    )
    remedy = Text(
        zh="对方可能刚刚回复，请刷新查看。没有任何改动。",
        en="They may have answered just now: load the page anew. Nothing was changed.",
    )


class LetterSignedByAnother(DomainError):
    code = "sharing.letter.signed_by_another"
    message = Text(zh="{kind}由{signer}签发。", en="A {kind} is signed by {signer}.")
    remedy = Text(
        zh="请转告有权签发的人员。没有任何改动。", en="Tell whose it is. Nothing was changed."
    )
    status = 403
