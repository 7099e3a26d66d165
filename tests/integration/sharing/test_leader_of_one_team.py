"""Who leads one team and is a member of another leads the one, in both layers, whatever seat they wear.

ruan leads T2 and is a member of T1, with a leader's seat and a member's in both offices; here they
always wear the leader's. mei is a member of both teams, so that each room has what another registered.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction

from kernel.clock import today
from kernel.errors import NotVisible
from sharing.access.clues import access_clue, clues_of_team
from sharing.access.interference import entries_visible_to
from sharing.access.rooms import hands_in
from sharing.domain.life_cycle import Hand
from sharing.errors.walking import StepOfAnotherHand
from sharing.models.clues import Clue
from sharing.models.interference import InterferenceEntry
from sharing.models.papers import WorkingPaper
from sharing.models.rooms import Room, RoomMember, RoomSeat
from sharing.selectors.reports import reports_page
from sharing.services import clues, paper_acts, reports
from sharing.services.interference import register_interference
from sharing.services.looking_back import act_on_look_back, send_team
from sharing.services.paper_texts import begin_paper
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.paging import Window
from tests.clues import draft
from tests.integration.sharing.county import County
from tests.integration.sharing.test_authorising_by_sql import refusal
from tests.integration.sharing.test_interference import draft as approach
from tests.integration.sharing.test_looking_back import planned
from tests.integration.sharing.test_rectifying import STEP as ITEM_STEP
from tests.integration.sharing.test_rectifying import assigned
from tests.integration.sharing.test_rectifying import to as item_to
from tests.papers import CHAPTERS, MET_ON, whole
from tests.people import acting
from tests.teams import _PEOPLE, ENDS, Team, _sit, handle

ANOTHER_HAND = "step_in_ones_own_hand"
REPORT = (
    "INSERT INTO sharing_inspectionreport (tenant_id, room_id, unit_code, unit_name, state, steps)"
    " VALUES (%s, %s, %s, '', 'drafting', 0)"
)
REPORT_TEXT = (
    "INSERT INTO sharing_reporttext (tenant_id, report_id, part, number, overview, evaluation,"
    " advice, duty, by_name) VALUES (%s, %s, 'report', 1, 'x', 'x', 'x', '', '')"
)
FOUND = (
    "INSERT INTO sharing_lookbackresult (tenant_id, look_back_id, name, verdict, text, item_id,"
    " by_name, at) VALUES (%s, %s, %s, 'false', 'x', %s, '', now())"
)


@pytest.fixture
def team(team: Team) -> Team:
    with team.django_as("owner"):
        theirs = [team.others_papers, team.others_direct]
        RoomSeat.objects.filter(room__in=theirs, person_number="ruan").update(role="leader")
        for office in ("dinghai", "zhoushan"):
            _sit("ruan", office, Role.TEAM_LEADER, ENDS)
        for room in (team.papers, team.direct):
            _place(room, "ruan")
        for room in theirs:
            _place(room, "mei")
    return team


def _place(room: Room, who: str) -> None:
    number, name = _PEOPLE[who]
    RoomMember.objects.create(content_object=room, user_id=number, permission=handle())
    RoomSeat.objects.create(
        tenant_id=room.tenant_id, room=room, origin_id=9005, person_number=who, name=name,
        role="member", is_local=False, user_id=number,
    )  # fmt: skip


def ruan(team: Team, office: str = "dinghai") -> Actor:
    return replace(team.actor("ruan", office), roles=frozenset({Role.TEAM_LEADER}))


def placed(team: Team, role: str, *, ended: bool = False) -> None:
    """What ruan's place in T1 is, or was."""
    with team.django_as("owner"):
        RoomSeat.objects.filter(room__in=[team.papers, team.direct], person_number="ruan").update(
            role=role, ended_on=today() if ended else None
        )


def clue(team: Team, room: Room, who: str = "mei") -> int:
    actor = ruan(team, "zhoushan") if who == "ruan" else team.actor(who, "zhoushan")
    with acting(actor):
        return int(clues.register_clue(actor=actor, draft=draft(), room=room.pk).pk)


def clues_read(team: Team) -> set[int]:
    """By access, with the fence away, and by the fence alone: they agree."""
    actor = ruan(team, "zhoushan")
    with team.django_as("owner"), acting(actor):
        by_access = set(clues_of_team(actor).values_list("pk", flat=True))
    with acting(actor):
        by_fence = set(Clue.objects.values_list("pk", flat=True))
    assert by_access == by_fence
    return by_access


