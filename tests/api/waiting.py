"""What an office waits for, by its program: terms, working days, one deadline from pause to resume."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from kernel.clock import frozen
from tests.api.witness import Office, Witness
from tests.days import working_day_ahead
from tests.deadlines import MATTER, begun
from tests.people import acting

TERMS: dict[str, Any] = {"profile": "concentrated_2024", "soon_days": 4, "steps": [1, 10]}


def what_is_waited_for(office: Office) -> None:
    """By the real clock: the database's is asked which day it is."""
    with frozen(datetime.now(UTC)):
        set_the_terms(office.program)
        with acting(office.actor):
            clock = begun(office.actor, title="某局整改方案")
        pause_and_resume(office.program, clock.pk)


def set_the_terms(program: Witness) -> None:
    here = "/deadline-terms"
    assert program.ok(program.get(here))["version"] == 0
    looked = program.ok(program.act(f"{here}/preview", TERMS | {"own": {"clue_result": 30}}))
    assert {one["clock"] for one in looked["changes"]} == {"concentrated_period", "clue_result"}
    saved = program.ok(program.put(here, TERMS | {"seen": 0, "reason": "领导小组决定"}))
    assert (saved["version"], saved["soon_days"]) == (1, 4)
    assert program.act(f"{here}/preview", TERMS).json["code"] == "sharing.terms.unchanged"
    day = {"on": working_day_ahead().isoformat(), "is_worked": False, "reason": "全市停工"}
    assert [one["on"] for one in program.ok(program.act(f"{here}/days", day))["days"]] == [
        day["on"]
    ]
    gone = {"on": day["on"]}
    assert program.ok(program.act(f"{here}/days/remove", gone)) == {"removed": True}
    assert program.ok(program.act(f"{here}/days/remove", gone)) == {"removed": False}


def matters(program: Witness, asked: str = "") -> list[Any]:
    """Beside the clocks of letters and items."""
    items = program.ok(program.get(f"/deadlines{asked}"))["items"]
    return [one for one in items if one["life"] == MATTER]


def pause_and_resume(program: Witness, number: int) -> None:
    [line] = matters(program, "?clock=rectification_plan")
    here = f"/deadlines/{line['number']}"
    assert (line["number"], line["title"], line["days"]) == (number, "某局整改方案", 15)
    month = program.ok(program.get(f"/deadline-month?day={line['due_on']}"))
    for odd in ("9999-12-31", "0001-01-01"):
        refused = program.get(f"/deadline-month?day={odd}")
        assert (refused.status, refused.code) == (422, "sharing.deadline.month_out_of_reach")
    [day] = [one for one in month["days"] if line in one["deadlines"]]
    assert (day["on"], day["is_worked"]) == (line["due_on"], True)
    paused = program.ok(program.act(f"{here}/pause", {"reason": "等待批复"}))
    assert (paused["deadline"]["state"], paused["deadline"]["due_on"]) == ("paused", None)
    assert matters(program) == []
    assert len(matters(program, "?which=paused")) == 1
    assert program.ok(program.act(f"{here}/resume"))["deadline"]["due_on"] == line["due_on"]
    assert program.ok(program.get(here))["pauses"][0]["reason"] == "等待批复"
