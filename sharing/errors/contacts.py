"""Refusals about who speaks for a unit."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text


class ContactWithoutSeat(DomainError):
    code = "sharing.contact.without_seat"
    message = Text(
        zh="此人今天在本单位没有相应岗位，不能指定。",
        en="This person holds no seat for it in your office today.",
    )
    remedy = Text(
        zh="请先由管理员授予“被巡察单位联络员”或监督整改的岗位。没有任何改动。",
        en="Have the administrators grant the liaison's or the supervisor's seat first. Nothing was changed.",
    )
    status = 422
    fields = ("person",)


class ContactInTheOtherCapacity(DomainError):
    code = "sharing.contact.in_the_other_capacity"
    message = Text(
        zh="{person}已是“{name}”的{capacity}，同一人不能既代表单位、又监督其整改。",
        en="{person} already is the {capacity} of “{name}”: nobody speaks for a unit and supervises it.",
    )
    remedy = Text(
        zh="请另选一人，或先取消原来的指定。没有任何改动。",
        en="Choose somebody else, or take away the other first. Nothing was changed.",
    )
    fields = ("person",)
