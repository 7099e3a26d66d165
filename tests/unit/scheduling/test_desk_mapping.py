"""The desk's JSON and words: edits, pins, and what of a history stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scheduling.domain.desk.edits import AddVisit, ChangeRole, MoveUnit, MoveVisit, Seat, Swap
from scheduling.domain.problem import PinArc, PinPerson, PinUnit
from scheduling.errors import EditUnreadable
from scheduling.mapping.desk_pins import names_only_what_is_there, pin_from, takes_the_place_of
from scheduling.mapping.edits import DeskEdit, SendHome, edit_as_json, edit_from, edit_words
from scheduling.mapping.histories import OPENED, redoable, undoable
from scheduling.mapping.pins import Pinnable, pin_words
from scheduling.models.plans import PlanEdit
from tests.rounds import tiny_plan, tiny_round

TEAMS = {"red": "红组", "blue": "蓝组"}
MARCH_9 = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("edit", "zh", "en"),
    [
        (Swap("cai", "nan"), "把 Cai 与 Nan 对调", "Swap Cai and Nan"),
        (Swap("cai", "wen"), "由 Wen 接替 Cai", "Wen takes Cai's seat"),
        (Swap("wen", "cai"), "由 Wen 接替 Cai", "Wen takes Cai's seat"),
        (Seat("wen", "blue", "member"), "安排 Wen 任 蓝组 组员", "Seat Wen in 蓝组 as member"),
        (ChangeRole("cai", "deputy"), "Cai 改任 红组 副组长", "Make Cai deputy of 红组"),
        (MoveUnit("tax", "blue"), "将 Tax 改由 蓝组 巡察", "Give Tax to 蓝组"),
        (
            MoveVisit("tax", MARCH_9),
            "将 Tax 的进驻改到2026年3月9日起",
            "Move the visit of Tax to 9 Mar 2026",
        ),
        (
            AddVisit("harbour", "red", MARCH_9),
            "增加 红组 自2026年3月9日起巡察 Harbour",
            "Add a visit of Harbour by 红组, from 9 Mar 2026 on",
        ),
        (SendHome(("cai", "nan")), "将 Cai、Nan 移出方案", "Send Cai, Nan home"),
    ],
)
def test_an_edit_is_said_as_people_say_it_and_read_back(edit: DeskEdit, zh: str, en: str) -> None:
    words = edit_words(tiny_round(), tiny_plan(), TEAMS, edit)

    assert (words.zh, words.en) == (zh, en)
    assert edit_from(edit_as_json(edit)) == edit


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ({}, "edit"),
        ({"edit": "abolish"}, "edit"),
        ({"edit": "swap", "a": "cai"}, "b"),
        ({"edit": "seat", "inspector": "cai", "team": "red", "role": "emperor"}, "role"),
        ({"edit": "move_visit", "unit": "tax", "start": "soon"}, "start"),
        ({"edit": "move_visit", "unit": "tax"}, "start"),
        ({"edit": "send_home", "inspectors": []}, "inspectors"),
        ({"edit": "unseat", "inspector": 7}, "inspector"),
    ],
)
def test_an_edit_that_cannot_be_read_is_refused_by_what_it_lacks(
    content: dict[str, Any], key: str
) -> None:
    with pytest.raises(EditUnreadable) as refusal:
        edit_from(content)

    assert refusal.value.data["key"] == key


def test_a_unit_s_start_may_be_left_open() -> None:
    content = {"edit": "move_unit", "unit": "tax", "team": "blue", "start": ""}

    assert edit_from(content) == MoveUnit("tax", "blue", None)


# --- Pins -----------------------------------------------------------------------------------


def known() -> Pinnable:
    round_ = tiny_round()
    return Pinnable(
        people={person.id: person.name for person in round_.inspectors},
        units={unit.id: unit.name for unit in round_.units},
        teams=TEAMS,
        counties={office.id: office.name for office in round_.counties},
    )


@pytest.mark.parametrize(
    ("content", "pin", "zh"),
    [
        ({"inspector": "cai", "team": "red"}, PinPerson("cai", "red"), "Cai进红组"),
        (
            {"inspector": "cai", "team": "red", "role": "member"},
            PinPerson("cai", "red", "member"),
            "Cai任红组组员",
        ),
        (
            {"inspector": "cai", "team": "red", "forbid": True},
            PinPerson("cai", "red", None, True),
            "Cai不进红组",
        ),
        ({"inspector": "cai", "out": True}, PinPerson("cai", None), "Cai不参加本轮次"),
        ({"unit": "tax", "team": "red"}, PinUnit("tax", "red"), "红组巡察Tax"),
        (
            {"unit": "tax", "team": "red", "start": "2026-03-09"},
            PinUnit("tax", "red", MARCH_9),
            "红组自2026年3月9日起巡察Tax",
        ),
        ({"unit": "tax", "out": True}, PinUnit("tax", None), "本轮次不巡察Tax"),
        ({"from": "east", "to": "west"}, PinArc("east", "west"), "East office派人到West office"),
    ],
)
def test_a_pin_is_read_and_said(content: dict[str, Any], pin: object, zh: str) -> None:
    assert pin_from(content) == pin
    assert pin_words(content, known()).zh == zh
    assert names_only_what_is_there(tiny_round(), pin_from(content))


@pytest.mark.parametrize(
    "content",
    [
        {"inspector": "nobody", "team": "red"},
        {"inspector": "cai", "team": "green"},
        {"unit": "nowhere", "out": True},
        {"from": "east", "to": "nowhere"},
    ],
)
def test_a_pin_of_what_is_gone_is_no_part_of_a_question(content: dict[str, Any]) -> None:
    assert not names_only_what_is_there(tiny_round(), pin_from(content))


@pytest.mark.parametrize(
    ("new", "old", "gives_way"),
    [
        ({"inspector": "a", "team": "X"}, {"inspector": "a", "team": "Y"}, True),
        ({"inspector": "a", "out": True}, {"inspector": "a", "team": "Y"}, True),
        ({"inspector": "a", "team": "X"}, {"inspector": "b", "team": "X"}, False),
        (
            {"inspector": "a", "team": "X", "forbid": True},
            {"inspector": "a", "team": "Y", "forbid": True},
            False,
        ),
        (
            {"inspector": "a", "team": "X", "forbid": True},
            {"inspector": "a", "team": "X", "role": "member"},
            True,
        ),
        (
            {"inspector": "a", "team": "Y"},
            {"inspector": "a", "team": "X", "forbid": True},
            False,
        ),
        ({"unit": "u", "team": "X"}, {"unit": "u", "out": True}, True),
    ],
)
def test_what_cannot_hold_together_gives_way_and_nothing_else(
    new: dict[str, Any], old: dict[str, Any], gives_way: bool
) -> None:
    assert takes_the_place_of(new, old) is gives_way


# --- Histories ------------------------------------------------------------------------------


def history(*undoes: int | None) -> list[PlanEdit]:
    """An opening, then edits; a number is the revision that an entry undoes."""
    opened = PlanEdit(revision=1, content={"edit": OPENED})
    entries = [
        PlanEdit(revision=n, undoes=undone, content={"edit": "swap"})
        for n, undone in enumerate(undoes, start=2)
    ]
    return [opened, *entries]


@pytest.mark.parametrize(
    ("entries", "to_undo", "to_redo"),
    [
        ((), None, None),
        ((None,), 2, None),
        ((None, None), 3, None),
        ((None, None, 3), 2, 4),
        ((None, None, 3, 2), None, 5),
        ((None, None, 3, 4), 5, None),
        ((None, 2, None), 4, None),
        ((None, None, 3, 2, 5), 6, 4),
    ],
)
def test_what_was_undone_can_be_done_again_until_something_new_is_done(
    entries: tuple[int | None, ...], to_undo: int | None, to_redo: int | None
) -> None:
    found = history(*entries)

    assert [getattr(edit, "revision", None) for edit in (undoable(found), redoable(found))] == [
        to_undo,
        to_redo,
    ]
