"""What the database itself says about the fence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.conf import settings
from django.db import connection

from tenancy.models import TenantOwned

COMMANDS = ("SELECT", "INSERT", "UPDATE", "DELETE")

_TABLE = """
SELECT c.relrowsecurity, c.relforcerowsecurity,
       EXISTS (SELECT FROM pg_index i
                WHERE i.indrelid = c.oid AND i.indisunique AND i.indpred IS NULL
                  AND pg_get_indexdef(i.indexrelid) LIKE '%%(tenant_id, id)')
  FROM pg_class c
 WHERE c.oid = to_regclass(%s)
"""

_POLICIES = """
SELECT cmd, qual, with_check FROM pg_policies
 WHERE schemaname = 'public' AND tablename = %s AND permissive = 'PERMISSIVE'
   AND %s::name = ANY (roles)
"""

_GRANTS = """
SELECT string_agg(privilege, ', ' ORDER BY privilege) FROM (
    SELECT privilege_type AS privilege FROM information_schema.role_table_grants
     WHERE table_schema = 'public' AND table_name = %s AND grantee = %s
    UNION
    SELECT privilege_type || ' (columns)' FROM information_schema.column_privileges AS one
     WHERE table_schema = 'public' AND table_name = %s AND grantee = %s
       AND NOT EXISTS (SELECT FROM information_schema.role_table_grants AS whole
                        WHERE whole.table_schema = 'public' AND whole.grantee = one.grantee
                          AND whole.table_name = one.table_name
                          AND whole.privilege_type = one.privilege_type)
) AS granted
"""


@dataclass(frozen=True, slots=True)
class Fence:
    """One table of offices, as it stands in the database."""

    table: str
    is_there: bool
    is_enabled: bool
    is_forced: bool
    has_key: bool
    unguarded: tuple[str, ...]  # Commands without a policy for the app or for the worker.
    app_may: str
    worker_may: str

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, in words. Empty: fenced."""
        if not self.is_there:
            return ("the table is not there",)
        found = []
        if not self.is_enabled:
            found.append("row-level security is off")
        if not self.is_forced:
            found.append("its owner is not bound")
        if not self.has_key:
            found.append("no unique key (tenant_id, id)")
        if self.unguarded:
            found.append(f"no policy for {', '.join(self.unguarded)}")
        return tuple(found)


def tables_of_offices() -> list[str]:
    """Every table whose model says that its rows belong to an office."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, TenantOwned)
    )


def fences() -> Iterator[Fence]:
    return (_fence_of(table) for table in tables_of_offices())


def _fence_of(table: str) -> Fence:
    app, worker = settings.DB_ROLES["app"], settings.DB_ROLES["worker"]
    with connection.cursor() as cursor:
        cursor.execute(_TABLE, [f"public.{table}"])
        flags = cursor.fetchone()
    is_enabled, is_forced, has_key = flags or (False, False, False)
    return Fence(
        table=table,
        is_there=flags is not None,
        is_enabled=is_enabled,
        is_forced=is_forced,
        has_key=has_key,
        unguarded=(
            *(f"{command} (app)" for command in _without_policy(table, app)),
            *(f"{command} (worker)" for command in _without_policy(table, worker)),
        ),
        app_may=_granted(table, app),
        worker_may=_granted(table, worker),
    )


def _without_policy(table: str, role: str) -> list[str]:
    """Commands that no policy governs. What is read must be checked, and what is written."""
    with connection.cursor() as cursor:
        cursor.execute(_POLICIES, [table, role])
        policies = cursor.fetchall()
    guarded = set()
    for command, using, check in policies:
        of = COMMANDS if command == "ALL" else (command,)
        guarded |= {one for one in of if (check if one in ("INSERT", "UPDATE") else using)}
    return [one for one in COMMANDS if one not in guarded]


def _granted(table: str, role: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(_GRANTS, [table, role, table, role])
        (granted,) = cursor.fetchone()
    return granted or ""
