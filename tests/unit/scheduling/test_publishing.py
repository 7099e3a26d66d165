"""Which step follows which, what stands in the way, whom to ask, and what of a plan is whose."""

from __future__ import annotations

from datetime import date

import pytest

from kernel.text import Text
from scheduling.domain.extracts import (
    SeatRow,
    Sheet,
    VisitRow,
    changes_between,
    extract_of,
    people_to_confirm,
)
from scheduling.domain.publishing import (
    AFTER,
    STATE_WORDS,
    Clash,
    Facts,
    in_the_way,
    in_the_way_of_force,
    is_same_list,
    needs_a_check,
    state_after,
)


def seat(office: str, number: str, role: str, team: str) -> SeatRow:
    return SeatRow(office, number, f"{office}{number}", "科长", role, team)


def visit(office: str, code: str, team: str, first: int, last: int) -> VisitRow:
    days = date(2026, 9, first), date(2026, 9, last)
    return VisitRow(office, f"{office}县", code, f"{office}{code}局", team, *days)


SHEET = Sheet(
    teams={"A": "第一组", "B": "第二组"},
    seats=[
        seat("east", "1", "member", "A"),
        seat("city", "9", "leader", "A"),
        seat("east", "2", "leader", "B"),
        seat("west", "3", "deputy", "B"),
    ],
    visits=[
        visit("west", "U1", "A", 7, 11),
        visit("west", "U2", "A", 14, 18),
        visit("north", "U3", "B", 8, 10),
    ],
)


# --- Steps ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "way",
    [
        ("candidate", "proposed", "approved", "published", "superseded"),
        ("candidate", "proposed", "approved", "published", "withdrawn"),
    ],
)
def test_a_plan_s_way_leads_into_force_and_out_of_it(way: tuple[str, ...]) -> None:
    state = way[0]
    for step in way[1:]:
        after = state_after(state, step)
        assert after is not None
        state = after
    assert state == way[-1]


@pytest.mark.parametrize("step", ["taken_back", "returned"])
@pytest.mark.parametrize("state", ["proposed", "approved"])
def test_what_is_being_decided_can_go_back_to_the_desk(state: str, step: str) -> None:
    assert state_after(state, step) == "candidate"
    assert state_after("published", step) is None


def test_every_state_has_its_words_and_what_is_over_stays_over() -> None:
    states = {state for state, _ in AFTER} | set(AFTER.values())

    assert states == set(STATE_WORDS)
    assert not {state for state, _ in AFTER} & {"superseded", "withdrawn"}


# --- What stands in the way -----------------------------------------------------------


def test_nothing_stands_in_the_way_of_a_clean_plan() -> None:
    assert in_the_way_of_force(Facts()) == ()
    assert not needs_a_check(Facts())


@pytest.mark.parametrize(
    ("facts", "code", "said"),
    [
        (Facts(is_checked=False), "unchecked", "尚未经过独立核验"),
        (Facts(changed=[]), "outdated", "轮次数据有变动"),
        (Facts(changed=[Text("甲县作了申报", "A declared")]), "outdated", "甲县作了申报"),
        (Facts(gone=["张三"]), "gone", "张三"),
        (Facts(stale={"甲县": 2}), "stale", "甲县放行的 2 名入选人员"),
        (Facts(suspended=["李四"]), "suspended", "李四"),
        (Facts(breaches=[Text("本县回避", "Own county")]), "breach", "本县回避"),
        (Facts(duties=[Text("不能。", "Cannot.")]), "duty", "不能"),
    ],
)
def test_each_fault_of_a_plan_is_an_obstacle_in_words(facts: Facts, code: str, said: str) -> None:
    [obstacle] = in_the_way(facts)

    assert obstacle.code == code
    assert said in obstacle.says.zh
    assert obstacle in in_the_way_of_force(facts)


