"""Every document that the product writes, filled in: with fictional records, or with a value of one's own.

Shared by the tests and by whoever looks at the pages: `python -m tests.documents FOLDER` writes them,
and their pages as pictures where LibreOffice and pdftoppm are installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol

from kernel.clock import CHINA
from sharing.documents import drafts
from sharing.documents.closings import Copies, Signature
from sharing.documents.disclosure_certificate import (
    DisclosureCertificate,
    ShownLine,
    disclosure_certificate_docx,
)
from sharing.documents.drafts import Draft, Person
from sharing.documents.evaluation import Evaluation, Grade, Scored, evaluation_docx
from sharing.documents.feedback import FedBackFinding, Feedback, FindingClass, feedback_docx
from sharing.documents.hand_over import HandedClue, HandOver, Side, hand_over_docx
from sharing.documents.heads import DocumentNumber, Head
from sharing.documents.imprint import Imprint
from sharing.documents.letters import Letter, letter_docx
from sharing.documents.rectification_plan import (
    PlannedItem,
    RectificationPlan,
    rectification_plan_docx,
)
from sharing.documents.shared_view import SharedViewCopy, shared_view_docx
from sharing.documents.talk_record import TalkRecord, talk_record_docx
from sharing.documents.working_paper import CitedRule, WorkingPaper, working_paper_docx
from sharing.domain.letters import LetterKind

Said = Callable[[str], str]  # a field's fictional value → what is put in its place


class Maker(Protocol):
    """A document, filled in. `say` sees every value on its way in."""

    def __call__(self, imprint: Imprint, say: Said = ...) -> bytes: ...


MADE_AT = datetime(2026, 11, 25, 6, 3, tzinfo=UTC)
OFFICE = "中共东屿县委巡察工作领导小组办公室"
SENT = Imprint(office=OFFICE, made_at=MADE_AT)
TAKEN = Imprint(office=OFFICE, made_at=MADE_AT, taken_by="林晓")
ROUND = "县委第三轮常规巡察"
UNIT = "东屿县渔港建设管理中心"
DAY = date(2026, 11, 25)


def as_it_is(value: str) -> str:
    return value


def head(say: Said = as_it_is, word: str = "东屿巡办") -> Head:
    return Head(say(OFFICE), DocumentNumber(say(word), 2026, 17))


def signature(say: Said = as_it_is) -> Signature:
    return Signature(say(OFFICE), DAY)


def letter(draft: Draft, to: str, say: Said = as_it_is) -> Letter:
    kind = draft.kind
    several = kind is LetterKind.NOTIFICATION
    return Letter(
        kind=kind,
        head=head(say, "东屿巡办函"),
        title=draft.title,
        addressees=(say(to),),
        text=f"{draft.text}\n{say('有关情况可与我办联系。')}",
        signature=signature(say),
        annexes=(say("共性问题明细表"), say("涉及单位名单")) if several else (),
        note=say("联系人：林晓，电话：0000-0000000") if kind is LetterKind.SECONDMENT else "",
        copies=copies_of(kind, say),
    )


def copies_of(kind: LetterKind, say: Said) -> Copies:
    if kind is LetterKind.LEAD_HANDLING:
        return Copies((say("县委办公室"),))
    if kind in (LetterKind.PROPOSAL, LetterKind.RECTIFICATION_NOTICE):
        return Copies((say("县纪委监委"), say("县委组织部")), say(OFFICE), DAY)
    return Copies()


def draft_of(kind: LetterKind, say: Said = as_it_is) -> tuple[Draft, str]:
    """A first text, and to whom it goes."""
    texts: dict[LetterKind, Callable[[], tuple[Draft, str]]] = {
        LetterKind.NOTIFICATION: lambda: (
            drafts.notification(
                round_name=say(ROUND),
                issue=say("小型工程项目未按规定公开招标或比选"),
                units=(say("甲单位"), say("乙单位"), say("丙单位")),
                problems=(
                    say("2024年以来有9个项目未履行比选程序，合同金额合计412.6万元"),
                    say("部分项目先施工后补签合同，验收资料缺少监理签字"),
                ),
                requests=(
                    say("对全县小型工程项目采购情况开展一次专项检查"),
                    say("修订小型工程项目管理办法，明确比选程序和监管责任"),
                ),
                reply_on=date(2027, 1, 22),
            ),
            "东屿县住房和城乡建设局",
        ),
        LetterKind.LEAD_HANDLING: lambda: (
            drafts.lead_handling(
                round_name=say(ROUND),
                units=(say(UNIT), say("东屿县海洋与渔业局")),
                issues=(say("渔港泊位收费标准长期未公示"), say("渔业油补资金拨付滞后")),
                expectations=(say("主持召开一次协调会，明确牵头单位"), say("每月听取一次进展汇报")),
                report_on=date(2026, 12, 9),
            ),
            "周海平同志",
        ),
        LetterKind.PROPOSAL: lambda: (
            drafts.proposal(
                subject=say("规范村级集体资产资源管理"),
                problems=(say("11个村的出租合同未经民主议事程序"), say("资产台账与实物不符")),
                advice=(say("开展农村集体“三资”专项清理"), say("建立合同统一登记和公开制度")),
                reply_on=date(2027, 1, 22),
            ),
            "东屿县农业农村局",
        ),
        LetterKind.RECTIFICATION_NOTICE: lambda: (
            drafts.rectification_notice(
                unit=say(UNIT),
                round_name=say(ROUND),
                items=12,
                plan_on=date(2026, 12, 16),
                report_on=date(2027, 1, 25),
                supervisors=(say("县纪委监委派驻第三纪检监察组"), say("县委组织部")),
            ),
            UNIT,
        ),
        LetterKind.SECONDMENT: lambda: (
            drafts.secondment(
                round_name=say(ROUND),
                people=(
                    Person(say("陈一帆"), say("财务科科长")),
                    Person(say("吴敏"), say("审计员")),
                ),
                begins_on=date(2026, 12, 14),
                ends_on=date(2027, 2, 5),
                full_release=True,
                duties=say("财务资料查阅和个别谈话"),
            ),
            "东屿县财政局",
        ),
        LetterKind.URGING: lambda: (
            drafts.urging(
                number=say("东屿巡办函〔2026〕9号"),
                title=say("关于反馈县委第二轮常规巡察发现共性问题的函"),
                sent_on=date(2026, 8, 3),
                due_on=date(2026, 9, 28),
                days_over=38,
                times=2,
                now_due_on=date(2026, 12, 2),
            ),
            "东屿县住房和城乡建设局",
        ),
    }
    return texts[kind]()


def feedback(say: Said = as_it_is) -> Feedback:
    finding = FedBackFinding(
        say("贯彻渔港安全生产部署不到位"),
        say(
            "2024年以来，领导班子未专题研究渔港安全生产工作，3处消防设施到期未检。抽查12艘泊港渔船，5艘未按规定配备救生设备。"
        ),
        say("上述问题违反安全生产有关规定，属于落实上级决策部署不力。"),
        say("主要负责人负主要领导责任，分管负责人负直接责任。"),
    )
    money = FedBackFinding(
        say("专项资金使用不规范"),
        say("渔港维护资金中有18.4万元用于办公用房装修。"),
        say("违反财经纪律。"),
        say("财务负责人负直接责任。"),
    )
    return Feedback(
        head=head(say),
        unit=say(UNIT),
        committee=say("中共东屿县委"),
        team=say("县委第二巡察组"),
        round_name=say(ROUND),
        began_on=date(2026, 9, 7),
        ended_on=date(2026, 10, 23),
        overview="",
        evaluation=say("巡察认为，该单位党组织能够围绕中心工作履行职责，渔港建设取得进展。\n同时，巡察也发现一些问题，需要认真加以解决。"),
        classes=(
            FindingClass(say("落实党的路线方针政策和决策部署方面"), (finding, money)),
            FindingClass(say("落实全面从严治党战略部署方面"), (money, finding)),
            FindingClass(say("落实新时代党的组织路线方面"), (finding,)),
        ),
        advice=(
            say("强化政治责任。定期研究安全生产工作，层层压实责任。"),
            say("严肃财经纪律。清理专项资金，健全审批制度。"),
        ),
        duty="",
        plan_on=date(2026, 12, 16),
        report_on=date(2027, 1, 25),
        signature=signature(say),
        copies=Copies((say("县纪委监委"), say("县委组织部"), say("县委宣传部")), say(OFFICE), DAY),
    )  # fmt: skip


def working_paper(say: Said = as_it_is) -> WorkingPaper:
    return WorkingPaper(
        number=say("〔2026〕3-2-007"),
        office=say(OFFICE),
        round_name=say(ROUND),
        team=say("县委第二巡察组"),
        unit=say(UNIT),
        title=say("渔港维护专项资金用于办公用房装修"),
        category=say("落实全面从严治党战略部署 / 资金管理"),
        disciplines=(say("工作纪律"), say("廉洁纪律")),
        severity=say("较重"),
        money=say("18.4万元"),
        people=say("3人"),
        fact=say("2025年3月至6月，该中心从渔港维护专项资金中分4笔列支办公用房装修费18.4万元，会议纪要未记载集体研究过程。\n上述支出未经财政部门批准调整用途。"),
        nature=say("属于截留、挪用专项资金，违反财经纪律。"),
        responsibility=say("时任主任负主要领导责任，分管财务的副主任负直接责任。"),
        basis=(
            CitedRule(say("中国共产党纪律处分条例"), say("第一百一十八条"), say("2023年12月19日修订")),
            CitedRule(say("中华人民共和国预算法"), say("第五十七条"), say("2018年12月29日修正")),
        ),
        evidence=(say("记账凭证4份（2025年3月12号等）"), say("装修合同及验收单"), say("财务科长谈话笔录1份")),
        finder=say("吴敏"),
        found_on=date(2026, 9, 22),
        meeting_opinion=say("事实清楚、依据充分，同意提交组长签字。"),
        meeting_on=date(2026, 9, 28),
        leader=say("赵立平"),
        signed_on=date(2026, 9, 29),
    )  # fmt: skip


def hand_over(say: Said = as_it_is) -> HandOver:
    clue = HandedClue(
        number=say("东屿线〔2026〕3-04"),
        subject=say("钱某某"),
        post=say("某镇原副镇长"),
        level=say("县管干部"),
        gist=say(
            "反映其在码头改造工程中违规指定施工单位，并收受礼金。巡察组核对了招标资料，发现3家投标单位报价呈规律性差异。"
        ),
        evidence=(say("招标文件复印件12页"), say("谈话笔录2份"), say("银行流水1份")),
        source=say("巡察发现"),
    )
    return HandOver(
        number=say("东屿巡移〔2026〕4号"),
        secrecy=say("机密"),
        clues=(clue,) * 4,
        gives=Side(say(OFFICE), say("林晓"), DAY),
        takes=Side(say("东屿县纪律检查委员会"), "", None),
        receipt=say("东屿纪收〔2026〕31号"),
        opinion_days=20,
        result_days=60,
        opinion_on=date(2026, 12, 24),
        result_on=date(2027, 2, 26),
    )  # fmt: skip


def rectification_plan(say: Said = as_it_is) -> RectificationPlan:
    item = PlannedItem(
        number=say("3-2-007"),
        issue=say("渔港维护资金中有18.4万元用于办公用房装修。"),
        category=say("全面从严治党"),
        goal=say("资金全额归垫，专项资金使用合规率100%"),
        measures=(
            say("2026年12月底前将18.4万元归垫"),
            say("修订《专项资金管理办法》"),
            say("对责任人批评教育"),
        ),
        leader=say("周海平"),
        department=say("计划财务科"),
        county_leader=say("陈一帆"),
        supervisor=say("派驻第三纪检监察组"),
        due_on=date(2026, 12, 31),
        phase=say("集中整改期"),
    )
    return RectificationPlan(
        unit=say(UNIT),
        round_name=say(ROUND),
        text=say("根据县委巡察反馈意见，结合实际，制定本方案。\n一、总体要求\n坚持问题导向，逐项对账销号，确保整改到位。\n二、组织领导\n成立整改工作领导小组，主要负责人任组长。\n（一）落实责任。班子成员按分工认领任务，不推诿、不打折扣。\n（二）定期调度。每半月召开一次调度会。"),
        items=(item,) * 6,
        signature=Signature(say(UNIT), DAY),
        head_of_unit=say("周海平"),
    )  # fmt: skip


def talk_record(say: Said = as_it_is) -> TalkRecord:
    return TalkRecord(
        round_name=say(ROUND),
        unit=say(UNIT),
        held_on=date(2026, 11, 24),
        place=say("县委巡察办会议室"),
        talker=say("孙立"),
        talked_to=say("周海平"),
        talked_to_post=say("中心党组书记、主任"),
        recorder=say("林晓"),
        matter=say("巡察反馈问题整改责任落实"),
        said=say("通报了巡察反馈的12项问题，指出安全生产、资金管理两方面问题较为突出。\n要求主要负责人切实担起第一责任人责任，集中整改期内完成9项。"),
        commitment=say("诚恳接受巡察反馈意见，15个工作日内报送整改方案，本人牵头3项重点问题整改。"),
    )  # fmt: skip


def disclosure_certificate(say: Said = as_it_is) -> DisclosureCertificate:
    shown = ShownLine(
        at=datetime(2026, 11, 24, 9, 30, tzinfo=CHINA),
        person=say("林晓"),
        office=say("西屿县委巡察办"),
        role=say("县（区）委巡察办主任"),
        way=say("页面查看"),
        place=2,
        kind=say("巡察发现问题"),
        record=say("东屿县住建局 · 防波堤修缮工程未经集体研究"),
        fields=(say("问题标题"), say("事实"), say("定性（无）")),
        version="9f" * 32,
    )
    return DisclosureCertificate(
        number=say("东屿共享〔2026〕5号"),
        owner=say(OFFICE),
        receiver=say("西屿县委巡察办"),
        purpose=say("互相印证"),
        basis=say("市委巡察工作领导小组关于交叉巡察信息共享的决定"),
        since=date(2026, 11, 20),
        until=date(2027, 2, 18),
        taken_back_on=date(2026, 12, 1),
        lines=(shown,) * 4,
        digest="3c" * 32,
        as_of=datetime(2026, 12, 2, 8, 5, tzinfo=CHINA),
    )


def shared_view_copy(say: Said = as_it_is) -> SharedViewCopy:
    return SharedViewCopy(
        owner=say(OFFICE),
        receiver=say("西屿县委巡察办"),
        taken_by=say("林晓"),
        taken_at=datetime(2026, 11, 24, 9, 30, tzinfo=CHINA),
        kind=say("巡察发现问题"),
        purpose=say("互相印证"),
        until=date(2027, 2, 18),
        digest="9f" * 32,
        fields=(
            (say("被巡察单位"), say("█████建设管理中心")),
            (
                say("事实"),
                say("2025年6月，█████未经集体研究，将防波堤修缮工程直接交由某公司实施。"),
            ),
            (say("定性"), say("")),
        ),
    )


def evaluation(say: Said = as_it_is) -> Evaluation:
    def scored(group: str, point: str, full: int, off: str, reason: str = "") -> Scored:
        return Scored(say(group), say(point), Decimal(full), Decimal(off), say(reason))

    return Evaluation(
        unit=say(UNIT),
        round_name=say(ROUND),
        lines=(
            scored("组织领导", "专题研究整改，方案按期报送，清单完整", 15, "1"),
            scored("主体责任", "主要负责人履行第一责任人责任，班子成员认领任务", 15, "0"),
            scored("整改任务", "逐项整改到位，佐证材料齐全", 60, "6.5", "2项基本完成，1项未按期"),
            scored("群众满意度", "干部群众对整改成效的评价", 10, "1", "测评满意率91%"),
            scored("扣分事项", "虚假整改、敷衍整改", 0, "2", "1项佐证材料失实"),
        ),
        annulled=say(""),
        grade=Grade.FAIRLY_GOOD,
        opinion=say("整改总体到位，长效机制仍需完善。建议对1项未完成事项持续跟踪。"),
        evaluators=(say("林晓"), say("吴敏"), say("陈一帆")),
        office=say(OFFICE),
        evaluated_on=DAY,
    )


def _letter_of(kind: LetterKind) -> Maker:
    def made(imprint: Imprint, say: Said = as_it_is) -> bytes:
        draft, to = draft_of(kind, say)
        return letter_docx(letter(draft, to, say), imprint)

    return made


DOCUMENTS: dict[str, Maker] = {
    "working_paper": lambda imprint, say=as_it_is: working_paper_docx(working_paper(say), imprint),
    "feedback": lambda imprint, say=as_it_is: feedback_docx(feedback(say), imprint),
    "hand_over": lambda imprint, say=as_it_is: hand_over_docx(hand_over(say), imprint),
    **{kind.value: _letter_of(kind) for kind in LetterKind},
    "rectification_plan": lambda imprint, say=as_it_is: rectification_plan_docx(
        rectification_plan(say), imprint
    ),
    "talk_record": lambda imprint, say=as_it_is: talk_record_docx(talk_record(say), imprint),
    "disclosure_certificate": lambda imprint, say=as_it_is: disclosure_certificate_docx(
        disclosure_certificate(say), imprint
    ),
    "shared_view": lambda imprint, say=as_it_is: shared_view_docx(shared_view_copy(say), imprint),
    "evaluation": lambda imprint, say=as_it_is: evaluation_docx(evaluation(say), imprint),
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for mark, imprint in (("", SENT), ("-taken", TAKEN)):
        for name, made in DOCUMENTS.items():
            (folder / f"{name}{mark}.docx").write_bytes(made(imprint, as_it_is))
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None or shutil.which("pdftoppm") is None:
        print("No LibreOffice or no pdftoppm: documents without pictures of their pages.")
        return
    files = sorted(map(str, folder.glob("*.docx")))
    subprocess.run(
        [office, "--headless", "--convert-to", "pdf", "--outdir", folder, *files], check=True
    )
    for pdf in sorted(folder.glob("*.pdf")):
        subprocess.run(["pdftoppm", "-r", "60", "-png", pdf, pdf.with_suffix("")], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
