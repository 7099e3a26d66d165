"""A few papers of the demo's team, each at another place of its way. Fictional, through the services."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from kernel.clock import today
from sharing.access.dictionary import categories_visible_to
from sharing.access.rooms import rooms_of_mine
from sharing.models.papers import WorkingPaper
from sharing.models.rooms import Room
from sharing.services import paper_acts
from sharing.services.paper_texts import (
    Basis,
    Evidence,
    PaperText,
    begin_paper,
    write_paper,
)
from sharing.services.reports import begin_report, write_report
from tenancy.actor import Actor
from tenancy.context import in_office

RULE = Basis("中国共产党党组工作条例", "第十七条", "2019年修订")
# Class of the demo's dictionary, then the text; how far it goes: 0 draft, 1 handed in, 2 signed, 3 in the report.
PAPERS: tuple[tuple[str, int, PaperText], ...] = (
    (
        "党组议事决策不规范",
        3,
        PaperText(
            title="3笔大额经费支出未经集体研究",
            fact="2024年3月至2025年1月，3笔共126.50万元的经费支出由分管负责人签批后直接列支，未提交会议研究，会议记录中无相应内容。",
            nature="违反“三重一大”事项集体决策的规定，民主集中制执行不到位。",
            responsibility="时任主要负责人负主要领导责任，分管负责人负重要领导责任。",
            severity="grave",
            money_cents=126_500_000,
            people_count=2,
            disciplines=("organisational",),
            bases=(RULE,),
            evidence=(
                Evidence("minutes", "会议记录（2024年度）", None, 86, "办公室档案柜"),
                Evidence("accounts", "记账凭证3份", None, 12, "财务室"),
            ),
        ),
    ),
    (
        "财务管理不规范",
        2,
        PaperText(
            title="往来款长期挂账未清理",
            fact="截至2025年末，其他应收款中有17笔共38.20万元挂账超过三年，最早一笔为2018年借支。",
            nature="财务管理责任未落实，资金存在损失风险。",
            responsibility="财务负责人负直接责任，分管负责人负重要领导责任。",
            severity="slight",
            money_cents=38_200_000,
            people_count=1,
            disciplines=("work",),
            bases=(Basis("行政事业单位内部控制规范（试行）", "第三十一条", "2012年"),),
            evidence=(Evidence("accounts", "往来款明细账", None, 9, "财务室"),),
        ),
    ),
    (
        "形式主义、官僚主义问题",
        1,
        PaperText(
            title="走访联系记录事后补填",
            fact="抽查2025年走访台账40份，其中11份的走访日期与当日外出登记不符。",
            nature="工作作风不实，以台账代替落实。",
            responsibility="相关科室负责人负直接责任。",
            severity="slight",
            people_count=3,
            disciplines=("work", "masses"),
            bases=(RULE,),
            evidence=(Evidence("data", "走访台账与外出登记比对表", None, 4, "巡察组"),),
        ),
    ),
    (
        "选人用人不规范",
        0,
        PaperText(
            title="中层岗位调整程序记录不全",
            fact="2025年调整中层岗位5人，其中2人未见民主推荐材料，正在补充核实。",
        ),
    ),
)


def lay_papers(*, finder: Actor, leader: Actor) -> int:
    """In the first papers room where both are; how many. None, where there are some already."""
    with in_office(leader.tenant_id, leader.user_id):
        room = rooms_of_mine(leader, Room.Purpose.PAPERS).first()
        if room is None or WorkingPaper.objects.filter(room=room).exists():
            return 0
        unit = room.units.order_by("starts_on", "code").first()
    if unit is None:
        return 0
    for title, far, text in PAPERS:
        _lay(room.pk, unit.code, _sorted(finder, title, text), far, finder, leader)
    return len(PAPERS)


def lay_one(
    room: int, unit: str, title: str, text: PaperText, *, finder: Actor, leader: Actor
) -> int | None:
    """A paper that its leader has signed, of that class; None where the office has no such class."""
    sorted_text = _sorted(finder, title, text)
    if sorted_text.category is None:
        return None
    return _lay(room, unit, sorted_text, 2, finder, leader)


def _sorted(finder: Actor, title: str, text: PaperText) -> PaperText:
    with in_office(finder.tenant_id, finder.user_id):
        classes = categories_visible_to(finder).in_use()
        found = classes.filter(title=title, parent__isnull=False).first()
    return text if found is None else replace(text, category=found.pk)


def _lay(room: int, unit: str, text: PaperText, far: int, finder: Actor, leader: Actor) -> int:
    with in_office(finder.tenant_id, finder.user_id):
        begun = PaperText(title=text.title, fact=text.fact[:24])
        number = begin_paper(actor=finder, room=room, unit=unit, text=begun).pk
        write_paper(actor=finder, number=number, text=text, based_on=1)
        if far and text.category is not None:
            paper_acts.hand_to_meeting(actor=finder, number=number)
    if far < 2 or text.category is None:
        return number
    with in_office(leader.tenant_id, leader.user_id):
        met = today() - timedelta(days=1)
        paper_acts.pass_at_meeting(
            actor=leader, number=number, met_on=met, opinion="事实清楚，依据充分，同意。"
        )
        paper_acts.sign_paper(actor=leader, number=number)
        if far == 3:
            _put(room, unit, number, leader)
    return number


def _put(room: int, unit: str, number: int, leader: Actor) -> None:
    report = begin_report(actor=leader, room=room, unit=unit)
    chapters = {
        "overview": "巡察组进驻以来，个别谈话42人次，查阅资料310份。",
        "evaluation": "该单位总体较好，履职尽责方面仍有差距。",
        "advice": "健全议事规则，清理往来款项，改进工作作风。",
    }
    write_report(actor=leader, number=report.pk, part="report", based_on=0, chapters=chapters)
    paper_acts.put_in_report(actor=leader, number=number, report=report.pk)
