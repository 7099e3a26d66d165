"""The guard of this folder."""

from __future__ import annotations

import psycopg2
import pytest
from django.db import connection


def test_opening_a_connection_fails_the_test() -> None:
    with pytest.raises(pytest.fail.Exception, match="use no database"):
        psycopg2.connect("dbname=postgres")


def test_asking_django_for_rows_fails_the_test() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        connection.cursor()