def test_somebody_booked_elsewhere_is_named_with_the_round_and_the_days() -> None:
    clash = Clash("张三", "甲县", "第四轮", date(2026, 9, 7), date(2026, 9, 11))

    [obstacle] = in_the_way(Facts(clashes=[clash]))

    assert obstacle.says.zh == "张三（甲县）2026年9月7日至2026年9月11日已由“第四轮”安排"
    assert obstacle.says.en.endswith("“第四轮” from 7 Sep 2026 to 11 Sep 2026")


def test_a_county_s_word_stands_in_the_way_of_force_and_not_of_a_proposal() -> None:
    facts = Facts(unanswered=["甲县", "乙县"], objecting={"丙县": 1})

    assert in_the_way(facts) == ()
    assert [obstacle.code for obstacle in in_the_way_of_force(facts)] == [
        "objection",
        "unconfirmed",
    ]


def test_a_check_is_not_made_in_vain() -> None:
    assert needs_a_check(Facts(is_checked=False))
    assert needs_a_check(Facts(changed=[]))
    assert not needs_a_check(Facts(is_checked=False, gone=["张三"]))


# --- Whom to ask ----------------------------------------------------------------------


def test_an_office_is_asked_who_in_which_role_and_when_and_not_where() -> None:
    lists = people_to_confirm(SHEET)

    assert set(lists) == {"east", "city", "west"}
    assert lists["east"] == [
        {
            "number": "1",
            "name": "east1",
            "role": "member",
            "from": "2026-09-07",
            "to": "2026-09-18",
        },
        {
            "number": "2",
            "name": "east2",
            "role": "leader",
            "from": "2026-09-08",
            "to": "2026-09-10",
        },
    ]


@pytest.mark.parametrize(
    ("change", "is_same"),
    [
        ({"name": "改名"}, True),
        ({"role": "deputy"}, False),
        ({"from": "2026-09-08"}, False),
        ({"to": "2026-09-21"}, False),
        ({"number": "7"}, False),
    ],
)
def test_a_list_is_another_when_people_roles_or_days_are(
    change: dict[str, str], is_same: bool
) -> None:
    [first, second] = people_to_confirm(SHEET)["east"]

    assert is_same_list([first, second], [second, {**first, **change}]) is is_same


# --- What is whose --------------------------------------------------------------------


def test_an_extract_holds_own_people_and_the_teams_that_come() -> None:
    west = extract_of(SHEET, "west")

    assert [row["name"] for row in west["going_out"]] == ["west3"]
    assert west["going_out"][0]["leader"] == "east2"
    [team] = west["coming_in"]
    assert [guest["name"] for guest in team["people"]] == ["city9", "east1"]
    assert [stay["unit"] for stay in team["visits"]] == ["westU1局", "westU2局"]
    assert extract_of(SHEET, "north")["going_out"] == []
    assert extract_of(SHEET, "south") == {"going_out": [], "coming_in": []}


def test_a_visit_elsewhere_of_a_team_that_comes_is_not_told() -> None:
    sheet = Sheet(SHEET.teams, SHEET.seats, [*SHEET.visits, visit("south", "U9", "A", 21, 25)])

    assert extract_of(sheet, "west") == extract_of(SHEET, "west")
    assert "southU9局" in str(extract_of(sheet, "east"))


def test_changes_name_what_came_went_and_moved() -> None:
    moved = [visit("west", "U1", "A", 8, 14), *SHEET.visits[1:]]
    after = Sheet(SHEET.teams, [*SHEET.seats[:2], SHEET.seats[3]], moved)

    west = changes_between(extract_of(SHEET, "west"), extract_of(after, "west"))
    east = changes_between(extract_of(SHEET, "east"), extract_of(after, "east"))

    assert [(c.before is None, c.after is None) for c in west.coming_in] == [(False, False)]
    assert [(c.before or {})["name"] for c in east.going_out if c.after is None] == ["east2"]
    assert changes_between(extract_of(SHEET, "north"), extract_of(SHEET, "north")).is_empty
