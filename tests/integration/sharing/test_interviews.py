"""The plan of interviews: of its post, by two at least, covered by strata."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from kernel.clock import today
from kernel.errors import NotVisible
from sharing.domain.interviews import State
from sharing.domain.posts import Post
from sharing.errors.interviews import (
    InterviewDayUnfit,
    InterviewStands,
    InterviewWantsAReason,
    InterviewWantsTwo,
    StrataUnreadable,
    StratumInUse,
    StratumNotThere,
)
from sharing.models.interviews import Interview, InterviewStratum
from sharing.selectors.interviews import interviewers_offered, room_interviews, unit_plans
from sharing.services.interviews import plan_interview, set_strata, settle_interview
from tenancy.paging import Window
from tests.integration.security.ground import browser_of
from tests.integration.sharing.test_authorising_by_sql import refusal
from tests.integration.sharing.test_posts import make_local, name
from tests.people import acting
from tests.teams import UNIT_CODE, Team

ALL = Window(50)
TANG, GU, MEI = "9005:tang", "9005:gu", "9005:mei"


def strata(team: Team, typed: str = "班子成员 2\n中层干部 3", who: str = "tang") -> None:
    actor = team.actor(who)
    with acting(actor):
        set_strata(actor=actor, number=team.papers.pk, unit=UNIT_CODE, strata=typed)


def plan(team: Team, who: str = "tang", **changes: Any) -> Interview:
    actor = team.actor(who)
    told: dict[str, Any] = {
        "unit": UNIT_CODE,
        "stratum": "班子成员",
        "post": "副局长",
        "on": today(),
        "interviewers": [TANG, GU],
    }
    with acting(actor):
        return plan_interview(actor=actor, number=team.papers.pk, **(told | changes))


def settle(team: Team, nth: int, state: State, who: str = "tang", **given: Any) -> Interview:
    actor = team.actor(who)
    with acting(actor):
        return settle_interview(actor=actor, number=team.papers.pk, nth=nth, state=state, **given)


def sees(team: Team, who: str) -> int:
    """By access and by the database, which agree."""
    actor = team.actor(who)
    with acting(actor):
        by_fence = Interview.objects.count(), InterviewStratum.objects.count()
        try:
            seen = len(room_interviews(actor, team.papers.pk, ALL).lines)
            layers = sum(len(one.strata) for one in unit_plans(actor, team.papers.pk))
        except NotVisible:
            seen = layers = 0
    assert (seen, layers) == by_fence, who
    return seen


def test_a_plan_is_covered_by_what_was_held(team: Team) -> None:
    with pytest.raises(StratumNotThere):
        plan(team)
    strata(team)
    held, missed = plan(team).number, plan(team, post="局长").number
    settle(team, held, State.HELD, on=today())
    with pytest.raises(InterviewWantsAReason):
        settle(team, missed, State.NOT_HELD)
    settle(team, missed, State.NOT_HELD, reason="住院")

    tang = team.actor("tang")
    with acting(tang):
        [unit] = unit_plans(tang, team.papers.pk)
    assert [(one.held, one.planned, one.missing) for one in unit.strata] == [(1, 0, 1), (0, 0, 3)]
    again = settle(team, missed, State.PLANNED, on=today() + timedelta(days=3))
    assert (again.state, again.reason) == ("planned", "")
    with pytest.raises(InterviewStands):
        settle(team, held, State.NOT_HELD, reason="x")
    with pytest.raises(InterviewDayUnfit):
        settle(team, missed, State.HELD, on=today() + timedelta(days=3))


def test_two_at_least_who_hold_the_post(team: Team) -> None:
    strata(team)
    for people in ([TANG], [TANG, TANG], [TANG, MEI], [TANG, "9005:ruan"], []):
        with pytest.raises(InterviewWantsTwo):
            plan(team, interviewers=people)
    name(team, "mei", Post.INTERVIEWS)
    assert len(plan(team, interviewers=[TANG, MEI]).interviewers) == 2
    make_local(team, "mei")
    with pytest.raises(InterviewWantsTwo):
        plan(team, interviewers=[TANG, MEI])
    tang = team.actor("tang")
    with acting(tang):
        assert {one.name for one in interviewers_offered(tang, team.papers.pk)} == {
            "唐思远",
            "顾长风",
        }


def test_the_post_plans_and_nobody_else_sees_a_thing(team: Team) -> None:
    strata(team)
    plan(team)
    name(team, "mei", Post.INTERVIEWS)

    assert [sees(team, who) for who in ("tang", "gu", "mei")] == [1, 1, 1]
    others = ("ruan", "lin", "wu", "he", "luo", "qiao", "zhao", "jiang")
    assert [who for who in others if sees(team, who)] == []
    make_local(team, "mei")
    make_local(team, "gu")
    assert [sees(team, who) for who in ("gu", "mei")] == [0, 0]
    for who in ("gu", "mei", "lin"):
        with pytest.raises(NotVisible):
            plan(team, who)
        with pytest.raises(NotVisible):
            strata(team, who=who)


def test_strata_are_the_team_s_to_change(team: Team) -> None:
    strata(team)
    plan(team)
    with pytest.raises(StratumInUse):
        strata(team, "群众 5")
    with pytest.raises(StrataUnreadable):
        strata(team, "群众很多")
    with pytest.raises(StrataUnreadable):
        strata(team, "群众 5000")
    strata(team, "群众 5\n班子成员 1")
    tang = team.actor("tang")
    with acting(tang):
        [unit] = unit_plans(tang, team.papers.pk)
    assert [(one.title, one.target) for one in unit.strata] == [("群众", 5), ("班子成员", 1)]


def test_the_database_keeps_the_plan(team: Team) -> None:
    strata(team)
    one = plan(team)
    tang, mei, lin = team.actor("tang"), team.actor("mei"), team.actor("lin")
    add = (
        "INSERT INTO sharing_interview (tenant_id, room_id, stratum_id, number, post, planned_on,"
        " interviewers, state, reason, planned_by_name, settled_by_name)"
        " VALUES (%s, %s, %s, 9, 'x', %s, %s::jsonb, 'planned', '', '', '')"
    )
    given = (tang.tenant_id, team.papers.pk, one.stratum_id, today())
    both, alone = str(one.interviewers), str(one.interviewers[:1])
    twice = str(one.interviewers[:1] * 2)
    assert refusal(tang, add, *given, both) == ""
    assert refusal(mei, add, *given, both) == "interview_of_its_post"
    assert refusal(lin, add, *given, both) == "interview_of_its_post"
    for people in (alone, twice, "[]", '"x"', '["1", "2"]', "[99001, 99002]"):
        assert refusal(tang, add, *given, people) == "interview_takes_two_of_the_post", people
    far = (*given[:3], today() + timedelta(days=99999))
    assert refusal(tang, add, *far, both) == "interview_within_the_term"
    hold = "UPDATE sharing_interview SET state = 'held', held_on = %s"
    assert refusal(tang, hold, today() + timedelta(days=2)) == "interview_within_the_term"
    assert refusal(tang, hold, today()) == ""
    assert refusal(tang, hold, None) == "interview_says_when_or_why"
    assert refusal(tang, "UPDATE sharing_interview SET post = 'x'") == "42501"
    assert refusal(tang, "DELETE FROM sharing_interview") == "42501"
    layer = (
        "INSERT INTO sharing_interviewstratum (tenant_id, room_id, unit_code, title, target,"
        " position) VALUES (%s, %s, %s, 'x', 1, 9)"
    )
    assert refusal(tang, layer, tang.tenant_id, team.papers.pk, UNIT_CODE) == ""
    wrong = (tang.tenant_id, team.papers.pk, "none")
    assert refusal(tang, layer, *wrong) == "interview_stratum_of_its_post"
    settle(team, one.number, State.HELD, on=today())
    again = "UPDATE sharing_interview SET state = 'not_held', held_on = NULL, reason = 'x'"
    assert refusal(tang, again) == "interview_held_stands"


def test_the_pages_of_the_plan(team: Team) -> None:
    browser = browser_of(team.actor("tang"))
    room = team.papers.pk
    page = reverse("portal:room-interviews", args=[room])
    detail = reverse("portal:room-detail", args=[room])
    assert page in browser.get(detail).content.decode()
    assert browser.get(page).status_code == 200
    layers = reverse("portal:room-interview-strata", args=[room])
    assert browser.post(layers, {"unit": UNIT_CODE, "strata": "群众很多"}).status_code == 422
    assert browser.post(layers, {"unit": UNIT_CODE, "strata": "班子成员 2"}).status_code == 302
    typed = {
        "stratum": f"{UNIT_CODE}\t班子成员",
        "post": "副局长",
        "on": today().isoformat(),
        "interviewers": [TANG],
    }
    faulty = browser.post(page, typed)
    assert faulty.status_code == 422
    assert "副局长" in faulty.content.decode()
    assert browser.post(page, typed | {"interviewers": [TANG, GU]}).status_code == 302
    act = reverse("portal:room-interview-settle", args=[room])
    assert browser.post(act, {"nth": 1, "state": "not_held"}).status_code == 422
    said = {"nth": 1, "state": "held", "on": today().isoformat()}
    assert browser.post(act, said).status_code == 302
    shown = browser.get(page).content.decode()
    assert "<progress" in shown
    assert "50" in shown

    other = browser_of(team.actor("mei"))
    assert page not in other.get(detail).content.decode()
    assert other.get(page).status_code == 404
