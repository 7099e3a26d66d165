"""Lists of hand-over as docx: what both sides sign, and nobody else ever holds."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from kernel.clock import today
from kernel.errors import NotVisible
from kernel.text import day_text
from sharing.documents.hand_over import HandedClue
from sharing.models.hand_over import HandOverList
from sharing.models.office_clues import OfficeClue
from sharing.services import clues, handing_over
from sharing.services.disposing import declare_tie
from sharing.services.taking_away import take_hand_over_list
from tenancy.actor import Actor
from tenancy.models import AuditEntry
from tests.clues import CITY_MANAGED, handed_over, registered
from tests.integration.sharing.test_informants import PLANTED, entered
from tests.people import acting
from tests.read_again import HOSTILE, Again, opened_again
from tests.teams import Team
from tests.unit.sharing.reading_docx import parts_of

OFFICE = "定海区委巡察办"


def taken(actor: Actor, list_: HandOverList) -> Again:
    with acting(actor):
        return opened_again(take_hand_over_list(actor=actor, number=list_.pk).content)


def test_a_list_says_what_was_signed_by_whom_and_until_when(team: Team) -> None:
    lin, luo = team.actor("lin"), team.actor("luo")
    number, list_ = handed_over(team, lin, is_urgent=True, evidence=("会议纪要 3 页", "合同"))

    said = taken(luo, list_)

    with acting(lin):
        clue = OfficeClue.objects.get(pk=number)
    row = said.cells[8:16]
    assert row[0] == "1"
    assert row[1] == f"〔{clue.year}〕{clue.number}号（紧急）"
    assert row[2:4] == ("骆怀川", "定海区教育局\n局长")
    assert row[4:6] == ("县（区）管干部", clue.gist)
    assert row[6] == "1. 会议纪要 3 页\n2. 合同"
    assert row[7] == f"{clue.round_name}\n{clue.team_name}\n个别谈话"
    assert said.beside("移交单位") == OFFICE
    assert said.beside("移交人签字") == lin.name
    assert said.beside("移交日期") == day_text(today()).zh
    assert (said.beside("接收单位"), said.beside("接收人签字")) == ("纪检监察机关", "")
    assert any(words.startswith("请自签收之日起") for words in said.paragraphs)
    assert f"清单编号：〔{list_.year}〕{list_.number}号    共1件" in said.paragraphs

    with acting(luo):
        received = handing_over.acknowledge_list(actor=luo, number=list_.pk)
    said = taken(lin, received)

    with acting(lin):
        clue = OfficeClue.objects.get(pk=number)
    assert clue.disposal_due_on is not None
    assert clue.result_due_on is not None
    assert said.beside("接收人签字") == luo.name
    assert said.beside("回执编号") == f"〔{received.receipt_year}〕{received.receipt_number}号"
    opinion, result = day_text(clue.disposal_due_on).zh, day_text(clue.result_due_on).zh
    assert f"请于{opinion}前反馈处置意见，于{result}前反馈办理结果。" in said.paragraphs


def test_it_is_always_an_export_and_on_record(team: Team) -> None:
    lin, luo = team.actor("lin"), team.actor("luo")
    _, list_ = handed_over(team, lin)

    assert taken(luo, list_).mark.startswith(f"{OFFICE} {luo.name} ")

    with acting(lin):
        lines = AuditEntry.objects.filter(action="sharing.hand_over.exported")
        assert [(line.user_id, line.object_id) for line in lines] == [(luo.user_id, list_.pk)]


def test_what_was_typed_stands_in_it_and_who_told_it_does_not(team: Team) -> None:
    lin = team.actor("lin")
    said_of = {"subject_name": HOSTILE[3], "subject_post": HOSTILE[0], "subject_unit": HOSTILE[1]}
    _, list_ = handed_over(team, lin, **said_of, gist="\n".join(HOSTILE), evidence=HOSTILE)

    said = taken(lin, list_)

    assert HOSTILE[3] in said.cells
    assert f"{HOSTILE[1]}\n{HOSTILE[0]}" in said.cells
    assert "\n".join(HOSTILE) in said.cells
    assert "\n".join(f"{n}. {one}" for n, one in enumerate(HOSTILE, start=1)) in said.cells
    assert {one.name for one in fields(HandedClue)} == {
        "number", "subject", "post", "level", "gist", "evidence", "source",
    }  # fmt: skip


def test_an_informant_who_is_sealed_stands_in_no_list(
    team: Team, settings: Any, tmp_path: Path
) -> None:
    settings.KEYS_FOLDER = tmp_path
    tmp_path.chmod(0o700)
    number, lin, tang = registered(team), team.actor("lin"), team.actor("tang", "zhoushan")
    entered(team, number)
    judged: dict[str, Any] = {"judgement": "screened", "met_on": today(), "meeting_opinion": "属实"}
    with acting(tang):
        clues.judge_clue(actor=tang, number=number, **judged)
        clues.sign_clue(actor=tang, number=number)
    with acting(lin):
        arrived = OfficeClue.objects.get()
        handing_over.take_in(actor=lin, number=arrived.pk)
        list_ = handing_over.seal_list(actor=lin, clues=[arrived.pk])
        content = take_hand_over_list(actor=lin, number=list_.pk).content

    parts = b"".join(parts_of(content).values()).decode(errors="replace")
    assert arrived.subject_name in parts, "the allowed twin"
    assert [word for word in PLANTED.values() if word in parts] == []


def test_a_county_cannot_fetch_the_list_of_a_city_clue(team: Team) -> None:
    """Nor anybody else: what they are told is what is told of a list that is not there."""
    zhao, lin = team.actor("zhao"), team.actor("lin")
    _, of_city = handed_over(team, zhao, management_level=CITY_MANAGED)
    _, of_county = handed_over(team, lin)

    for who, list_ in (
        *((one, of_city) for one in ("lin", "luo", "he", "chen")),
        *((one, of_county) for one in ("zhao", "qin", "wu", "he")),
    ):
        assert refused(team.actor(who), list_.pk) == refused(team.actor(who), 987654321), who
    for who, list_ in (("zhao", of_city), ("qin", of_city), ("lin", of_county), ("luo", of_county)):
        assert taken(team.actor(who), list_).mark, who


def test_who_has_a_tie_to_a_subject_cannot_take_the_list_away(team: Team) -> None:
    lin, luo = team.actor("lin"), team.actor("luo")
    number, list_ = handed_over(team, lin)
    assert taken(luo, list_).cells

    with acting(luo):
        declare_tie(actor=luo, number=number)

    assert refused(luo, list_.pk) == refused(luo, 987654321)


def refused(actor: Actor, number: int) -> str:
    with acting(actor), pytest.raises(NotVisible) as refusal:
        take_hand_over_list(actor=actor, number=number)
    return str(refusal.value).replace(str(number), "")
