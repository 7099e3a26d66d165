"""What waits for whom: each record for exactly those whose hand leads it on."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kernel.clock import today
from portal.turn_todos import CARDS
from sharing.domain.clues import Disposal
from sharing.domain.letters import LetterKind
from sharing.domain.outcomes import OutcomeCode
from sharing.selectors.turns import Task, Turn, turns
from sharing.services import disposing
from sharing.services.disposing import choose_disposal
from sharing.services.document_requests import act_on_request
from sharing.services.handing_over import acknowledge_list, seal_list, take_in
from sharing.services.joint_cases import open_case
from sharing.services.letters import reply_to_letter
from sharing.services.looking_back import (
    Found,
    act_on_look_back,
    plan_look_back,
    send_team,
    tell_result,
)
from sharing.services.rectifying import act_on_item, hand_in_plan
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tests.clues import arrived
from tests.integration.sharing.county import County, take_in_unit_of_team
from tests.integration.sharing.test_document_requests import ask
from tests.integration.sharing.test_letters import drafted, walked
from tests.integration.sharing.test_rectifying import assigned, plan, to
from tests.papers import submit
from tests.papers import to as paper_to
from tests.people import acting
from tests.teams import Team

pytestmark = pytest.mark.usefixtures("committed_db")

# qiao speaks for the unit, shen supervises it, lin directs, wu is a clerk, he of the leading group,
# luo of the discipline body, bai leads in the county, tang the team.
EVERYBODY = ("qiao", "shen", "lin", "wu", "he", "luo", "bai", "tang")


def waiting(county: County) -> dict[str, dict[Task, int]]:
    """Of everybody for whom something waits."""
    found = {
        who: {turn.task: turn.count for turn in county.sees(who, lambda actor: list(turns(actor)))}
        for who in EVERYBODY
    }
    return {who: tasks for who, tasks in found.items() if tasks}


@pytest.mark.parametrize(
    ("state", "who", "task"),
    [
        ("plan_drafted", "lin", Task.ACCEPT_PLAN),
        ("in_progress", "qiao", Task.RECTIFY),
        ("claimed_done", "shen", Task.CHECK),
        ("accepted", "lin", Task.CLOSE_OUT),
    ],
)
def test_an_item_waits_for_whose_turn_it_is(
    county: County, state: str, who: str, task: Task
) -> None:
    to(county, assigned(county)[0], state)

    assert waiting(county) == {who: {task: 1}}


def test_a_new_item_waits_for_its_unit_and_a_closed_one_for_nobody(county: County) -> None:
    ours, others = assigned(county, 2), assigned(county, 1, "U02")
    assert waiting(county) == {"qiao": {Task.PLAN: 2}}, "nobody speaks for the other unit"
    to(county, ours[0], "closed_out")

    assert waiting(county) == {"qiao": {Task.PLAN: 1}}
    assert others


def test_what_is_late_is_told_beside_what_is_not(county: County) -> None:
    late, soon = assigned(county, 2)
    for item, due in ((late, today() - timedelta(days=60)), (soon, today() + timedelta(days=60))):
        county.by("qiao", hand_in_plan, number=item.pk, plan=plan(due))
        county.by("lin", act_on_item, number=item.pk, act="plan_accepted", reason="")

    found = county.sees("qiao", lambda actor: list(turns(actor)))
    assert found == [Turn(Task.RECTIFY, 2, 1)]


def test_a_letter_waits_for_each_hand_on_its_way(county: County) -> None:
    letter = drafted(county)
    assert waiting(county) == {}, "a draft is its writers' own"
    way = (
        ("handed_in", {"lin": {Task.SIGN_LETTER: 1}}),
        ("signed", {"lin": {Task.SEND_LETTER: 1}, "wu": {Task.SEND_LETTER: 1}}),
        ("sent", {"qiao": {Task.SIGN_FOR_LETTER: 1}}),
        ("received", {"qiao": {Task.ANSWER_LETTER: 1}}),
    )
    for act, seen in way:
        letter = walked(county, letter, act)
        assert waiting(county) == seen, act
    county.by("qiao", reply_to_letter, number=letter.pk, text="已整改。")
    assert waiting(county) == {"lin": {Task.READ_REPLY: 1}}
    walked(county, letter, "closed")
    assert waiting(county) == {}


def test_a_clue_waits_for_the_office_and_the_discipline_body_in_turn(team: Team) -> None:
    county = County(team)
    lin, luo = team.actor("lin", "dinghai"), team.actor("luo", "dinghai")
    number = arrived(team, lin)
    assert waiting(county) == {"lin": {Task.TAKE_IN: 1}}
    county.by("lin", take_in, number=number)
    assert waiting(county) == {"lin": {Task.HAND_OVER: 1}}
    list_ = county.by("lin", seal_list, clues=[number])
    assert waiting(county) == {"luo": {Task.SIGN_RECEIPT: 1}}
    with acting(luo):
        acknowledge_list(actor=luo, number=list_.pk)
    assert waiting(county) == {"luo": {Task.CHOOSE_DISPOSAL: 1}}
    county.by("luo", choose_disposal, number=number, disposal=Disposal.PRELIMINARY_CHECK)
    assert waiting(county) == {"luo": {Task.TELL_RESULT: 1}}
    county.by("luo", disposing.tell_result, number=number, outcomes=[(1, OutcomeCode.TALK)])
    assert waiting(county) == {"lin": {Task.CLOSE_CLUE: 1}}


def test_a_look_back_waits_for_each_hand_on_its_way(county: County) -> None:
    back = county.by("wu", plan_look_back, title="回头看", population=["甲"], count=1, seed="1")
    assert waiting(county) == {}, "the population is its writers' own"
    county.by("wu", act_on_look_back, number=back.pk, act="sampled")
    assert waiting(county) == {"he": {Task.APPROVE_LOOK_BACK: 1}}
    county.by("he", act_on_look_back, number=back.pk, act="approved")
    assert waiting(county) == {
        "lin": {Task.SEND_LOOK_BACK_TEAM: 1}, "wu": {Task.SEND_LOOK_BACK_TEAM: 1},
    }  # fmt: skip
    county.by("wu", send_team, number=back.pk, room=county.team.papers.pk)
    assert waiting(county) == {"tang": {Task.LEAD_LOOK_BACK: 1}}
    county.by("tang", act_on_look_back, number=back.pk, act="begun")
    assert waiting(county) == {"tang": {Task.LEAD_LOOK_BACK: 1}}
    county.by("tang", tell_result, number=back.pk, results=[Found("甲", "confirmed")])
    assert waiting(county) == {"lin": {Task.CLOSE_LOOK_BACK: 1}}
    county.by("lin", act_on_look_back, number=back.pk, act="closed")
    assert waiting(county) == {}


def test_a_deputy_is_told_of_what_was_passed_on_alone(county: County) -> None:
    """To whom the signature, or the approval, was withheld it would be refused."""
    walked(county, drafted(county), "handed_in")
    walked(county, drafted(county, LetterKind.PROPOSAL), "handed_in")
    back = county.by("wu", plan_look_back, title="回头看", population=["甲"], count=1, seed="1")
    county.by("wu", act_on_look_back, number=back.pk, act="sampled")
    for who, kept, left in (
        ("lin", Permission.SIGN_LETTERS, {Task.SIGN_LETTER}),
        ("he", Permission.APPROVE_LETTERS, {Task.SIGN_LETTER}),
        ("he", Permission.APPROVE_LOOK_BACK, {Task.APPROVE_LOOK_BACK}),
    ):
        holder = county.actor(who)
        deputy = replace(holder, withheld=frozenset({kept}))
        with acting(holder):
            assert told(holder) - told(deputy) == left, (who, kept)
            assert told(deputy) <= told(holder)


def test_a_joint_case_waits_for_its_leader(county: County) -> None:
    items = [*assigned(county), *assigned(county, 1, "U02")]
    county.by(
        "wu", open_case, items=[one.pk for one in items], title="共性问题", departments="财政局",
        leader=f"leader:{county.actor('bai').user_id}",
    )  # fmt: skip

    assert waiting(county)["bai"] == {Task.LEAD_CASE: 1}


def test_a_report_waits_for_the_leading_group(county: County) -> None:
    paper_to(county.team, "in_report")
    assert waiting(county) == {}
    submit(county.team)

    assert waiting(county) == {"he": {Task.APPROVE_REPORT: 1}}


def test_a_document_that_is_asked_for_waits_for_its_unit(county: County) -> None:
    take_in_unit_of_team(county)
    request = ask(county.team)
    assert waiting(county) == {"qiao": {Task.DELIVER: 1}}
    county.by("qiao", act_on_request, request=request.pk, act="delivered")

    assert waiting(county) == {}


def test_each_task_has_its_card_and_is_reached_by_a_test() -> None:
    assert set(CARDS) == set(Task)
    here = Path(__file__)
    told = [here.with_name(f"test_told_of_{what}.py") for what in ("hits", "digests")]
    above = "".join(one.read_text(encoding="utf-8") for one in (here, *told))
    assert {one.name for one in Task} == set(re.findall(r"Task\.([A-Z_]+)", above))


def told(actor: Actor) -> set[Task]:
    return {turn.task for turn in turns(actor)}
