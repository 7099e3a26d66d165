"""What waits for whom: each record for exactly those whose hand leads it on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kernel.clock import today
from sharing.selectors.turns import Task, Turn, turns
from sharing.services.handing_over import acknowledge_list
from sharing.services.letters import reply_to_letter
from sharing.services.rectifying import act_on_item, hand_in_plan
from tests.clues import handed_over
from tests.integration.sharing.county import County
from tests.integration.sharing.test_letters import drafted, walked
from tests.integration.sharing.test_rectifying import assigned, plan, to
from tests.people import acting
from tests.teams import Team

pytestmark = pytest.mark.usefixtures("committed_db")

# qiao speaks for the unit, shen supervises it, lin directs, wu is a clerk, he of the leading group,
# luo of the discipline body.
EVERYBODY = ("qiao", "shen", "lin", "wu", "he", "luo")


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


def test_a_list_of_clues_waits_for_the_discipline_body_alone(team: Team) -> None:
    county = County(team)
    lin, luo = team.actor("lin", "dinghai"), team.actor("luo", "dinghai")
    _, list_ = handed_over(team, lin)
    assert waiting(county) == {"luo": {Task.SIGN_RECEIPT: 1}}
    with acting(luo):
        acknowledge_list(actor=luo, number=list_.pk)

    assert waiting(county) == {"luo": {Task.CHOOSE_DISPOSAL: 1}}
