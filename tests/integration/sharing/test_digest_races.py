"""The first digest beside a change of how digests are made, on two connections: one comes first, and holds."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import psycopg2
import pytest
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ, ISOLATION_LEVEL_SERIALIZABLE
from psycopg2.extensions import connection as Connection

from tenancy.actor import Actor
from tests.integration.sharing.digests import DigestCity
from tests.integration.tenancy.raw import Raw

MADE = (
    "INSERT INTO sharing_digest (tenant_id, period, begins_on, until_on, appears_on, minimum, state,"
    " asked_by_name, published_by_name, sha256) VALUES (9001, '', '2025-01-01', '2025-04-01',"
    " '2025-04-15', 3, 'making', '', '', '') RETURNING minimum"
)
LOWERED = "UPDATE sharing_digestrule SET minimum = 2 RETURNING minimum"
ANOTHER_LENGTH = (
    "INSERT INTO sharing_digestrule (tenant_id, since_year, length, minimum, set_by_name)"
    " VALUES (9001, extract(year FROM sec.today()) + 1, 'year', 3, '') RETURNING minimum"
)
Connect = Callable[[str], Connection]


@pytest.fixture
def two(digest_city: DigestCity, connect_as: Connect, zhao: Actor) -> list[Raw]:
    """The city's director at two machines; digests are to begin with 2025 and a minimum of 3."""
    digest_city.begin(since=2025, minimum=3)
    found = [Raw(connect_as("app")) for _ in range(2)]
    for one in found:
        one.act_for(zhao.tenant_id, zhao.user_id)
    return found


def beside(first: tuple[Raw, str], second: tuple[Raw, str], watcher: Connection) -> Any:
    """What the second act gives that begins before the first is committed."""
    raw, sql = first
    assert raw.one(sql) in (2, 3)
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(second[0].one, second[1])
        wait_until_it_waits(other, watcher)
        raw.connection.commit()
        return other.result()


def wait_until_it_waits(act: Future[Any], watcher: Connection) -> None:
    """As the server itself says; or until it is over, if it does not wait."""
    watcher.autocommit = True
    with watcher.cursor() as cursor:
        while not act.done():
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'"
            )
            if cursor.fetchone() != (0,):
                return


def test_the_minimum_is_not_lowered_beside_the_first_digest(
    two: list[Raw], connect_as: Connect
) -> None:
    with pytest.raises(psycopg2.errors.CheckViolation) as refused:
        beside((two[0], MADE), (two[1], LOWERED), connect_as("superuser"))

    assert refused.value.diag.constraint_name == "digest_rule_stands"


def test_the_first_digest_has_the_minimum_that_was_set_beside_it(
    two: list[Raw], connect_as: Connect
) -> None:
    """The allowed twin: who comes first."""
    assert beside((two[0], LOWERED), (two[1], MADE), connect_as("superuser")) == 2


@pytest.mark.parametrize("level", [ISOLATION_LEVEL_REPEATABLE_READ, ISOLATION_LEVEL_SERIALIZABLE])
@pytest.mark.parametrize(
    "sql", [MADE, LOWERED, ANOTHER_LENGTH], ids=["a digest", "the rule", "another length"]
)
def test_under_an_old_snapshot_nothing_of_this_is_written(
    two: list[Raw], zhao: Actor, sql: str, level: int
) -> None:
    old, fresh = two
    old.connection.rollback()
    old.connection.set_session(isolation_level=level)
    old.act_for(zhao.tenant_id, zhao.user_id)

    with old.refused("READ COMMITTED alone"):
        old.one(sql)
    assert fresh.one(sql) in (2, 3)
