"""One figure for each office and table: whatever changes there, changes it."""

from __future__ import annotations

from django.apps import apps
from django.db import connection

from tenancy.models import Office, SignInSession, SignInTally, TenantOwned, User

# Grows by being called: one's own lines alone, which nobody else reads.
OWN_TRACES = {"tenancy_idempotencykey"}
# Of no office: accounts, the directory, and who is signed in.
OF_NOBODY = (User, Office, SignInSession, SignInTally)
# A token and a session say when they were last used, whatever for.
LAST_USED = "{last_used_at,seen_at}"


def checksums() -> dict[tuple[str, int], str]:
    """By (table, office), past the fence: as the superuser. Also of tables of nobody."""
    found: dict[tuple[str, int], str] = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if not issubclass(model, (TenantOwned, *OF_NOBODY)) or table in OWN_TRACES:
                continue
            owner = "0" if model in OF_NOBODY else "tenant_id"
            cursor.execute(
                f"SELECT {owner},"
                f" md5(string_agg(md5((to_jsonb(t) - '{LAST_USED}'::text[])::text), ''"
                f" ORDER BY id)) FROM {table} AS t GROUP BY 1"
            )
            found |= {(table, office): digest for office, digest in cursor.fetchall()}
    return found
