"""A report of the demo's team that was fed back, and its findings on their way to the unit. Fictional."""

from __future__ import annotations

from datetime import timedelta

from kernel.clock import today
from sharing.management.demo_cast import Office, by
from sharing.management.demo_papers import RULE, lay_one
from sharing.models.rooms import Room
from sharing.services import reports
from sharing.services.assigning import assign_findings
from sharing.services.paper_acts import put_in_report
from sharing.services.paper_texts import Evidence, PaperText
from sharing.services.rectifying import ItemPlan, act_on_item, hand_in_plan
from tenancy.actor import Actor
from tenancy.domain.roles import Role

SERVED_DAYS_AGO = 9


def _text(title: str, fact: str, nature: str, severity: str, kept: str) -> PaperText:
    return PaperText(
        title=title,
        fact=fact,
        nature=nature,
        responsibility="分管负责人负重要领导责任，相关科室负责人负直接责任。",
        severity=severity,
        people_count=2,
        disciplines=("work",),
        bases=(RULE,),
        evidence=(Evidence("accounts", kept, None, 8, "财务室"),),
    )


FINDINGS = (
    ("财务管理不规范", _text(
        "公务支出凭证附件不全", "2024年至2025年抽查凭证210份，其中23份缺少审批单或清单，涉及金额14.60万元。",
        "财务审核把关不严。", "slight", "凭证抽查表",
    )),
    ("财务管理不规范", _text(
        "固定资产账实不符", "盘点固定资产312件，账面有而实物无的9件，实物有而账面无的4件。",
        "资产管理责任未落实。", "slight", "资产盘点表",
    )),
    ("工程项目招投标不规范", _text(
        "装修工程拆分规避招标", "2024年将同一办公楼装修工程拆分为3个合同，合计118万元，均直接委托。",
        "违反工程建设项目招标有关规定。", "grave", "合同3份",
    )),
    ("党组议事决策不规范", _text(
        "议事规则多年未修订", "现行议事规则为2016年制定，未按后来的规定修订，重大事项清单缺失。",
        "制度建设滞后，集体决策基础不牢。", "slight", "议事规则文本",
    )),
)  # fmt: skip
REPORT = {
    "overview": "巡察组进驻以来，个别谈话36人次，查阅资料280份，走访服务对象19户。",
    "evaluation": "领导班子总体履职有力，财务和资产管理仍有薄弱环节。",
    "advice": "压实财务审核责任，规范工程建设程序，修订议事规则。",
}
DUTY = "两个月内向区委巡察办报送整改进展情况，并向党内公开。"


def feed_back(host: Office, room: Room, unit: str, *, finder: Actor, leader: Actor) -> int:
    """Written, signed, reported, approved, served; then all but the last finding assigned."""
    report = by(leader, reports.begin_report, room=room.pk, unit=unit)
    number = report.pk
    papers = [
        lay_one(room.pk, unit, title, text, finder=finder, leader=leader)
        for title, text in FINDINGS
    ]
    if not all(papers):
        return 0
    for paper in papers:
        by(leader, put_in_report, number=paper, report=number)
    by(
        leader, reports.write_report,
        number=number, part="report", based_on=0, chapters=REPORT,
    )  # fmt: skip
    by(leader, reports.submit_report, number=number)
    day = today() - timedelta(days=SERVED_DAYS_AGO)
    group = host.one(Role.LEADING_GROUP)
    by(group, reports.approve_report, number=number, heard_on=day - timedelta(days=12))
    by(
        host.director, reports.write_report,
        number=number, part="feedback", based_on=0, chapters={**REPORT, "duty": DUTY},
    )  # fmt: skip
    by(leader, reports.tell_head, number=number, told_on=day - timedelta(days=1))
    by(
        host.director, reports.hold_meeting,
        number=number, met_on=day, attendance="单位领导班子成员、中层干部，区领导小组成员",
    )  # fmt: skip
    by(host.director, reports.serve_feedback, number=number, served_on=day)
    _assign(host, number, [paper for paper in papers if paper is not None])
    return len(papers)


def _assign(host: Office, report: int, findings: list[int]) -> None:
    """The first two are of one class and become one item; the last one waits for the visitor."""
    first, second, third, *_left = findings
    leader = f"leader:{host.one(Role.COUNTY_LEADER).person_id}"
    given = {"number": report, "findings": [first, second], "together": True}
    [item] = by(host.clerk, assign_findings, **given, leader=leader)
    by(host.clerk, assign_findings, number=report, findings=[third])
    liaison = host.one(Role.UNIT_LIAISON)
    plan = ItemPlan(
        goal="凭证附件齐全，资产账实相符",
        measures="逐份补齐凭证附件；开展资产清查并调整账目；修订财务审核办法。",
        lead="单位分管财务负责人",
        department="办公室、财务科",
        due_on=today() + timedelta(days=60),
        head="单位主要负责人",
        head_signed_on=today(),
    )
    by(liaison, hand_in_plan, number=item.pk, plan=plan)
    by(host.director, act_on_item, number=item.pk, act="plan_accepted")