def entries_read(team: Team) -> set[int]:
    actor = ruan(team, "zhoushan")
    with team.django_as("owner"), acting(actor):
        by_access = set(entries_visible_to(actor).values_list("pk", flat=True))
    with acting(actor):
        by_fence = set(InterferenceEntry.objects.values_list("pk", flat=True))
    assert by_access == by_fence
    return by_access


def step(actor: Actor, table: str, number: int, act: str, after: str) -> str:
    """The constraint that refuses the leader's act by SQL; empty: it would be done."""
    return refusal(
        actor,
        f"INSERT INTO sharing_{table} (tenant_id, record_id, act, hand, after, number, before,"
        " by_name, on_behalf_of, reason, facts)"
        " VALUES (%s, %s, %s, 'team_leader', %s, 0, '', '', '', 'x', '{}')",
        actor.tenant_id,
        number,
        act,
        after,
    )


def hands(team: Team, actor: Actor, room: Room) -> frozenset[Hand]:
    with acting(actor):
        return hands_in(actor, room)


def test_in_the_other_team_they_read_their_own_clues_alone(team: Team) -> None:
    colleague_s, own = clue(team, team.direct), clue(team, team.direct, "ruan")
    led = clue(team, team.others_direct)

    assert clues_read(team) == {own, led}
    actor = ruan(team, "zhoushan")
    with acting(actor), pytest.raises(NotVisible):
        access_clue(actor, colleague_s)


def test_in_the_other_team_they_neither_judge_nor_sign_a_clue(team: Team) -> None:
    colleague_s, own = clue(team, team.direct), clue(team, team.direct, "ruan")
    led, actor = clue(team, team.others_direct), ruan(team, "zhoushan")

    def judge(number: int) -> None:
        with acting(actor):
            clues.judge_clue(
                actor=actor, number=number, judgement="screened", met_on=today(),
                meeting_opinion="属实",
            )  # fmt: skip

    for number, error in ((colleague_s, NotVisible), (own, StepOfAnotherHand)):
        assert step(actor, "cluestep", number, "screened", "screened") == ANOTHER_HAND
        with pytest.raises(error):
            judge(number)
    assert step(actor, "cluestep", led, "screened", "screened") == ""
    judge(led)
    tang = team.actor("tang", "zhoushan")
    with acting(tang):
        clues.judge_clue(
            actor=tang, number=own, judgement="screened", met_on=today(), meeting_opinion="属实"
        )
    with acting(actor), pytest.raises(StepOfAnotherHand):
        clues.sign_clue(actor=actor, number=own)
    assert step(actor, "cluestep", own, "signed", "leader_signed") == ANOTHER_HAND
    with acting(actor):
        clues.sign_clue(actor=actor, number=led)
    assert Hand.TEAM_LEADER not in hands(team, actor, team.direct)
    assert Hand.TEAM_LEADER in hands(team, actor, team.others_direct)


def test_in_the_other_team_they_neither_pass_nor_sign_a_paper(team: Team) -> None:
    text, mei, actor = whole(team), team.actor("mei"), ruan(team)
    papers = {}
    for room in (team.papers, team.others_papers):
        with acting(mei):
            paper = begin_paper(actor=mei, room=room.pk, unit=team.unit_code, text=text)
            paper_acts.hand_to_meeting(actor=mei, number=paper.pk)
        papers[room.pk] = paper.pk
    others, led = papers[team.papers.pk], papers[team.others_papers.pk]

    def passed(who: Actor, number: int) -> None:
        with acting(who):
            paper_acts.pass_at_meeting(actor=who, number=number, met_on=MET_ON, opinion="成立")

    assert step(actor, "paperstep", others, "meeting_passed", "meeting_passed") == ANOTHER_HAND
    with pytest.raises(StepOfAnotherHand):
        passed(actor, others)
    passed(actor, led)
    passed(team.actor("tang"), others)
    assert step(actor, "paperstep", others, "signed", "leader_signed") == ANOTHER_HAND
    with acting(actor):
        with pytest.raises(StepOfAnotherHand):
            paper_acts.sign_paper(actor=actor, number=others)
        paper_acts.sign_paper(actor=actor, number=led)
        assert WorkingPaper.objects.get(pk=led).state == "leader_signed"
    assert Hand.TEAM_LEADER not in hands(team, actor, team.papers)
    assert Hand.FINDER in hands(team, actor, team.papers)
    assert Hand.TEAM_LEADER in hands(team, actor, team.others_papers)


