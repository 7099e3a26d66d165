"""Two calls at the same moment, over and over: one wins, the other is told why, nothing breaks.

Whole requests on connections of their own. A few of each on every commit; `./run nightly` runs
`RACES` (300) of each.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from psycopg2.extensions import connection as Connection

from scheduling.access.rounds import access_round_to_edit
from scheduling.models.rounds import InspectionRound
from scheduling.services import rounds
from tenancy.visibility import OfficeQuerySet
from tests.api.calling import Answer, program_of, tab_of
from tests.api.test_refusals import ROUND
from tests.integration.scheduling.world import FIRST_DAY, LAST_DAY, World

RACES = 6
NIGHTLY_RACES = int(os.environ.get("RACES", "300"))  # of each course
WON = {200, 201, 202}
LONGEST_HEADSTART_S = 0.01
PAUSE_S = 0.3

Act = Callable[[], Answer]


@dataclass
class Course:
    """Two acts, made anew for each race; `broken` counts in SQL what must not be; `after` puts
    things back; `lost`: the codes that a loser may be told."""

    acts: Callable[[int], tuple[Act, Act]]
    broken: str
    lost: set[str] = field(default_factory=set)
    after: Callable[[], Any] = lambda: None
    ends: Counter[tuple[Any, ...]] = field(default_factory=Counter)

    def run(self, times: int, anybody: Connection) -> int:
        """How many broken states there are after so many races."""
        chance, broken = random.Random(7), 0
        for turn in range(times):
            answers = at_once(self.acts(turn), chance)
            self.ends[tuple(sorted(self.told(answer) for answer in answers))] += 1
            with anybody.cursor() as cursor:
                cursor.execute(self.broken)
                [(found,)] = cursor.fetchall()
                broken += found
            anybody.rollback()
            self.after()
        return broken

    def told(self, answer: Answer) -> str:
        """`won`, or the code of a refusal that says what happened and what to do."""
        if answer.status in WON:
            return "won"
        assert answer.status == 409, answer.body
        assert answer.json["message"], answer.body
        assert answer.json["remedy"], answer.body
        assert answer.code in self.lost
        return answer.code


def at_once(acts: tuple[Act, Act], chance: random.Random) -> list[Answer]:
    gate = threading.Barrier(2)
    answers: list[Answer | None] = [None, None]

    def go(lane: int, headstart: float) -> None:
        try:
            gate.wait(30)
            time.sleep(headstart)
            answers[lane] = acts[lane]()
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=go, args=(lane, chance.uniform(0, LONGEST_HEADSTART_S)))
        for lane in (0, 1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "a race hangs"
    return [answer for answer in answers if answer is not None]


# --- The courses ------------------------------------------------------------------------------


def the_same_key_twice(world: World) -> Course:
    """One effect, and one reply to both."""
    chen = program_of(world.chen)

    def acts(turn: int) -> tuple[Act, Act]:
        key, body = str(uuid4()), ROUND | {"name": f"第{turn}轮"}
        return ((lambda: tab_of(chen).act("/rounds", body, key=key)),) * 2

    return Course(
        acts,
        broken="SELECT (SELECT count(*) FROM scheduling_inspectionround)"
        " - (SELECT count(*) FROM tenancy_idempotencykey)",
    )


def the_same_content_with_two_keys(world: World) -> Course:
    """A form sent twice by an impatient hand: the second is told that it is there already."""
    chen = program_of(world.chen)

    def acts(turn: int) -> tuple[Act, Act]:
        body = ROUND | {"name": f"第{turn}轮"}
        return ((lambda: tab_of(chen).act("/rounds", body)),) * 2

    return Course(
        acts,
        broken="SELECT count(*) - count(DISTINCT name) FROM scheduling_inspectionround",
        lost={"scheduling.round.name_taken"},
    )


def an_edit_against_a_solve(world: World) -> Course:
    """No round changes while an engine is at work on it."""
    here = f"/rounds/{world.released_round(people=2).pk}"
    window = {"starts_on": str(FIRST_DAY), "ends_on": str(LAST_DAY)}
    chen = program_of(world.chen)

    def after() -> None:
        for run in chen.get(f"{here}/runs").json["items"]:
            if run["finished_at"] is None:
                assert chen.act(f"/runs/{run['number']}/cancel").status in WON

    return Course(
        lambda turn: (
            lambda: tab_of(chen).put(f"{here}/window", window | {"name": f"第{turn}轮"}),
            lambda: tab_of(chen).act(f"{here}/runs", {"time_limit_s": 5}),
        ),
        broken="SELECT count(*) FROM scheduling_solverun AS run"
        " JOIN scheduling_inspectionround AS round ON round.id = run.round_id"
        " WHERE run.finished_at IS NULL AND round.changed_at > run.requested_at",
        lost={"scheduling.round.being_solved"},
        after=after,
    )


BROKEN_RELEASES = """
SELECT (SELECT count(*) FROM (
          SELECT max(version) - count(*) AS missing FROM scheduling_release
           GROUP BY tenant_id, round_id, sender_id) AS one WHERE missing <> 0)
     + (SELECT count(*) FROM scheduling_release AS one WHERE one.is_withdrawal
         = EXISTS (SELECT FROM scheduling_releasedperson AS p WHERE p.release_id = one.id))
