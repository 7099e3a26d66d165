"""Refusals of an act in a record's life."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class StepOutOfTurn(DomainError):
    code = "sharing.step.out_of_turn"
    message = Text(
        zh="当前状态为“{state}”，不能办理“{act}”。",
        en="It is at “{state}”: “{act}” does not follow from there.",
    )
    remedy = Text(
        zh="可能已由他人办理，请刷新页面查看。没有任何改动。",
        en="Somebody may have been quicker: load the page anew. Nothing was changed.",
    )


class StepOfAnotherHand(DomainError):
    code = "sharing.step.of_another_hand"
    message = Text(zh="“{act}”由{hands}办理。", en="“{act}” is done by {hands}.")
    remedy = Text(
        zh="请转告有权办理的人员。没有任何改动。", en="Tell whose it is. Nothing was changed."
    )
    status = 403


class StepLacks(DomainError):
    code = "sharing.step.lacks"
    message = Text(zh="办理“{act}”前还缺：{needs}。", en="Before “{act}” there must be: {needs}.")
    remedy = Text(
        zh="补齐后再办理。已填写的内容没有丢失。",
        en="Add what is missing, then go on. What was entered is kept.",
    )
    status = 422


class StepWantsAReason(DomainError):
    code = "sharing.step.wants_a_reason"
    message = Text(zh="办理“{act}”须写明理由。", en="“{act}” wants a reason.")
    remedy = Text(zh="请填写理由后再提交。", en="Say why, then go on.")
    status = 422


class StepUnknown(DomainError):
    code = "sharing.step.unknown"
    message = Text(zh="没有这项办理事项。", en="There is no such act here.")
    remedy = Text(
        zh="请从页面上的按钮办理。没有任何改动。",
        en="Use the buttons of the page. Nothing was changed.",
    )
    status = 422
    fields = ("act",)
