"""Two at once, on real connections: a deputy given while the seat ends, one proposal decided twice,
one emergency confirmed and refused. Whatever comes first, nothing is left that must not be."""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg2
import pytest
from django.conf import settings
from psycopg2.extensions import connection as Connection

from tenancy.signing import signed_context
from tests.integration.tenancy.administrators import (
    PLATFORM,
    SECOND,
    SECURITY,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw

ROUNDS = 300
CITY, DINGHAI = 9001, 9002
CHEN, LIN, WU = 9001, 9003, 9004
Act = tuple[int, int, str]

CALL = """
INSERT INTO scheduling_releasecall (tenant_id, sender_id, round_id, name, starts_on, ends_on, mode,
    teams, people_needed, skills_needed, asks_for_units, called_at)
VALUES (9002, 9001, 1, 'x', '2026-01-01', '2026-02-01', 'ring', 1, 1, '{}', false, now())
"""


@pytest.fixture
def ground(committed_db: None, connect_as: Callable[[str], Connection]) -> Raw:
    raw = Raw(connect_as("superuser"))
    seat_administrators(raw)
    raw.connection.commit()
    return raw


class Lanes:
    """Two connections, let go at the same moment, round after round."""

    def __init__(self, *connections: Connection) -> None:
        self.connections = connections
        self.gate = threading.Barrier(2)

    def act(self, lane: int, act: Act) -> str:
        (office, person, sql) = act
        connection = self.connections[lane]
        context = signed_context(settings.CONTEXT_KEY, tenant_id=office, user_id=person)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute("SELECT set_config('app.context', %s, true)", [context])
                cursor.execute(sql)
                return str(cursor.fetchone()) if cursor.description else str(cursor.rowcount)
        except psycopg2.Error as error:
            return f"refused: {error}"

    def race(self, *acts: Act) -> list[str]:
        ends = ["", ""]

        def run(lane: int) -> None:
            self.gate.wait()
            ends[lane] = self.act(lane, acts[lane])

        threads = [threading.Thread(target=run, args=(lane,)) for lane in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return ends


def test_no_deputy_outlives_the_seat(ground: Raw, connect_as: Callable[[str], Connection]) -> None:
    """The seat ends past the doors, which would stand in a line: the locks on its row hold this."""
    lanes = Lanes(connect_as("app"), connect_as("superuser"))
    seat = ground.one("SELECT id FROM tenancy_membership WHERE user_id = %s", LIN)
    ground.connection.rollback()
    ends = f"UPDATE tenancy_membership SET until_on = current_date WHERE id = {seat}"
    propose = (
        f"SELECT sec.propose_deputy({seat}, {WU}, current_date, current_date + 9, '[]'::jsonb, 'x')"
    )
    given = 0
    for _ in range(ROUNDS):
        assert not lanes.act(0, (DINGHAI, LIN, propose)).startswith("refused")
        change = ground.one("SELECT max(id) FROM tenancy_seatchange")
        ground.connection.rollback()

        [decided, _ended] = lanes.race(
            (PLATFORM, SECURITY, f"SELECT sec.decide_seat({change}, true, '')"),
            (PLATFORM, SECURITY, ends),
        )

        left = ground.one("SELECT count(*) FROM tenancy_membership WHERE principal_id IS NOT NULL")
        assert left == 0
        given += not decided.startswith("refused")
        ground.run("SET LOCAL session_replication_role = 'replica'")
        ground.run("DELETE FROM tenancy_seatchange")
        ground.run("UPDATE tenancy_membership SET until_on = NULL WHERE id = %s", seat)
        ground.connection.commit()
    assert 0 < given < ROUNDS, "One always came first: nothing was raced."


def test_one_emergency_is_answered_once(
    ground: Raw, connect_as: Callable[[str], Connection]
) -> None:
    lanes = Lanes(connect_as("app"), connect_as("app"))
    ground.run("SET LOCAL session_replication_role = 'replica'")  # a round is not needed
    ground.run(CALL)
    ground.connection.commit()
    for _ in range(ROUNDS):
        asked = lanes.act(0, (CITY, CHEN, "SELECT sec.ask_emergency(1, 9002, 'x')"))
        number = int(asked.strip("(,)"))

        ends = lanes.race(
            (DINGHAI, LIN, f"SELECT sec.decide_emergency({number}, true, '')"),
            (PLATFORM, SECOND, f"SELECT sec.decide_emergency({number}, false, '')"),
        )

        assert sum(end.startswith("refused") for end in ends) == 1
        assert "answered already" in "".join(ends)
    ground.connection.rollback()
    told = ground.one("SELECT count(*) FROM scheduling_notice WHERE kind = 'emergency_in_force'")
    confirmed = "SELECT count(*) FROM scheduling_emergencyaccess WHERE state = 'in_force'"
    assert told == ground.one(confirmed)
