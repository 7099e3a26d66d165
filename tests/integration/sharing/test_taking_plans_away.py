"""Plans of rectification as docx: the three lists, as far as their reader reads them."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.errors import NotVisible
from kernel.text import day_text
from sharing.models.rectification import RectificationItem
from sharing.services.rectifying import Issue, assign_from_feedback, hand_in_plan
from sharing.services.taking_away import take_plan
from tenancy.models import AuditEntry
from tests.integration.sharing.county import County
from tests.integration.sharing.test_rectifying import SERVED, assigned, plan
from tests.people import acting
from tests.read_again import HOSTILE, Again, opened_again

OFFICE = "定海区委巡察办"


def taken(county: County, item: RectificationItem, who: str = "lin") -> Again:
    return opened_again(county.by(who, take_plan, number=item.pk).content)


def planned(county: County, item: RectificationItem, **given: object) -> RectificationItem:
    made: RectificationItem = county.by(
        "qiao", hand_in_plan, number=item.pk, plan=plan(**given)  # type: ignore[arg-type]
    )  # fmt: skip
    return made


def test_the_three_lists_say_what_the_items_say(county: County) -> None:
    leader = f"leader:{county.actor('bai').user_id}"
    first, second = assigned(county, 2, leader=leader)
    item = planned(county, first, measures="修订制度\n开展自查")

    said = taken(county, second)

    assert "第1单位关于第三轮反馈问题的整改方案" in said.paragraphs
    assert any("对照所列2项问题" in words for words in said.paragraphs)
    issues, tasks, duties = said.cells[:12], said.cells[12:30], said.cells[30:48]
    assert issues[4:] == ("1", "1", "问题1", "党的建设", "2", "2", "问题2", "党的建设")
    assert item.due_on is not None
    assert tasks[6:12] == (
        "1", "问题1", "整改到位", "1. 修订制度\n2. 开展自查", day_text(item.due_on).zh, "集中整改",
    )  # fmt: skip
    assert tasks[12:] == ("2", "问题2", "", "", "    年  月  日", "待定")
    bai = county.actor("bai").name
    assert duties[6:12] == ("1", "问题1", "甲局长", "办公室", bai, "派驻纪检监察组")
    assert "主要负责人签字：乙书记" in said.paragraphs
    assert day_text(date(2026, 3, 7)).zh in said.paragraphs
    assert said.mark.startswith(f"{OFFICE} {county.actor('lin').name} ")


def test_everybody_takes_what_they_read_and_nothing_beside_it(county: County) -> None:
    leader = f"leader:{county.actor('bai').user_id}"
    [mine] = assigned(county)
    [led] = county.by(
        "wu", assign_from_feedback, unit_code="U01", round_name="第三轮", served_on=SERVED,
        issues=[Issue("由县领导分管的问题", "党的建设")], leader=leader,
    )  # fmt: skip
    [other_unit] = assigned(county, unit="U02")

    for who in ("lin", "wu", "qiao", "shen"):
        said = taken(county, mine, who).text
        assert "问题1" in said, who
        assert "由县领导分管的问题" in said, who
    assert "由县领导分管的问题" in taken(county, led, "bai").text
    assert "问题1" not in taken(county, led, "bai").text
    for who, item in (
        *((one, other_unit) for one in ("qiao", "shen", "bai")),
        *((one, mine) for one in ("bai", "luo", "tang", "ruan", "jiang", "zhao")),
    ):
        assert refused(county, who, item.pk) == refused(county, who, 987654321), who


def test_odd_words_stand_as_they_are_and_who_takes_it_is_on_record(county: County) -> None:
    value, text = HOSTILE[0], "\n".join(HOSTILE)
    [item] = county.by(
        "wu", assign_from_feedback, unit_code="U01", round_name=HOSTILE[1], served_on=SERVED,
        issues=[Issue(text, HOSTILE[3])],
    )  # fmt: skip
    planned(county, item, goal=value, measures=text, lead=value, department=value, head=value)

    said = taken(county, item, "qiao")

    assert said.cells.count(text) == 3
    assert HOSTILE[3] in said.cells
    assert said.cells.count(value) == 3
    assert "\n".join(f"{n}. {one}" for n, one in enumerate(HOSTILE, start=1)) in said.cells
    assert any(HOSTILE[1] in words for words in said.paragraphs)
    with acting(county.actor("lin")):
        line = AuditEntry.objects.get(action="sharing.rectification.plan_exported")
    assert (line.user_id, line.object_id) == (county.actor("qiao").user_id, item.pk)


def refused(county: County, who: str, number: int) -> str:
    with acting(county.actor(who)), pytest.raises(NotVisible) as refusal:
        take_plan(actor=county.actor(who), number=number)
    return str(refusal.value).replace(str(number), "")
