"""Clues of the demo's team past its host, who asked about it, and the week it reported. Fictional."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kernel.clock import today
from sharing.access.office_clues import office_clues_visible_to
from sharing.access.rooms import rooms_of_mine
from sharing.domain.interference import Approach
from sharing.management.demo_cast import Office, by
from sharing.models.rooms import Room
from sharing.services import handing_over
from sharing.services.clues import ClueDraft, judge_clue, register_clue, sign_clue
from sharing.services.interference import EntryDraft, register_interference
from sharing.services.weekly import draft_weekly_report, sign_weekly_report
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Role


def _clue(
    name: str,
    post: str,
    level: str,
    gist: str,
    *,
    unit: str = "定海区人民政府",
    urgent: bool = False,
) -> ClueDraft:
    return ClueDraft(
        subject_name=name,
        subject_unit=unit,
        subject_post=post,
        management_level=level,
        source_kind="interview",
        gist=gist,
        is_urgent=urgent,
        evidence=("谈话记录摘录2页", "合同复印件1份"),
    )


HANDED_OVER = _clue(
    "厉行舟", "副区长", "city_managed", "反映其在医疗设备采购中为特定供应商打招呼。"
)
ARRIVED = _clue("谭一鸣", "区长助理", "city_managed", "反映其亲属承揽管辖范围内工程。", urgent=True)
OF_THE_COUNTY = _clue("卜景行", "班子成员", "county_managed", "反映其违规领取下属单位津贴。")
REGISTERED = _clue("闻人旭", "内设机构负责人", "lower", "反映其接受服务对象宴请。")


def hand_clues_over(city: Office, host: Office, *, unit: str, member: Actor, leader: Actor) -> int:
    """`member`, `leader`: of the team, in the city. One is with the city's discipline body, one waits for
    the city's director, one is on the county's list, one is still the team's."""
    _arrive(HANDED_OVER, member, leader)
    number = _newest(city.director)
    by(city.director, handing_over.take_in, number=number)
    sealed = by(city.director, handing_over.seal_list, clues=[number])
    by(city.one(Role.DISCIPLINE_BODY), handing_over.acknowledge_list, number=sealed.pk)
    _arrive(ARRIVED, member, leader)
    _arrive(replace(OF_THE_COUNTY, subject_unit=unit), member, leader)
    number = _newest(host.director)
    by(host.director, handing_over.take_in, number=number)
    by(host.director, handing_over.seal_list, clues=[number])
    by(member, register_clue, draft=replace(REGISTERED, subject_unit=unit))
    return 4


def _arrive(draft: ClueDraft, member: Actor, leader: Actor) -> None:
    """Registered, judged, signed: from here on with the office that it goes to."""
    number = by(member, register_clue, draft=draft).pk
    by(
        leader, judge_clue,
        number=number, judgement="screened", met_on=today(), meeting_opinion="可查性强，同意移交。",
    )  # fmt: skip
    by(leader, sign_clue, number=number)


def _newest(director: Actor) -> int:
    """The one that was delivered and not taken in yet."""
    with in_office(director.tenant_id, director.user_id):
        return int(office_clues_visible_to(director).filter(state="leader_signed").get().pk)


def tell_who_asked(member: Actor) -> None:
    draft = EntryDraft(
        who="某区直单位负责人",
        post="局长",
        approach=Approach.ASKED,
        happened_on=today() - timedelta(days=1),
        how="饭后来电",
        about="打听巡察组是否收到反映其单位的信件",
    )
    by(member, register_interference, draft=draft)


def report_the_week(*, member: Actor, leader: Actor) -> None:
    """Of the team in its host: this week, signed."""
    with in_office(leader.tenant_id, leader.user_id):
        room = rooms_of_mine(leader, Room.Purpose.PAPERS)[:1].get().pk
    by(
        member, draft_weekly_report,
        number=room, week=today(), talks=14, files=96, letters=3, visits=5,
        findings="财务管理 3\n工程项目 1\n议事决策 2", next_week="核对资产盘点表，起草报告。",
    )  # fmt: skip
    by(leader, sign_weekly_report, number=room, week=today())
