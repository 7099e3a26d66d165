"""Refusals about documents that a team asks for."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class BodyNotThere(DomainError):
    code = "sharing.document_request.body_not_there"
    message = Text(zh="名录中没有这个单位。", en="The registry has no such body.")
    remedy = Text(
        zh="请重新选择单位，已填写的内容没有丢失。", en="Choose another; what you typed is kept."
    )
    status = 422
    fields = ("unit",)


class AccountsOfThePost(DomainError):
    code = "sharing.document_request.accounts_of_the_post"
    message = Text(
        zh="财务账目由担任财务资料岗位的成员调阅。", en="Accounts are asked for by the post."
    )
    remedy = Text(
        zh="请组长先在岗位分工中指定。已填写的内容没有丢失。",
        en="The leader names people to it. What you typed is kept.",
    )
    status = 403
    fields = ("is_accounts",)
