"""Refusals about the register of petitions."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class PetitionOfTheFuture(DomainError):
    code = "sharing.petition.of_the_future"
    message = Text(zh="收到日期不能晚于今天。", en="It cannot have come after today.")
    remedy = Text(
        zh="请改选日期，已填写的内容没有丢失。", en="Choose another day; what you typed is kept."
    )
    status = 422
    fields = ("received_on",)


class PetitionTraceable(DomainError):
    code = "sharing.petition.traceable"
    message = Text(
        zh="内容中有手机号码或身份证号码，信访登记不记录反映人身份。",
        en="It holds a telephone or identity number; the register does not say who petitioned.",
    )
    remedy = Text(
        zh="请删去号码。需要保留反映人身份的，登记为问题线索后在线索中封存。",
        en="Take the number out. To keep who it was, register a clue and seal the informant there.",
    )
    status = 422


class PetitionHandledAlready(DomainError):
    code = "sharing.petition.handled"
    message = Text(zh="这件信访已经办理。", en="This petition was handled already.")
    remedy = Text(
        zh="请刷新页面查看去向。没有任何改动。", en="Load the page again. Nothing was changed."
    )


class PetitionClueMissing(DomainError):
    code = "sharing.petition.clue_missing"
    message = Text(zh="请选择由这件信访登记的线索。", en="Say which clue was registered from it.")
    remedy = Text(
        zh="先在线索中登记，再回来选择；已填写的内容没有丢失。",
        en="Register the clue first, then choose it; what you typed is kept.",
    )
    status = 422
    fields = ("clue",)
