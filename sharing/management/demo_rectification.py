"""What an earlier round fed back, in every state of its rectification: one overdue, one sent back. Fictional."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from kernel.clock import today
from sharing.management.demo_cast import Office, by
from sharing.models.rectification import RectificationItem
from sharing.services.joint_cases import open_case
from sharing.services.outcomes import enter_outcome
from sharing.services.rectifying import (
    Issue,
    ItemPlan,
    act_on_item,
    assign_from_feedback,
    claim_done,
    hand_in_plan,
    tell_progress,
)
from tenancy.actor import Actor
from tenancy.domain.roles import Role

ROUND = "2026年第一轮巡察"
SERVED_DAYS_AGO = 150


@dataclass(frozen=True, slots=True)
class Old:
    """An issue, how far it has come, and in how many days from today it is due."""

    category: str
    issue: str
    reached: str
    due_in: int = 30


OF_THE_UNIT = (
    Old("财务管理不规范", "备用金借支长期未结清，最长4年，合计11.30万元。", "closed_out", -20),
    Old("党组议事决策不规范", "“三重一大”事项会前酝酿不充分，3次会议临时动议。", "overdue", -18),
    Old("形式主义、官僚主义问题", "检查考核台账重复报送，基层一年填报同类表格27份。", "sent_back"),
    Old("惠民政策落实有偏差", "补助发放核对不及时，7户已不符合条件仍在领取。", "claimed_done"),
    Old("选人用人不规范", "中层岗位竞聘方案未经集体研究。", "plan_drafted", 45),
)
OF_ANOTHER = (
    Old("形式主义、官僚主义问题", "同一事项向多个部门重复报表。", "assigned"),
    Old("工程项目招投标不规范", "小额工程未建立备选库。", "in_progress"),
)
OF_THE_CITY = (
    Old("财务管理不规范", "会议费超标准列支3笔，共2.80万元。", "closed_out", -10),
    Old("党组议事决策不规范", "会议记录缺少表决情况。", "overdue", -12),
    Old("贯彻上级决策部署打折扣", "年度重点任务分解不到责任科室。", "claimed_done"),
)


def rectify_in_county(host: Office, unit: str, another: str) -> int:
    """Items of two units; what both have in common is a case that the county leader leads."""
    supervisor = host.one(Role.STATIONED_DISCIPLINE)
    items = lay(host, unit, OF_THE_UNIT, supervisor)
    others = lay(host, another, OF_ANOTHER, supervisor)
    enter_what_came_of_it(host, items[0])
    by(
        host.clerk, open_case,
        title="报表重复、基层负担重", leader=f"leader:{host.one(Role.COUNTY_LEADER).person_id}",
        departments="区委办公室、区大数据中心", items=[items[2].pk, others[0].pk],
    )  # fmt: skip
    return len(items) + len(others)


def rectify_in_city(city: Office, unit: str) -> int:
    items = lay(city, unit, OF_THE_CITY, city.one(Role.DISCIPLINE_BODY))
    enter_what_came_of_it(city, items[0])
    return len(items)


def lay(
    office: Office, unit: str, olds: Sequence[Old], supervisor: Actor
) -> list[RectificationItem]:
    items = by(
        office.clerk, assign_from_feedback,
        unit_code=unit, round_name=ROUND, served_on=today() - timedelta(days=SERVED_DAYS_AGO),
        issues=[Issue(one.issue, one.category) for one in olds],
    )  # fmt: skip
    for old, item in zip(olds, items, strict=True):
        _lead(office, old, item.pk, supervisor)
    return items


def _lead(office: Office, old: Old, number: int, supervisor: Actor) -> None:
    """Up to where it has come, each act by whose it is."""
    liaison = office.one(Role.UNIT_LIAISON)
    if old.reached == "assigned":
        return
    by(liaison, hand_in_plan, number=number, plan=_plan(old))
    if old.reached == "plan_drafted":
        return
    by(office.director, act_on_item, number=number, act="plan_accepted")
    if old.reached in ("overdue", "in_progress"):
        by(liaison, tell_progress, number=number, text="已完成自查，制度初稿正在征求意见。")
        return
    claim = {"evidence": "会议纪要、整改台账、印发文件", "result": "已逐项整改到位。"}
    by(liaison, claim_done, number=number, **claim)
    if old.reached == "sent_back":
        by(
            supervisor, act_on_item,
            number=number, act="checked_not_done", reason="佐证只有台账，缺少压减后的报表清单。",
        )  # fmt: skip
    elif old.reached == "closed_out":
        by(supervisor, act_on_item, number=number, act="checked_done")
        by(office.director, act_on_item, number=number, act="closed_out")


def _plan(old: Old) -> ItemPlan:
    return ItemPlan(
        goal="问题整改到位，举一反三",
        measures="成立专班；逐条核查；修订制度；每月通报进展。",
        lead="单位分管负责人",
        department="办公室",
        due_on=today() + timedelta(days=old.due_in),
        head="单位主要负责人",
        head_signed_on=today() - timedelta(days=SERVED_DAYS_AGO - 14),
    )


def enter_what_came_of_it(office: Office, item: RectificationItem) -> None:
    day = today() - timedelta(days=25)
    of = {"number": item.pk, "on": day}
    by(office.clerk, enter_outcome, **of, kind="rule_made", title="备用金管理办法（修订）")
    by(
        office.clerk, enter_outcome,
        **of, kind="money_recovered", title="收回逾期借支", cents=11_300_000,
    )  # fmt: skip
