"""Working papers as docx: what stands in them at each step, for the team alone, while it is a team."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kernel.clock import frozen, now, today
from kernel.errors import NotAllowed, NotVisible
from kernel.text import day_text
from sharing.models.papers import WorkingPaper
from sharing.services import paper_acts
from sharing.services.paper_texts import Basis, Evidence
from sharing.services.taking_away import take_working_paper
from tenancy.actor import Actor
from tenancy.domain.acts import NOT_TOLD_AT_HOME
from tenancy.models import AuditEntry
from tests.papers import MET_ON, WHOLE, begun, to, whole
from tests.people import acting
from tests.read_again import HOSTILE, Again, opened_again
from tests.teams import Team

OFFICE = "定海区委巡察办"


def taken(actor: Actor, paper: WorkingPaper) -> Again:
    with acting(actor):
        return opened_again(take_working_paper(actor=actor, number=paper.pk).content)


def test_a_paper_says_what_its_record_says(team: Team) -> None:
    paper = to(team, "leader_signed")

    said = taken(team.actor("mei"), paper)

    assert f"编号：{paper.mark}" in said.paragraphs
    for label, value in {
        "巡察轮次": team.papers.round_name,
        "巡察组": team.papers.team_name,
        "被巡察单位": paper.unit_name,
        "问题类别": "落实新时代党的组织路线 / 民主集中制",
        "问题标题": WHOLE.title,
        "涉及纪律": "组织纪律",
        "严重程度": "较重",
        "涉及金额": "1,260,000.00元",
        "涉及人员": "2人",
        "问题事实": WHOLE.fact,
        "问题性质": WHOLE.nature,
        "责任认定": WHOLE.responsibility,
        "定性依据": "1. 《中国共产党党组工作条例》第十七条（2019年修订）",
        "证据清单": "1. 党组会记录（会议记录，2024年5月6日，12页，存办公室档案柜）",
        "发现人": team.actor("mei").name,
        "发现日期": day_text(today()).zh,
        "组务会意见": "成立",
        "组务会日期": day_text(MET_ON).zh,
        "组长签字": f"{team.actor('tang').name}\n{day_text(today()).zh}",
    }.items():
        assert said.beside(label) == value, label
    assert f"本底稿一事一稿，由{OFFICE}留存归档。" in said.paragraphs
    assert said.mark.startswith(f"{OFFICE} {team.actor('mei').name} ")


def test_a_text_that_was_given_back_bears_no_judgement_of_an_earlier_one(team: Team) -> None:
    paper, tang = to(team, "leader_signed"), team.actor("tang")
    with acting(tang):
        paper_acts.take_back(actor=tang, number=paper.pk, reason="金额需再核实")

    said = taken(tang, paper)

    assert said.beside("组务会意见") == ""
    assert team.actor("tang").name not in said.beside("组长签字")


def test_what_was_not_upheld_says_so(team: Team) -> None:
    paper, tang = to(team, "evidence_complete"), team.actor("tang")
    with acting(tang):
        paper_acts.not_uphold(actor=tang, number=paper.pk, reason="系工作失误，已纠正")

    assert taken(tang, paper).beside("组务会意见") == "问题不成立：系工作失误，已纠正"


def test_a_paper_that_is_hardly_begun_and_one_full_of_odd_words_open(team: Team) -> None:
    mei = team.actor("mei")
    text = replace(
        WHOLE, fact="", bases=(), evidence=(), severity="", money_cents=None, people_count=None,
        disciplines=(),
    )  # fmt: skip
    bare = begun(team, text=text)
    for label in (
        "问题类别",
        "严重程度",
        "涉及金额",
        "涉及人员",
        "定性依据",
        "证据清单",
        "问题事实",
    ):
        assert taken(mei, bare).beside(label) == "", label

    for value in HOSTILE:
        odd = whole(
            team, title=value, fact="\n".join(HOSTILE), nature=value, responsibility=value,
            bases=(Basis(value, value[:100], ""),), evidence=(Evidence("data", value, None, None, value),),
        )  # fmt: skip
        said = taken(mei, begun(team, text=odd))
        assert said.beside("问题标题") == value
        assert said.beside("问题事实") == "\n".join(HOSTILE)
        assert said.beside("定性依据") == f"1. 《{value}》{value[:100]}"
        assert said.beside("证据清单") == f"1. {value}（数据比对，存{value}）"


def test_another_team_the_office_and_whose_term_is_over_cannot_take_it_away(team: Team) -> None:
    paper = to(team, "fed_back")
    for who in ("ruan", "lin", "wu", "he", "luo", "qiao", "zhao", "jiang"):
        assert refused(team.actor(who), paper.pk) == refused(team.actor(who), 987654321), who
    mei = team.actor("mei")
    assert taken(mei, paper).mark, "the allowed twin"

    with frozen(now().replace(year=2098, month=1, day=2)):
        assert taken(mei, paper).mark, "the last year of the term"
    with frozen(now().replace(year=2099, month=1, day=2)):
        assert refused(mei, paper.pk) == refused(mei, 987654321)


def test_it_is_on_record_and_not_told_to_the_office_at_home(team: Team) -> None:
    paper, mei = to(team, "leader_signed"), team.actor("mei")
    with acting(mei):
        made = take_working_paper(actor=mei, number=paper.pk)

    assert made.file_name == f"问题底稿-{paper.mark}-{paper.title}.docx"
    with acting(team.actor("lin")):
        line = AuditEntry.objects.get(action="sharing.paper.exported")
    assert (line.user_id, line.object_id, line.data["version"]) == (mei.user_id, paper.pk, 1)
    assert "sharing.paper.exported" in NOT_TOLD_AT_HOME


def refused(actor: Actor, number: int) -> str:
    with acting(actor), pytest.raises((NotVisible, NotAllowed)) as refusal:
        take_working_paper(actor=actor, number=number)
    return str(refusal.value).replace(str(number), "")
