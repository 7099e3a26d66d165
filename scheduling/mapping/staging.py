"""Staged rows into the tables, a whole set at a time: the statements that scale to 100,000 rows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from django.db import connection
from django.db.models import Field

from scheduling.models.imports import ImportRow
from scheduling.models.rosters import InspectedUnit, Person

# What of `facts` goes into which column: every column of the table but these.
_NOT_FROM_FACTS: Final = frozenset({"id", "tenant", "updated_at"})
_NATURAL_KEY: Final = {Person: "number", InspectedUnit: "code"}

_TAKEN: Final = "(r.state IN ('add', 'change') OR (r.state = 'review' AND r.accepted))"


def save_comparison(tenant_id: int, verdicts: Sequence[dict[str, Any]]) -> None:
    """Write `{id, state, number, facts, diff, objections}` of many rows in one statement."""
    if not verdicts:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE scheduling_importrow r SET state = v.state, number = v.number, "
            "facts = v.facts, diff = v.diff, objections = v.objections "
            "FROM jsonb_to_recordset(%s::jsonb) AS v(id bigint, state text, number text, "
            "facts jsonb, diff jsonb, objections jsonb) "
            "WHERE r.tenant_id = %s AND r.id = v.id",
            [json.dumps(list(verdicts), ensure_ascii=False), tenant_id],
        )


def upsert_from_staging(
    model: type[Person] | type[InspectedUnit], *, tenant_id: int, upload_id: int
) -> int:
    """Insert or update every row that the dry run announced. Doing it twice does it once."""
    columns = [field for field in model._meta.concrete_fields if field.name not in _NOT_FROM_FACTS]
    names = ", ".join(_quoted(field) for field in columns)
    typed = ", ".join(f"{_quoted(field)} {_type_of(field)}" for field in columns)
    given = ", ".join(f"f.{_quoted(field)}" for field in columns)
    key = connection.ops.quote_name(_NATURAL_KEY[model])
    kept = ", ".join(f"{_quoted(field)} = EXCLUDED.{_quoted(field)}" for field in columns)
    # Names come from our own models; every value is a parameter or a column.
    statement = (
        f"INSERT INTO {model._meta.db_table} (tenant_id, updated_at, {names}) "  # noqa: S608
        f"SELECT r.tenant_id, statement_timestamp(), {given} FROM scheduling_importrow r, "
        f"jsonb_to_record(r.facts) AS f({typed}) "
        f"WHERE r.tenant_id = %s AND r.upload_id = %s AND {_TAKEN} "
        f"ON CONFLICT (tenant_id, {key}) DO UPDATE SET updated_at = EXCLUDED.updated_at, {kept}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [tenant_id, upload_id])
        return int(cursor.rowcount)


def discard_rows(tenant_id: int, upload_id: int) -> None:
    """Remove an import's staged rows, for instance those of a file that was refused half-way."""
    rows = ImportRow.objects.filter(tenant_id=tenant_id, upload_id=upload_id)
    rows._raw_delete(rows.db)


def _quoted(field: Field[Any, Any]) -> str:
    if field.column is None:
        raise ValueError(f"{field.name} has no column.")
    return connection.ops.quote_name(field.column)


def _type_of(field: Field[Any, Any]) -> str:
    """The column's type in a record definition, without its length."""
    return str(field.db_type(connection)).partition("(")[0].removesuffix(" CHECK")
