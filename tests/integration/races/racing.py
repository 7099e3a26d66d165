"""Two services at the same moment, on connections of their own, three hundred times over.

Every race starts from the same rows. Nothing may be broken afterwards, and whoever loses is refused
with 409 and told in words what happened and what to do.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Barrier
from typing import Any

from django.db import connections
from psycopg2.extensions import connection as Connection

from kernel.errors import DomainError

RACES = 300
WON = "won"
LONGEST_HEADSTART_S = 0.006
PATIENCE_S = 60

Act = Callable[[], Any]


@dataclass(frozen=True)
class Course:
    """`broken`: in SQL, how much is broken; `tables`: what the acts write, put back before each
    race; `lost`: the refusals that a loser may be told; `both_win`: whether there is an order in
    which nobody loses."""

    acts: tuple[Act, Act]
    broken: str
    tables: tuple[str, ...]
    lost: frozenset[type[DomainError]]
    both_win: bool = False


@dataclass
class Track:
    course: Course
    anybody: Connection
    ends: Counter[str] = field(default_factory=Counter)
    broken: int = 0

    def run(self, times: int = RACES) -> None:
        self._remember()
        chance = random.Random(7)
        with lanes() as runners:
            for _ in range(times):
                self._put_back()
                self._race(runners, chance)
                self.broken += int(self._asked(self.course.broken)[0][0])

    def _race(self, runners: list[ThreadPoolExecutor], chance: random.Random) -> None:
        gate = Barrier(2)

        def go(act: Act, headstart: float) -> str:
            gate.wait(PATIENCE_S)
            time.sleep(headstart)
            try:
                act()
            except DomainError as refusal:
                return self._told(refusal)
            return WON

        running = [
            runner.submit(go, act, chance.uniform(0, LONGEST_HEADSTART_S))
            for runner, act in zip(runners, self.course.acts, strict=True)
        ]
        self.ends[" | ".join(one.result(PATIENCE_S) for one in running)] += 1

    def _told(self, refusal: DomainError) -> str:
        assert type(refusal) in self.course.lost, refusal
        assert refusal.status == 409, refusal.code
        assert all(refusal.in_language("zh"))
        assert all(refusal.in_language("en"))
        return refusal.code

    def _remember(self) -> None:
        for table in self.course.tables:
            self._run(f"CREATE TABLE before_{table} AS SELECT * FROM {table}")
        self.anybody.commit()

    def _put_back(self) -> None:
        """With the triggers asleep: in an order that suits no foreign key."""
        self._run("SET LOCAL session_replication_role = 'replica'")
        for table in self.course.tables:
            self._run(f"DELETE FROM {table}")
            self._run(f"INSERT INTO {table} SELECT * FROM before_{table}")
        self.anybody.commit()

    def _asked(self, sql: str) -> list[tuple[Any, ...]]:
        with self.anybody.cursor() as cursor:
            cursor.execute(sql)
            found = list(cursor.fetchall())
        self.anybody.rollback()
        return found

    def _run(self, sql: str) -> None:
        with self.anybody.cursor() as cursor:
            cursor.execute(sql)


@contextmanager
def lanes() -> Iterator[list[ThreadPoolExecutor]]:
    """Two threads that keep their connections, as two processes of the web do."""
    runners = [ThreadPoolExecutor(1), ThreadPoolExecutor(1)]
    try:
        yield runners
    finally:
        for runner in runners:
            runner.submit(connections.close_all).result(PATIENCE_S)
            runner.shutdown()
