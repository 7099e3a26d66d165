"""The fence switched: off, with a setting that nobody signs, and as it is delivered.

For a database made to measure in; nothing else may ever run this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from scheduling.management.fence_rows import Run
from tenancy.catalogue import tables_of_offices

OFF, PLAIN, SIGNED = "off", "plain", "signed"
FUNCTIONS = {"tenant": "bench.tenant_id", "user_id": "bench.user_id"}


@contextmanager
def switchable(run: Run) -> Iterator[Callable[[str], None]]:
    """A switch between the kinds; what is delivered is back afterwards."""
    kept = [run(f"SELECT pg_get_functiondef('sec.{name}'::regproc)") for name in FUNCTIONS]

    def switch(kind: str) -> None:
        row_security = "DISABLE" if kind == OFF else "ENABLE"
        run(
            ";".join(
                f"ALTER TABLE {table} {row_security} ROW LEVEL SECURITY"
                for table in tables_of_offices()
            )
        )
        run(";".join(_plain() if kind == PLAIN else kept))

    try:
        yield switch
    finally:
        switch(SIGNED)


def _plain() -> list[str]:
    return [
        f"CREATE OR REPLACE FUNCTION sec.{name}() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE"
        f" AS $$ SELECT NULLIF(current_setting('{setting}', true), '')::bigint $$"
        for name, setting in FUNCTIONS.items()
    ]
