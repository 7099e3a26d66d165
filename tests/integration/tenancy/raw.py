"""Plain SQL as one of the database's roles: what an attacker behind the web process has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg2
import pytest
from django.conf import settings

from tenancy.signing import signed_context


class Raw:
    """One session; nothing that it does is kept."""

    def __init__(self, connection: psycopg2.extensions.connection) -> None:
        self.connection = connection
        self.cursor = connection.cursor()

    def become(self, role: str) -> None:
        """Act as owner, app or worker from here on (the session's login may)."""
        self.cursor.execute(f"SET LOCAL ROLE {settings.DB_ROLES[role]}")

    def act_for(self, tenant_id: int, user_id: int | None = None) -> None:
        self.say(signed_context(settings.CONTEXT_KEY, tenant_id=tenant_id, user_id=user_id))

    def say(self, context: str) -> None:
        """Set the context to whatever one likes: this any SQL can do."""
        self.cursor.execute("SELECT set_config('app.context', %s, true)", [context])

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        self.cursor.execute(sql, values or None)
        return list(self.cursor.fetchall())

    def one(self, sql: str, *values: Any) -> Any:
        [(value,)] = self.rows(sql, *values)
        return value

    def run(self, sql: str, *values: Any) -> int:
        """How many rows were touched."""
        self.cursor.execute(sql, values or None)
        return int(self.cursor.rowcount)

    @contextmanager
    def refused(self, because: str) -> Iterator[None]:
        """The database refuses with these words; the transaction goes on."""
        self.cursor.execute("SAVEPOINT before_refusal")
        with pytest.raises(psycopg2.Error, match=because):
            yield
        self.cursor.execute("ROLLBACK TO SAVEPOINT before_refusal")


def refused_by_policy() -> str:
    return "new row violates row-level security policy"