def test_in_the_other_team_they_begin_write_and_hand_in_no_report(team: Team) -> None:
    actor, tang, unit = ruan(team), team.actor("tang"), team.unit_code
    office = actor.tenant_id
    assert refusal(actor, REPORT, office, team.papers.pk, unit) == "report_by_the_leader"
    assert refusal(actor, REPORT, office, team.others_papers.pk, unit) == ""
    with acting(actor):
        waiting = {one.room_id for one in reports_page(actor, Window(50)).waiting}
        assert waiting == {team.others_papers.pk}
        with pytest.raises(StepOfAnotherHand):
            reports.begin_report(actor=actor, room=team.papers.pk, unit=unit)
        led = reports.begin_report(actor=actor, room=team.others_papers.pk, unit=unit).pk
    with acting(tang):
        others = reports.begin_report(actor=tang, room=team.papers.pk, unit=unit).pk

    def write(number: int) -> None:
        with acting(actor):
            reports.write_report(
                actor=actor, number=number, part="report", based_on=0, chapters=CHAPTERS
            )

    refused = "report_written_in_ones_own_hand"
    assert refusal(actor, REPORT_TEXT, office, others) == refused
    assert refusal(actor, REPORT_TEXT, office, led) == ""
    for act, after in (("written", "drafting"), ("submitted", "submitted")):
        assert step(actor, "reportstep", others, act, after) == ANOTHER_HAND
    assert step(actor, "reportstep", led, "written", "drafting") == ""
    with pytest.raises(StepOfAnotherHand):
        write(others)
    write(led)
    with acting(actor), pytest.raises(StepOfAnotherHand):
        reports.submit_report(actor=actor, number=others)


def test_of_the_other_team_they_read_no_interference_of_the_leader_s(team: Team) -> None:
    mei, numbers = team.actor("mei", "zhoushan"), {}
    for room in (team.direct, team.others_direct):
        with acting(mei):
            numbers[room.pk] = register_interference(actor=mei, draft=approach(), room=room.pk).pk

    assert entries_read(team) == {numbers[team.others_direct.pk]}
    placed(team, "deputy")
    assert entries_read(team) == {numbers[team.others_direct.pk]}
    placed(team, "leader")
    assert entries_read(team) == set(numbers.values())


def test_a_deputy_of_the_room_reads_all_and_a_place_that_ended_is_none(team: Team) -> None:
    number, actor = clue(team, team.direct), ruan(team, "zhoushan")

    def may_judge() -> bool:
        done = step(actor, "cluestep", number, "screened", "screened") == ""
        assert (Hand.TEAM_LEADER in hands(team, actor, team.direct)) is done
        return done

    for role, ended, reads, judges in (
        ("deputy", False, True, False),
        ("leader", False, True, True),
        ("leader", True, False, False),
        ("deputy", True, False, False),
    ):
        placed(team, role, ended=ended)
        assert (number in clues_read(team), may_judge()) == (reads, judges), (role, ended)


def test_in_the_other_team_they_lead_no_look_back(team: Team, county: County) -> None:
    actor, backs = ruan(team), {}
    [item] = assigned(county)
    item_to(county, item, "closed_out")
    for room in (team.papers, team.others_papers):
        back = planned(county, units=["U01"])
        for who, name in (("wu", "sampled"), ("he", "approved")):
            county.by(who, act_on_look_back, number=back.pk, act=name)
        backs[room.pk] = county.by("wu", send_team, number=back.pk, room=room.pk)
    others, led = backs[team.papers.pk], backs[team.others_papers.pk]

    assert step(actor, "lookbackstep", others.pk, "begun", "on_site") == ANOTHER_HAND
    with acting(actor):
        with pytest.raises(StepOfAnotherHand):
            act_on_look_back(actor=actor, number=others.pk, act="begun")
        act_on_look_back(actor=actor, number=led.pk, act="begun")
    county.by("tang", act_on_look_back, number=others.pk, act="begun")

    def opened_again(back: Any) -> str:
        with acting(actor), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(FOUND, [actor.tenant_id, back.pk, back.drawn[0], item.pk])
            refused = refusal(
                actor, ITEM_STEP.replace("9002", str(actor.tenant_id)),
                item.pk, "reopened", "team_leader", "in_progress",
            )  # fmt: skip
            transaction.set_rollback(True)
        return refused

    assert opened_again(others) == ANOTHER_HAND
    assert opened_again(led) == ""
