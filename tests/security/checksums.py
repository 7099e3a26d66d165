"""One figure for each office and table: whatever changes there, changes it."""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from tenancy.models import TenantOwned

# Grows by being called: one's own lines alone, which nobody else reads.
OWN_TRACES = {"tenancy_idempotencykey"}
# A token says when it was last shown, whatever for.
LAST_SHOWN = "last_used_at"


def checksums() -> dict[tuple[str, int], str]:
    """By (table, office), past the fence: as the superuser. Also of tables of nobody."""
    found: dict[tuple[str, int], str] = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if not issubclass(model, TenantOwned) or table in OWN_TRACES:
                continue
            cursor.execute(
                "SELECT tenant_id,"
                f" md5(string_agg(md5((to_jsonb(t) - '{LAST_SHOWN}')::text), '' ORDER BY id))"
                f" FROM {table} AS t GROUP BY tenant_id"
            )
            found |= {(table, office): digest for office, digest in cursor.fetchall()}
    return found
