"""Records of talks and sheets of evaluation as docx: as they were kept, for the office alone."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.clock import CHINA
from kernel.errors import NotVisible
from kernel.text import day_text
from sharing.domain.evaluations import Deduction, Part
from sharing.models.rectification import Evaluation, Talk
from sharing.selectors.rectification_desks import talks_part
from sharing.services.evaluating import evaluate
from sharing.services.taking_away import take_evaluation, take_talk
from sharing.services.talks import record_talk
from tenancy.models import AuditEntry
from tests.integration.sharing.county import County
from tests.integration.sharing.test_rectifying import ALL, SERVED, assigned
from tests.people import acting
from tests.read_again import HOSTILE, Again, opened_again

OFFICE = "定海区委巡察办"


def queued(county: County) -> Talk:
    assigned(county)
    talk: Talk = county.sees("lin", talks_part, ALL, True).lines[0]
    return talk


def held(county: County, talk: Talk, **given: str) -> None:
    said = {"person": "丙", "matter": "整改责任", "held_by": "丁书记", "commitment": "按期完成"}
    county.by("wu", record_talk, number=talk.pk, held_on=SERVED, **(said | given))


def judged(county: County, *deductions: Deduction, false_items: int = 0) -> Evaluation:
    made: Evaluation = county.by(
        "wu", evaluate, unit_code="U01", round_name="第三轮", deductions=deductions,
        false_items=false_items,
    )  # fmt: skip
    return made


def taken(county: County, take: Any, number: int, who: str = "lin") -> Again:
    return opened_again(county.by(who, take, number=number).content)


def test_the_record_of_a_talk_says_what_was_kept(county: County) -> None:
    talk = queued(county)
    assert taken(county, take_talk, talk.pk).beside("约谈日期") == "    年  月  日", "the form"
    held(county, talk)

    said = taken(county, take_talk, talk.pk)

    for label, value in {
        "巡察轮次": "第三轮",
        "被约谈单位": "第1单位",
        "约谈日期": day_text(SERVED).zh,
        "约谈地点": "",
        "约谈人": "丁书记",
        "记录人": county.actor("wu").name,
        "被约谈人": "丙",
        "职务": talk.post,
        "约谈事由": "整改责任",
        "约谈内容": "",
        "表态承诺": "按期完成",
    }.items():
        assert said.beside(label).strip("\n") == value, label
    assert said.mark.startswith(f"{OFFICE} {county.actor('lin').name} ")


def test_a_sheet_says_how_it_was_judged(county: County) -> None:
    sheet = judged(
        county,
        Deduction(Part.TASKS, 5, "1项逾期"),
        Deduction(Part.TASKS, 3, "佐证不足"),
        Deduction(Part.SATISFACTION, 30, "测评较低"),
        false_items=2,
    )

    said = taken(county, take_evaluation, sheet.pk)

    rows = [said.cells[start : start + 6] for start in range(6, 42, 6)]
    assert [(row[0], *row[2:]) for row in rows] == [
        ("组织领导", "15", "0", "", "15"),
        ("责任落实", "15", "0", "", "15"),
        ("任务完成", "60", "8", "1项逾期（5分）\n佐证不足（3分）", "52"),
        ("群众满意度", "10", "10", "测评较低（30分）", "0"),
        ("虚假整改", "", "0", "2项不实", ""),
        ("合计", "100", "18", "", "82"),
    ]
    assert said.beside("评估得分") == f"{sheet.score}分" == "82分"
    assert said.beside("评估等次") == "较好"
    assert said.beside("评估人员") == county.actor("wu").name
    assert said.beside("评估单位") == OFFICE
    assert said.beside("评估日期") == day_text(sheet.at.astimezone(CHINA).date()).zh
    assert "被评估单位：第1单位    巡察轮次：第三轮" in said.paragraphs


def test_a_sheet_that_came_to_nothing_says_why(county: County) -> None:
    sheet = judged(county, false_items=5)

    said = taken(county, take_evaluation, sheet.pk)

    assert (said.beside("评估得分"), said.beside("评估等次")) == ("0分", "差")
    assert "虚假整改达到5项，不计分" in said.cells


def test_odd_words_stand_as_they_are(county: County) -> None:
    talk = queued(county)
    text = "\n".join(HOSTILE)
    held(
        county,
        talk,
        person=HOSTILE[3],
        matter=HOSTILE[0],
        held_by=HOSTILE[1][:100],
        commitment=text,
    )
    said = taken(county, take_talk, talk.pk)
    assert [said.beside(one) for one in ("被约谈人", "约谈事由", "表态承诺")] == [
        HOSTILE[3], HOSTILE[0], text,
    ]  # fmt: skip

    lost = [Deduction(Part.TASKS, 1, value) for value in HOSTILE]
    said = taken(county, take_evaluation, judged(county, *lost).pk)
    assert "\n".join(f"{value}（1分）" for value in HOSTILE) in said.cells


def test_only_the_office_takes_them_away_and_it_is_on_record(county: County) -> None:
    talk, sheet = queued(county), judged(county)
    for take, number in ((take_talk, talk.pk), (take_evaluation, sheet.pk)):
        for who in ("qiao", "shen", "bai", "luo", "tang", "jiang", "zhao"):
            actor, told = county.actor(who), []
            for one in (number, 987654321):
                with acting(actor), pytest.raises(NotVisible) as refusal:
                    take(actor=actor, number=one)
                told.append(str(refusal.value).replace(str(one), ""))
            assert told[0] == told[1], who
        for who in ("wu", "he"):
            assert taken(county, take, number, who).mark, who

    with acting(county.actor("lin")):
        found = AuditEntry.objects.filter(action__in=[
            "sharing.talk.exported", "sharing.evaluation.exported",
        ])  # fmt: skip
        kept = list(found.order_by("pk").values_list("object_id", flat=True))
    assert kept == [talk.pk, talk.pk, sheet.pk, sheet.pk]
