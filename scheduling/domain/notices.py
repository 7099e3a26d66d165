"""What can happen that somebody should look at: its words, who sees it, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from types import MappingProxyType
from typing import Any, Literal

from kernel.text import Text, moment_text

Page = Literal[
    "call",
    "round",
    "plan",
    "publication",
    "request",
    "extract",
    "emergency",
    "webhook",
    "token",
    "deadlines",
    "letter",
    "report",
    "item",
    "authorisation",
    "ledger_clue",
    "hand_over",
    "share",
    "hit",
    "hits",
    "digest",
    "digests",
]


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """`permission` is the value of a tenancy permission: whoever holds it in the receiving office
    sees the notice. `page` is what the notice's number counts."""

    code: str
    says: Text
    permission: str
    page: Page

    @property
    def names(self) -> frozenset[str]:
        """What `about` has to bring along."""
        return frozenset(name for _, name, *_ in Formatter().parse(self.says.zh) if name)

    def told(self, about: Mapping[str, Any]) -> Text:
        return self.says.format(**{name: _spoken(name, said) for name, said in about.items()})


# What is kept as the database writes instants, in China's time: 2026-03-02 09:30.
MOMENTS = frozenset({"until"})


def _spoken(name: str, said: Any) -> Any:
    """An instant as every page writes one."""
    return moment_text(datetime.strptime(said, "%Y-%m-%d %H:%M")) if name in MOMENTS else said


