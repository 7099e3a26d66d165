"""Two acts at once, on real connections, over and over: what is left must never be broken.

A race puts the rows back as they were, lets both acts go at the same moment, holds each for a
moment before it commits, and asks the database whether a state came about that must not be.
"""

from __future__ import annotations

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg2

from tests.integration.scheduling.stage import Hands, Stage

Act = Callable[[Hands], object]
DONE = "done"
LONGEST_HOLD_S = 0.01
# In an order that suits no foreign key: they are put back with the triggers asleep.
TABLES = (
    "scheduling_plan",
    "scheduling_planseat",
    "scheduling_planvisit",
    "scheduling_declaration",
    "scheduling_seatsuspension",
    "scheduling_publication",
    "scheduling_booking",
    "scheduling_roundhandler",
)


@dataclass
class Course:
    """Two acts, and the question whose answer must be 0: how many broken states there are."""

    stage: Stage
    acts: tuple[Act, Act]
    offices: tuple[str, str]
    broken: str
    roles: tuple[str, str] = ("app", "app")
    seed: int = 7
    ends: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        lanes = zip(self.roles, self.offices, strict=True)
        self.hands = tuple(self.stage.hands(role, office) for role, office in lanes)
        self.anybody = self.stage.hands("superuser")
        for table in TABLES:
            self.anybody.run(f"CREATE TABLE before_{table} AS SELECT * FROM {table}")
        self.anybody.commit()
        self.chance = random.Random(self.seed)

    def put_back(self) -> None:
        self.anybody.run("SET LOCAL session_replication_role = 'replica'")
        for table in TABLES:
            self.anybody.run(f"DELETE FROM {table}")
            self.anybody.run(f"INSERT INTO {table} SELECT * FROM before_{table}")
        self.anybody.commit()

    def is_broken(self) -> bool:
        found = self.anybody.one(self.broken)
        self.anybody.connection.rollback()
        return bool(found)

    def run(self, times: int) -> int:
        """How many of so many races left something broken."""
        return sum(self.race() for _ in range(times))

    def race(self) -> bool:
        self.put_back()
        start, ends = threading.Barrier(2), ["", ""]

        def go(lane: int, hold_s: float) -> None:
            start.wait(timeout=10)
            ends[lane] = act(self.hands[lane], self.acts[lane], hold_s)

        runners = [
            threading.Thread(target=go, args=(lane, self.chance.uniform(0, LONGEST_HOLD_S)))
            for lane in (0, 1)
        ]
        for runner in runners:
            runner.start()
        for runner in runners:
            runner.join(timeout=30)
            assert not runner.is_alive(), "a race hangs"
        self.ends[" | ".join(ends)] += 1
        return self.is_broken()

    def one_inside_the_other(self) -> bool:
        """Both act before either commits: the worst order, without any chance in it."""
        self.put_back()
        first, second = self.hands
        self.acts[0](first)
        try:
            self.acts[1](second)
        except psycopg2.errors.LockNotAvailable:
            second.undo()
            first.commit()
            return False
        first.commit()
        second.commit()
        return self.is_broken()


def act(hands: Hands, what: Act, hold_s: float) -> str:
    try:
        what(hands)
        time.sleep(hold_s)
        hands.commit()
    except psycopg2.Error as refusal:
        hands.undo()
        return refusal.diag.constraint_name or type(refusal).__name__
    return DONE


@contextmanager
def without(stage: Stage, line: str, *functions: str) -> Iterator[None]:
    """The test's own database, with copies of these functions that lack the line."""
    anybody = stage.hands("superuser")
    kept = {
        name: anybody.one("SELECT pg_get_functiondef(%s::regproc)", f"sec.{name}")
        for name in functions
    }
    for name, text in kept.items():
        assert line in text, f"{name} has no such line: {line}"
        anybody.run(text.replace(line, ""))
    anybody.commit()
    yield
    for text in kept.values():
        anybody.run(text)
    anybody.commit()
