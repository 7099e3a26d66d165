"""Fixtures for the tests of the fence."""

from __future__ import annotations

import pytest
from psycopg2.extensions import connection as Connection

from tests.integration.tenancy.raw import Raw


@pytest.fixture
def app(app_connection: Connection) -> Raw:
    """The web's role, by SQL alone."""
    return Raw(app_connection)


@pytest.fixture
def worker(worker_connection: Connection) -> Raw:
    return Raw(worker_connection)


@pytest.fixture
def owner(owner_connection: Connection) -> Raw:
    return Raw(owner_connection)


@pytest.fixture
def anybody(superuser_connection: Connection) -> Raw:
    """A session that may become each role in turn, so that rows of one test are its own."""
    return Raw(superuser_connection)


@pytest.fixture
def jobs_of_two(anybody: Raw) -> Raw:
    """One job of Dinghai's (11) and one of Shengsi's (12); from here on, the app."""
    for number, tenant_id in ((11, 9002), (12, 9005)):
        anybody.run(
            "INSERT INTO tenancy_job (id, tenant_id, task, args, queue, state, attempt, rings,"
            " progress) VALUES (%s, %s, 'probe.word', '{}', 'jobs', 'queued', 0, 0, '{}')",
            number,
            tenant_id,
        )
    anybody.become("app")
    return anybody