"""


def a_release_against_its_withdrawal(world: World) -> Course:
    """Whoever comes last has the last word; each version is whole, and none is skipped."""
    world.released_round(people=2)
    here = f"/release-calls/{world.call_to('dinghai').pk}"
    lin = program_of(world.lin)
    page = lin.get(here).json
    picked = {"people": page["people"], "units": page["units"]}
    assert picked["people"]
    return Course(
        lambda turn: (
            lambda: tab_of(lin).act(f"{here}/release", picked),
            lambda: tab_of(lin).act(f"{here}/withdraw"),
        ),
        broken=BROKEN_RELEASES,
    )


COURSES = (
    the_same_key_twice,
    the_same_content_with_two_keys,
    an_edit_against_a_solve,
    a_release_against_its_withdrawal,
)


@pytest.fixture
def anybody(committed_db: None, connect_as: Callable[[str], Connection]) -> Connection:
    return connect_as("superuser")


@pytest.mark.parametrize("lay", COURSES)
def test_nothing_breaks_however_they_run(
    world: World, anybody: Connection, lay: Callable[[World], Course]
) -> None:
    course = lay(world)
    assert course.run(RACES, anybody) == 0, course.ends
    assert any("won" in end for end in course.ends)


@pytest.mark.parametrize("is_locked", [True, False])
def test_without_the_lock_on_the_round_an_edit_slips_past_a_solve(
    world: World, anybody: Connection, monkeypatch: pytest.MonkeyPatch, is_locked: bool
) -> None:
    """The same races, with a pause after the look: only the lock keeps them apart."""
    course = an_edit_against_a_solve(world)
    look = access_round_to_edit

    def look_and_pause(*args: Any, **named: Any) -> InspectionRound:
        seen = look(*args, **named)
        time.sleep(PAUSE_S)
        return seen

    monkeypatch.setattr(rounds, "access_round_to_edit", look_and_pause)
    if not is_locked:
        monkeypatch.setattr(OfficeQuerySet, "select_for_update", lambda rows, **how: rows)

    assert (course.run(RACES, anybody) == 0) is is_locked, course.ends


@pytest.mark.nightly
@pytest.mark.parametrize("lay", COURSES)
def test_nothing_breaks_in_many_races(
    world: World, anybody: Connection, lay: Callable[[World], Course]
) -> None:
    course = lay(world)
    broken = course.run(NIGHTLY_RACES, anybody)
    print(f"\n{lay.__name__}: {broken} of {NIGHTLY_RACES} broken; {dict(course.ends)}")
    assert broken == 0
