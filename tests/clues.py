"""Clues on their way, for tests: fictional people and matters."""

from __future__ import annotations

from typing import Any

from kernel.clock import today
from sharing.models.hand_over import HandOverList
from sharing.models.office_clues import OfficeClue
from sharing.services import clues as team_services
from sharing.services import handing_over
from sharing.services.clues import ClueDraft
from tenancy.actor import Actor
from tests.people import acting
from tests.teams import Team

CITY_MANAGED, COUNTY_MANAGED, LOWER = "city_managed", "county_managed", "lower"


def draft(**changes: Any) -> ClueDraft:
    fields: dict[str, Any] = {
        "subject_name": "骆怀川",
        "subject_post": "局长",
        "subject_unit": "定海区教育局",
        "management_level": COUNTY_MANAGED,
        "source_kind": "interview",
        "gist": "反映其在校舍修缮工程中违规指定施工单位。",
        "evidence": ("会议纪要复印件 3 页",),
    }
    return ClueDraft(**(fields | changes))


def registered(team: Team, **changes: Any) -> int:
    """By mei, in the direct room: its number there."""
    mei = team.actor("mei", "zhoushan")
    with acting(mei):
        return int(team_services.register_clue(actor=mei, draft=draft(**changes)).pk)


def signed(team: Team, **changes: Any) -> int:
    """Judged and signed by tang: its number in the direct room."""
    number = registered(team, **changes)
    tang = team.actor("tang", "zhoushan")
    with acting(tang):
        team_services.judge_clue(
            actor=tang, number=number, judgement="screened", met_on=today(), meeting_opinion="属实"
        )
        team_services.sign_clue(actor=tang, number=number)
    return number


def arrived(team: Team, director: Actor, **changes: Any) -> int:
    """Signed, and its number in the register of the director's office."""
    with acting(director):
        before = set(OfficeClue.objects.values_list("pk", flat=True))
    signed(team, **changes)
    with acting(director):
        (number,) = set(OfficeClue.objects.values_list("pk", flat=True)) - before
    return int(number)


def handed_over(team: Team, director: Actor, **changes: Any) -> tuple[int, HandOverList]:
    number = arrived(team, director, **changes)
    with acting(director):
        handing_over.take_in(actor=director, number=number)
        return number, handing_over.seal_list(actor=director, clues=[number])


def received(team: Team, director: Actor, discipline: Actor, **changes: Any) -> int:
    """With the discipline body, its receipt signed."""
    number, list_ = handed_over(team, director, **changes)
    with acting(discipline):
        handing_over.acknowledge_list(actor=discipline, number=list_.pk)
    return number
