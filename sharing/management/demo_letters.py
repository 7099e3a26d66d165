"""Letters of the demo on their way: one to be answered, one closed, one still written. Fictional."""

from __future__ import annotations

from sharing.domain.letters import LetterKind
from sharing.management.demo_cast import Office, by
from sharing.services.letters import (
    LetterDraft,
    act_on_letter,
    draft_letter,
    reply_to_letter,
)
from tenancy.actor import Actor
from tenancy.domain.roles import Role


def write_letters(host: Office, department: str, unit: str) -> int:
    """`department`, `unit`: codes of the registry."""
    to_department = LetterDraft(
        f"unit:{department}",
        "关于规范备用金和往来款管理的函告",
        "巡察发现多个单位备用金借支长期未结清。请研究完善全区备用金和往来款管理办法，并函复办理情况。",
    )
    sent(host, LetterKind.NOTIFICATION, to_department, host.director)
    leader = host.one(Role.COUNTY_LEADER)
    to_leader = LetterDraft(
        f"leader:{leader.person_id}",
        "关于领办“报表重复、基层负担重”问题的函",
        "请牵头协调有关部门统一整改，并函复工作安排。",
    )
    answered = sent(host, LetterKind.LEAD_HANDLING, to_leader, host.one(Role.LEADING_GROUP))
    by(leader, act_on_letter, number=answered, act="received")
    by(leader, reply_to_letter, number=answered, text="已召集三个部门研究，月底前合并报表。")
    by(host.director, act_on_letter, number=answered, act="closed")
    to_unit = LetterDraft(f"unit:{unit}", "关于做好巡察整改工作的通知")
    by(host.clerk, draft_letter, kind=LetterKind.RECTIFICATION_NOTICE, draft=to_unit)
    return 3


def write_letter_of_the_city(city: Office, unit: str) -> int:
    draft = LetterDraft(f"unit:{unit}", "关于规范会议费列支的函告", "请对照标准自查，并函复结果。")
    sent(city, LetterKind.NOTIFICATION, draft, city.director)
    return 1


def sent(office: Office, kind: LetterKind, draft: LetterDraft, signer: Actor) -> int:
    """Its number in the office."""
    number = by(office.clerk, draft_letter, kind=kind, draft=draft).pk
    by(office.clerk, act_on_letter, number=number, act="handed_in")
    by(signer, act_on_letter, number=number, act="signed")
    by(office.clerk, act_on_letter, number=number, act="sent")
    return int(number)
