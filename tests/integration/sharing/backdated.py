"""Time that has passed: rows moved back by a superuser, whom no trigger asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from psycopg2.extensions import connection as Connection

from kernel.clock import today
from sharing.models.deadlines import Deadline
from tests.integration.tenancy.raw import Raw


@dataclass
class Backdate:
    """Together with `committed_db` alone."""

    raw: Raw

    def _set(self, sql: str, *values: object) -> None:
        self.raw.run("SET LOCAL session_replication_role = 'replica'")
        assert self.raw.run(sql, *values) == 1
        self.raw.connection.commit()

    def clock(self, clock: Deadline, *, started: int) -> None:
        self._set(
            "UPDATE sharing_deadline SET started_on = %s WHERE id = %s",
            today() - timedelta(days=started),
            clock.pk,
        )

    def pause(self, clock: Deadline, *, first: int) -> None:
        self._set(
            "UPDATE sharing_deadlinepause SET first = %s WHERE deadline_id = %s",
            today() - timedelta(days=first),
            clock.pk,
        )

    def late(self, clock: Deadline, *, days: int) -> None:
        """So many days ago it was due; it is to be told of since long."""
        due = today() - timedelta(days=days)
        self._set(
            "UPDATE sharing_deadline SET due_on = %s, started_on = %s, soon_on = %s, tell_on = %s"
            " WHERE id = %s",
            due,
            due - timedelta(days=30),
            due - timedelta(days=5),
            due - timedelta(days=5),
            clock.pk,
        )

    def reckoned_before(self, clock: Deadline) -> None:
        """By an older list of holidays, to a day that is not the right one."""
        self._set(
            "UPDATE sharing_deadline SET known_until = known_until - 1, due_on = due_on + 1"
            " WHERE id = %s",
            clock.pk,
        )


@pytest.fixture
def backdate(superuser_connection: Connection) -> Backdate:
    return Backdate(Raw(superuser_connection))
