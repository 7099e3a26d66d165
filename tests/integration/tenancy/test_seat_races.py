"""Two at once, on real connections: a grant against a grant, a decision against a decision, a
decision against the end of its decider's seat."""

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
    SYSTEM,
    seat_administrators,
)
from tests.integration.tenancy.raw import Raw

ROUNDS = 8
DINGHAI, JIANG = 9002, 9005
Act = tuple[int, str, tuple[object, ...]]
PROPOSE = "SELECT sec.propose_seat(%s, %s, %s, %s, current_date, NULL, %s, 'x')"
DECIDE = "SELECT sec.decide_seat(%s, true, '')"
REFUSE = "SELECT sec.decide_seat(%s, false, '')"


@pytest.fixture
def ground(committed_db: None, connect_as: Callable[[str], Connection]) -> Raw:
    raw = Raw(connect_as("superuser"))
    seat_administrators(raw)
    raw.connection.commit()
    return raw


class Lanes:
    """Two connections of the web, let go at the same moment."""

    def __init__(self, connect_as: Callable[[str], Connection]) -> None:
        self.connections = [connect_as("app"), connect_as("app")]

    def act(self, lane: int, act: Act) -> str:
        (person, sql, values) = act
        connection = self.connections[lane]
        context = signed_context(settings.CONTEXT_KEY, tenant_id=PLATFORM, user_id=person)
        try:
            with connection, connection.cursor() as cursor:
                cursor.execute("SELECT set_config('app.context', %s, true)", [context])
                cursor.execute(sql, values)
                [(answer,)] = cursor.fetchall()
                return str(answer)
        except psycopg2.Error as error:
            return f"refused: {error}"

    def race(self, *acts: Act) -> list[str]:
        gate, ends = threading.Barrier(2), ["", ""]

        def run(lane: int) -> None:
            gate.wait()
            ends[lane] = self.act(lane, acts[lane])

        threads = [threading.Thread(target=run, args=(lane,)) for lane in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return ends


def refusals(ends: list[str]) -> int:
    return sum(end.startswith("refused") for end in ends)


def test_one_proposal_is_decided_once(ground: Raw, connect_as: Callable[[str], Connection]) -> None:
    """Held three times: by either lock of the next test, and by the unique seat."""
    lanes = Lanes(connect_as)
    for _ in range(ROUNDS):
        change = lanes.act(0, (SYSTEM, PROPOSE, ("grant", DINGHAI, JIANG, "county_clerk", None)))

        ends = lanes.race((SECURITY, DECIDE, (change,)), (SECOND, DECIDE, (change,)))

        assert refusals(ends) == 1
        ground.connection.rollback()
        ground.run(
            "DELETE FROM tenancy_membership WHERE user_id = %s AND tenant_id = %s", JIANG, DINGHAI
        )
        ground.connection.commit()


def test_what_is_put_in_force_is_not_refused_as_well(
    ground: Raw, connect_as: Callable[[str], Connection]
) -> None:
    """The one lock of administration and the lock on the proposal's row each hold this alone.

    Two grants would be stopped by the unique seat, whatever is locked; a refusal makes no seat.
    """
    lanes = Lanes(connect_as)
    for _ in range(ROUNDS):
        change = lanes.act(0, (SYSTEM, PROPOSE, ("grant", DINGHAI, JIANG, "county_clerk", None)))

        ends = lanes.race((SECURITY, DECIDE, (change,)), (SECOND, REFUSE, (change,)))

        assert refusals(ends) == 1
        ground.connection.rollback()
        ground.run(
            "DELETE FROM tenancy_membership WHERE user_id = %s AND tenant_id = %s", JIANG, DINGHAI
        )
        ground.connection.commit()


def test_two_grants_at_once_seat_no_administrator_twice(
    ground: Raw, connect_as: Callable[[str], Connection]
) -> None:
    lanes = Lanes(connect_as)
    for number in range(ROUNDS):
        person = lanes.act(0, (SYSTEM, "SELECT sec.make_account(%s, 'x', NULL)", (f"r{number}",)))
        wanted = (("audit_administrator", PLATFORM), ("county_clerk", DINGHAI))
        changes = [
            lanes.act(0, (SYSTEM, PROPOSE, ("grant", office, int(person), role, None)))
            for role, office in wanted
        ]

        ends = lanes.race((SECURITY, DECIDE, (changes[0],)), (SECOND, DECIDE, (changes[1],)))

        assert refusals(ends) == 1


def test_nobody_decides_by_a_seat_that_has_ended(
    ground: Raw, connect_as: Callable[[str], Connection]
) -> None:
    """Whichever comes first: a grant after the end of its decider's seat is refused."""
    lanes = Lanes(connect_as)
    for _ in range(ROUNDS):
        ground.connection.rollback()
        seat = ground.one("SELECT id FROM tenancy_membership WHERE user_id = %s", SECOND)
        end = lanes.act(0, (SYSTEM, PROPOSE, ("end", PLATFORM, 0, "", seat)))
        grant = lanes.act(0, (SYSTEM, PROPOSE, ("grant", DINGHAI, JIANG, "county_clerk", None)))

        ends = lanes.race((SECURITY, DECIDE, (end,)), (SECOND, DECIDE, (grant,)))

        assert not ends[0].startswith("refused")
        ground.connection.rollback()
        order = ground.rows(
            "SELECT id, decided_at FROM tenancy_seatchange WHERE id IN (%s, %s)"
            " AND state = 'in_force' ORDER BY decided_at",
            int(end),
            int(grant),
        )
        assert [number for number, _ in order][-1] == int(end)
        ground.run(
            "DELETE FROM tenancy_membership WHERE user_id = %s AND tenant_id = %s", JIANG, DINGHAI
        )
        ground.run("DELETE FROM tenancy_seatchange")
        ground.run("UPDATE tenancy_membership SET until_on = NULL WHERE id = %s", seat)
        ground.connection.commit()
