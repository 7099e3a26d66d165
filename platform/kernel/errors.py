"""Refusals: what happened, with figures; what to do now; what stays true meanwhile."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from kernel.text import Language, Text


class DomainError(Exception):
    """A refusal in words. Pages and commands show the same four things of it.

    Subclasses give `code` (stable, for programs), `message` and `remedy` (for people, with
    placeholders) and `status` (the HTTP status that fits). `data` fills the placeholders.

    `fields` names what of the given does not hold, in the words of the service's arguments:
    `ends_on`, or `teams.2.size` for the third entry of a list. A page then shows the refusal
    beside what was typed. Without them the refusal concerns the act as a whole.
    """

    code: ClassVar[str]
    message: ClassVar[Text]
    remedy: ClassVar[Text]
    status: ClassVar[int] = 409
    fields: tuple[str, ...] = ()

    def __init__(self, **data: Any) -> None:
        super().__init__(data)
        self.data = data

    def at(self, *fields: str) -> Self:
        """This refusal, of these fields: `raise TeamsOutOfOrder(...).at("teams.2.size")`."""
        self.fields = fields
        return self

    def in_language(self, language: Language) -> tuple[str, str]:
        """The message and the remedy, filled in."""
        return (
            self.message.format(**self.data)[language],
            self.remedy.format(**self.data)[language],
        )

    def __str__(self) -> str:
        return " ".join(self.in_language("en"))


class NotVisible(DomainError):
    """Not there, or not yours: the two are told apart by nobody."""

    code = "kernel.object.not_visible"
    message = Text(zh="没有找到您要的内容。", en="There is nothing here that you can see.")
    remedy = Text(
        zh="请核对编号；如确需查看，请向主办该事项的巡察办申请。",
        en="Check the number, or ask the office in charge for access.",
    )
    status = 404


class NotAllowed(DomainError):
    """The actor's roles do not carry the permission."""

    code = "kernel.act.not_allowed"
    message = Text(
        zh="您当前的身份不能进行这项操作（{permission}）。",
        en="Your role here does not allow this ({permission}).",
    )
    remedy = Text(
        zh="请由有权限的同事办理，或请本单位负责人调整您的角色。数据没有任何改动。",
        en="Ask a colleague who may, or have your role changed. Nothing was altered.",
    )
    status = 403