NOTICES: tuple[NoticeKind, ...] = (
    # --- To an office that is called on ---------------------------------------------------
    NoticeKind(
        "call_received",
        Text(
            zh="“{round}”通知本单位放行人员、报送单位。",
            en="“{round}” asks your office for people and units.",
        ),
        "view_releases",
        "call",
    ),
    NoticeKind(
        "releases_closed",
        Text(
            zh="“{round}”的放行已截止：市委巡察办开始求解。",
            en="Releases for “{round}” are closed: the city begins to solve it.",
        ),
        "view_releases",
        "call",
    ),
    NoticeKind(
        "releases_reopened",
        Text(
            zh="“{round}”的放行重新开放，可重新放行和撤回。",
            en="Releases for “{round}” are open again.",
        ),
        "view_releases",
        "call",
    ),
    NoticeKind(
        "confirmation_asked",
        Text(
            zh="“{round}”拟派出本单位 {people} 人，请确认或提出异议。",
            en="“{round}” is to take {people} of your people. Please confirm or object.",
        ),
        "confirm_people",
        "request",
    ),
    NoticeKind(
        "confirmation_dropped",
        Text(
            zh="“{round}”目前不需要本单位确认派出人员：方案退回修改，或不再涉及本单位人员。",
            en="Nothing is to be confirmed for “{round}” now: its plan goes back to the desk, or"
            " none of your people are in it any more.",
        ),
        "confirm_people",
        "request",
    ),
    NoticeKind(
        "extract_published",
        Text(
            zh="“{round}”的方案已公布（第 {edition} 版），请查看本单位的派出和来巡安排。",
            en="“{round}” is published (version {edition}): see who goes out and who comes.",
        ),
        "view_dispatch",
        "extract",
    ),
    NoticeKind(
        "extract_corrected",
        Text(
            zh="“{round}”的方案已更正（第 {edition} 版），本单位的安排有变动。",
            en="“{round}” is corrected (version {edition}): something of yours changed.",
        ),
        "view_dispatch",
        "extract",
    ),
    NoticeKind(
        "extract_withdrawn",
        Text(
            zh="“{round}”第 {edition} 版方案已撤回，原安排不再执行。",
            en="Version {edition} of “{round}” is withdrawn: it is no longer in force.",
        ),
        "view_dispatch",
        "extract",
    ),
    # --- To the office whose people's facts are asked for: the database tells it by itself ------
    NoticeKind(
        "emergency_asked",
        Text(
            zh="{office_name}申请紧急查阅本单位在“{round}”中放行人员的情况，请确认或驳回。",
            en="{office_name} asks to read what your people released to “{round}” are known by.",
        ),
        "confirm_emergency",
        "emergency",
    ),
    NoticeKind(
        "emergency_in_force",
        Text(
            zh="{office_name}对本单位在“{round}”中放行人员的紧急授权已生效，30 分钟后自动结束；"
            "所打开的每条记录都列在页面上。",
            en="{office_name} may read what your people in “{round}” are known by, for 30 minutes:"
            " every record that it opens is listed.",
        ),
        "confirm_emergency",
        "emergency",
    ),
    # --- To the office that leads the round -------------------------------------------------
    NoticeKind(
        "people_confirmed",
        Text(
            zh="{office_name}已确认“{round}”的派出人员。",
            en="{office_name} confirmed whom it sends to “{round}”.",
        ),
        "view_plan",
        "plan",
    ),
    NoticeKind(
        "people_objected",
        Text(
            zh="{office_name}对“{round}”的 {people} 名派出人员提出异议。",
            en="{office_name} objects to {people} of the people that it is to send to “{round}”.",
        ),
        "view_plan",
        "plan",
    ),
    NoticeKind(
        "plan_proposed",
        Text(
            zh="“{round}”方案第 {version} 版已提请审核。",
            en="Plan {version} of “{round}” is proposed for approval.",
        ),
        "approve_plan",
        "plan",
    ),
    NoticeKind(
        "plan_taken_back",
        Text(
            zh="“{round}”方案第 {version} 版已由排期员收回。",
            en="Plan {version} of “{round}” was taken back by the scheduler.",
        ),
        "approve_plan",
        "plan",
    ),
    NoticeKind(
        "plan_returned",
        Text(
            zh="“{round}”方案第 {version} 版被退回，请查看意见。",
            en="Plan {version} of “{round}” was returned, with words.",
        ),
        "propose_plan",
        "plan",
    ),
    NoticeKind(
        "plan_approved",
        Text(
            zh="“{round}”方案第 {version} 版已批准。",
            en="Plan {version} of “{round}” is approved.",
        ),
        "view_plan",
        "plan",
    ),
    NoticeKind(
        "plan_published",
        Text(
            zh="“{round}”的方案已公布（第 {edition} 版）。",
            en="“{round}” is published as version {edition}.",
        ),
        "view_plan",
        "publication",
    ),
    NoticeKind(
        "plan_corrected",
        Text(
            zh="“{round}”的方案已更正为第 {edition} 版，原版本不再执行。",
            en="“{round}” is corrected: version {edition} takes the place of the one before.",
        ),
        "view_plan",
        "publication",
    ),
    NoticeKind(
        "plan_withdrawn",
        Text(
            zh="“{round}”第 {edition} 版方案已撤回。",
            en="Version {edition} of “{round}” is withdrawn.",
        ),
        "view_plan",
        "publication",
    ),
    NoticeKind(
        "release_stale",
        Text(
            zh="{office_name}放行到“{round}”的人员中有 {people} 人情况有变，需要该单位重新放行。",
            en="{people} of the people whom {office_name} released to “{round}” are out of date.",
        ),
        "view_round",
        "round",
    ),
    NoticeKind(
        "declaration_received",
        Text(
            zh="{office_name}对“{round}”作了申报，请查看对方案的影响。",
            en="{office_name} made a declaration for “{round}”: see what it does to the plans.",
        ),
        "view_round",
        "round",
    ),
    # --- To whoever keeps the office's programs -----------------------------------------------
    NoticeKind(
        "webhook_disabled",
        Text(
            zh="向 {host} 的消息推送连续失败，已停用。",
            en="Sending to {host} failed for days: that webhook is disabled.",
        ),
        "manage_webhooks",
        "webhook",
    ),
    # --- To the owner of a token alone ---------------------------------------------------------
    NoticeKind(
        "token_expiring",
        Text(
            zh="您的令牌 {prefix}… 将于 {day} 到期，请及时更换。",
            en="Your token {prefix}… expires on {day}: make another in time.",
        ),
        "view_notices",
        "token",
    ),
)

_by_code: dict[str, NoticeKind] = {kind.code: kind for kind in NOTICES}
KIND_BY_CODE: Mapping[str, NoticeKind] = MappingProxyType(_by_code)


def add_kinds(kinds: Iterable[NoticeKind]) -> None:
    """What a house above has to tell, by the same bell. It says so once, when it is imported."""
    for kind in kinds:
        if kind.code in _by_code:
            raise ValueError(f"Two kinds of notices are called {kind.code}.")
        _by_code[kind.code] = kind


def kinds_for(permissions: frozenset[str]) -> tuple[str, ...]:
    """The codes of what somebody with these permissions is shown."""
    return tuple(code for code, kind in _by_code.items() if kind.permission in permissions)
