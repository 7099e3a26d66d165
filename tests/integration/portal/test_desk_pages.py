"""The desk over HTTP: with htmx and without, for those who may and those who may not."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scheduling.models.plans import Plan, PlanEdit
from tests.integration.portal.desks import bare, desk_of, queries_of, seen, words
from tests.integration.scheduling.conftest import world
from tests.integration.scheduling.desks import (
    a_draft,
    a_plan,
    edit,
    office_of,
    open_from,
    reserve,
    schedule,
    see,
)
from tests.integration.scheduling.world import World, acting

__all__ = ["world"]

HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(world: World) -> Plan:
    return a_draft(world)


@pytest.fixture
def browser(draft: Plan) -> Client:
    return desk_of("chen")


def here(plan: Plan, part: str = "", **query: str) -> str:
    address = f"/plans/{plan.pk}/desk/{part}"
    return f"{address}?{urlencode(query)}" if query else address


def a_swap(world: World, draft: Plan) -> dict[str, Any]:
    team = schedule(world, draft).teams[0]
    newcomer = reserve(world, draft, office_of(team.members[0]))
    return {"edit": "swap", "a": team.members[0], "b": newcomer}


def test_the_engine_s_plan_leads_to_a_draft_and_the_round_to_both(world: World) -> None:
    plan = a_plan(world)
    browser = desk_of("chen")
    assert "在编排台修改" in seen(browser, f"/plans/{plan.pk}/")

    answer = browser.post(here(plan, "open/"))

    drafted = re.fullmatch(r"/plans/(\d+)/desk/", answer["Location"])
    assert drafted is not None
    assert "编排台" in seen(browser, answer["Location"])
    assert "对比 A 与 B" in seen(browser, f"/rounds/{plan.round_id}/")


def test_every_question_of_the_panel_is_answered_with_and_without_htmx(
    world: World, draft: Plan, browser: Client
) -> None:
    team, other = schedule(world, draft).teams[:2]
    person, unit = team.members[0], team.visits[0].unit
    asked: list[dict[str, str]] = [
        {"q": "定海"},
        *({"person": person, "view": view} for view in ("why", "else", "where", "not", "change")),
        {"person": person, "view": "not", "to": other.id},
        {"person": person, "view": "not", "at": unit},
        {"person": person, "view": "not", "for": other.members[0]},
        *({"unit": unit, "view": view} for view in ("else", "not", "change")),
        {"unit": unit, "view": "not", "to": other.id},
        {"team": team.id},
        {"team": team.id, "role": "member"},
        {"edit": "unseat", "inspector": person},
        {"edit": "swap", "a": person, "b": other.members[0]},
    ]
    for query in asked:
        whole, part = (
            browser.get(here(draft, **query)),
            browser.get(here(draft, **query), headers=HTMX),
        )
        assert (whole.status_code, part.status_code) == (200, 200), query
        assert "<html" in whole.content.decode()
        assert "<html" not in part.content.decode()
        assert 'id="panel-title"' in part.content.decode()


def test_a_price_is_shown_before_the_act_and_nothing_is_written(
    world: World, draft: Plan, browser: Client
) -> None:
    shown = seen(browser, here(draft, **a_swap(world, draft)))

    assert "这项修改的影响" in shown
    assert "修改前" in shown
    assert see(world, draft).revision == 1


def test_a_barred_edit_is_refused_in_words_before_and_after(
    world: World, draft: Plan, browser: Client
) -> None:
    team = schedule(world, draft).teams[0]
    local = reserve(world, draft, team.visits[0].unit.partition(":")[0])
    barred = {"edit": "swap", "a": team.members[0], "b": local}

    before = seen(browser, here(draft, **barred))
    after = browser.post(here(draft, "edit/"), {**barred, "seen": "1"}, headers=HTMX)

    for shown in (before, words(after)):
        assert "属地回避（own_county）" in shown
    assert after.status_code == 409
    assert "确认修改" not in before


def test_without_script_an_edit_leads_back_to_the_panel_it_came_from(
    world: World, draft: Plan, browser: Client
) -> None:
    wanted = a_swap(world, draft)
    panel = urlencode({"person": wanted["a"], "view": "else"})

    answer = browser.post(here(draft, "edit/"), {**wanted, "seen": "1", "panel": panel})

    assert answer.status_code == 302
    assert answer["Location"] == f"{here(draft)}?{panel}"
    assert "接替" in seen(browser, answer["Location"])
    assert see(world, draft).revision == 2


def test_an_edit_on_what_is_no_longer_there_shows_what_happened_and_keeps_the_edit_at_hand(
    world: World, draft: Plan, browser: Client
) -> None:
    wanted = a_swap(world, draft)
    other = schedule(world, draft).teams[1].members[0]
    edit(world, draft, edit="unseat", inspector=other)

    answer = browser.post(here(draft, "edit/"), {**wanted, "seen": "1"}, headers=HTMX)
    page = answer.content.decode()

    assert answer.status_code == 409
    assert "方案在您查看之后已有改动：陈砚秋：" in words(answer)
    assert "确认修改" in words(answer)
    assert 'name="seen" value="2"' in page
    assert 'hx-swap-oob="true"' in page
    assert see(world, draft).revision == 2

    again = browser.post(here(draft, "edit/"), {**wanted, "seen": "2"}, headers=HTMX)
    assert again.status_code == 200
    assert see(world, draft).revision == 3


def test_two_schedulers_see_each_other_s_edits(world: World, draft: Plan, browser: Client) -> None:
    page = browser.get(here(draft)).content.decode()
    told = dict(re.findall(r'name="(seen|token)" value="([^"]*)" data-live', page))
    live = here(draft, "live/", **told)
    assert browser.get(live, headers=HTMX).status_code == 204

    person = schedule(world, draft).teams[0].members[0]
    made = edit(world, draft, edit="unseat", inspector=person)
    with acting(world.chen):
        PlanEdit.objects.create(
            **{f.attname: getattr(made, f.attname) for f in PlanEdit._meta.fields if f.name != "id"}
            | {"revision": 3, "made_by": "吴清和", "made_by_id": world.wu.user_id}
        )
        Plan.objects.filter(pk=draft.pk).update(revision=3)
    answer = browser.get(live, headers=HTMX)

    assert answer.status_code == 200
    assert "吴清和" in words(answer)
    assert "秒前" in words(answer)
    assert 'id="desk-board"' in answer.content.decode()
    assert 'id="desk-panel"' not in answer.content.decode()


def test_to_a_county_the_desk_is_not_there_to_the_byte(
    world: World, draft: Plan, browser: Client
) -> None:
    lin = desk_of("lin")
    nowhere = bare(lin, "/plans/999999/desk/")
    assert nowhere.startswith("404")

    for address in (here(draft), here(draft, "live/"), f"/rounds/{draft.round_id}/compare/"):
        assert bare(lin, address) == nowhere
    for act in ("open", "edit", "undo", "redo", "pin", "unpin", "duties", "solve", "check"):
        answer = lin.post(here(draft, f"{act}/"), {"seen": "1", "edit": "abolish", "team": "T01"})
        assert answer.status_code == 404, act
    assert browser.get(here(draft)).status_code == 200


def test_the_director_looks_and_does_not_touch(world: World, draft: Plan, browser: Client) -> None:
    zhao = desk_of("zhao")
    shown = seen(zhao, here(draft))

    assert "编排台（只读）" in shown
    assert "撤销" not in shown
    answer = zhao.post(here(draft, "edit/"), {**a_swap(world, draft), "seen": "1"})
    assert answer.status_code == 403
    assert see(world, draft).revision == 1


def test_undo_pin_duties_check_and_solve_are_one_press_each(
    world: World, draft: Plan, browser: Client
) -> None:
    wanted = a_swap(world, draft)
    team = schedule(world, draft).teams[0]
    browser.post(here(draft, "edit/"), {**wanted, "seen": "1"})

    assert "撤销：" in words(browser.post(here(draft, "undo/"), {"seen": "2"}, headers=HTMX))
    assert "恢复：" in words(browser.post(here(draft, "redo/"), {"seen": "3"}, headers=HTMX))
    pin = {"inspector": wanted["b"], "team": team.id, "panel": f"person={wanted['b']}&view=change"}
    assert "已固定" in words(browser.post(here(draft, "pin/"), pin, headers=HTMX))
    ticked = {"seen": "4", "team": team.id, "duty": [f"liaison:{wanted['b']}"]}
    assert "联络员" in words(browser.post(here(draft, "duties/"), ticked, headers=HTMX))
    assert "正在核验" in words(browser.post(here(draft, "check/"), {}, headers=HTMX))
    answer = browser.post(here(draft, "solve/"), {"time_limit_s": "1"})
    assert re.fullmatch(r"/runs/\d+/", answer["Location"])
    assert "查看求解进度" in seen(browser, here(draft))


def test_two_plans_stand_side_by_side_with_what_differs(
    world: World, draft: Plan, browser: Client
) -> None:
    wanted = a_swap(world, draft)
    compare = f"/rounds/{draft.round_id}/compare/"
    assert "两份方案的人员和进驻安排完全相同" in seen(browser, compare)

    edit(world, draft, **wanted)
    unit = schedule(world, draft).teams[0].visits[0].unit
    edit(world, draft, edit="drop_visit", unit=unit)
    shown = browser.get(compare)

    assert "安排不同的人员 2" in words(shown)
    assert "安排不同的进驻 1" in words(shown)
    assert shown.content.decode().count('class="move move-') == 2
    chosen = {"a": str(draft.pk), "b": str(draft.pk)}
    assert "请选择两份不同的方案" in seen(browser, f"{compare}?{urlencode(chosen)}")
    assert browser.get(f"{compare}?a={draft.pk}&b=999999").status_code == 404


def test_the_desk_asks_the_database_no_more_for_more_teams_and_edits(
    world: World, draft: Plan, browser: Client
) -> None:
    """Two plans of one round, one with hardly anything in it and a long history."""
    edit(world, draft, **a_swap(world, draft))
    with acting(world.chen):
        source = Plan.objects.get(pk=draft.based_on_id or 0)
    bare_draft = open_from(world, source)
    for team in schedule(world, bare_draft).teams[1:]:
        for visit in team.visits:
            edit(world, bare_draft, edit="drop_visit", unit=visit.unit)
        for person in team.people:
            edit(world, bare_draft, edit="unseat", inspector=person)
    person = schedule(world, draft).teams[0].people[0]

    queries: list[dict[str, str]] = [{}, {"person": person}, {"person": person, "view": "else"}]
    for query in queries:
        counts = {queries_of(browser, here(plan, **query)) for plan in (draft, bare_draft)}
        assert len(counts) == 1, query
    compare = f"/rounds/{draft.round_id}/compare/"
    assert queries_of(browser, compare) == queries_of(
        browser, f"{compare}?a={draft.pk}&b={bare_draft.pk}"
    )


def test_an_edit_asks_the_database_no_more_for_a_longer_history(
    world: World, draft: Plan, browser: Client
) -> None:
    wanted = a_swap(world, draft)
    there_and_back = [wanted, {"edit": "swap", "a": wanted["b"], "b": wanted["a"]}]
    counts = []
    for step in range(6):
        with CaptureQueriesContext(connection) as queries:
            sent = {**there_and_back[step % 2], "seen": str(step + 1)}
            assert browser.post(here(draft, "edit/"), sent, headers=HTMX).status_code == 200
        counts.append(len(queries))

    assert counts[1] == counts[5]
