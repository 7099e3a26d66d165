"""The guard that keeps unit and property tests away from the database."""

from __future__ import annotations

from typing import NoReturn

import psycopg2
import pytest

FORBIDDEN_FIXTURES = {"db", "transactional_db", "committed_db", "database_name", "site"}


@pytest.fixture(autouse=True)
def no_database(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    asked_for = FORBIDDEN_FIXTURES & set(request.fixturenames)
    if asked_for or request.node.get_closest_marker("django_db"):
        pytest.fail("Unit and property tests use no database; move this to tests/integration/.")

    def refuse(*_args: object, **_options: object) -> NoReturn:
        pytest.fail("Unit and property tests use no database; this one opened a connection.")

    monkeypatch.setattr(psycopg2, "connect", refuse)
