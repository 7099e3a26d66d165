"""Refusals about the posts of a team."""

from __future__ import annotations

from kernel.errors import DomainError
from kernel.text import Text

UNCHANGED_ZH, UNCHANGED_EN = "没有任何改动。", "Nothing was changed."


class PostForOutsiders(DomainError):
    code = "sharing.post.for_outsiders"
    message = Text(
        zh="该岗位只由外地成员担任，{name}是被巡察县（区）的成员。",
        en="Only people from outside the county hold this post; {name} is of the county.",
    )
    remedy = Text(
        zh=f"请另选一位外地成员。{UNCHANGED_ZH}", en=f"Choose somebody else. {UNCHANGED_EN}"
    )
    fields = ("person",)


class PostNotOfTheRoom(DomainError):
    code = "sharing.post.not_of_the_room"
    message = Text(
        zh="本工作间没有这个岗位，或该成员尚未进入工作间。",
        en="The room has no such post, or that person does not work in it.",
    )
    remedy = Text(zh=f"请重新选择。{UNCHANGED_ZH}", en=f"Choose again. {UNCHANGED_EN}")
    status = 422
    fields = ("person",)


class PostNamedByTheLeader(DomainError):
    code = "sharing.post.named_by_the_leader"
    message = Text(zh="岗位由本组组长指定。", en="The leader of this very team names.")
    remedy = Text(zh=f"请转告组长。{UNCHANGED_ZH}", en=f"Tell the leader. {UNCHANGED_EN}")
    status = 403


class PostHeldAlready(DomainError):
    code = "sharing.post.held_already"
    message = Text(zh="{name}已经担任该岗位。", en="{name} holds this post already.")
    remedy = Text(zh=f"无需再次指定。{UNCHANGED_ZH}", en=UNCHANGED_EN)
    fields = ("person",)


class PostNotHeld(DomainError):
    code = "sharing.post.not_held"
    message = Text(zh="该成员已不担任该岗位。", en="That person no longer holds this post.")
    remedy = Text(zh=f"请刷新页面。{UNCHANGED_ZH}", en=f"Load the page again. {UNCHANGED_EN}")
