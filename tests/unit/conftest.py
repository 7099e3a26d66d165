"""Unit tests know no database: one that opens a connection fails."""

from tests.no_database import no_database

__all__ = ["no_database"]
