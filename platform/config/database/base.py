"""Starts the embedded server when the first connection finds none."""

from __future__ import annotations

from typing import Any

import psycopg2
from django.db.backends.postgresql import base

from launcher import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    """Connects; where nobody answers or our roles are not there yet, prepares both and connects."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except psycopg2.OperationalError:
            embedded.ensure_database()
        return super().get_new_connection(conn_params)
