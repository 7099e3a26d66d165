"""What the other tests stand on: real roles, real commits, and no trace of the test before."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from shutil import disk_usage

import psycopg2
import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.live_server_helper import LiveServer

from launcher import embedded
from launcher.ending import stop
from launcher.folders import CHECKOUT, DataFolder
from tests import in_memory
from tests.conftest import type_of_connection
from tests.databases import TestServer
from tests.in_memory import MEMORY, ROOM_BYTES, TABLESPACE

WHO = "SELECT session_user::text, current_user::text"


def test_django_is_the_app_that_the_fence_binds(db: None) -> None:
    assert _asked_django(WHO) == ("xuncha_app", "xuncha_app")


def test_django_can_be_another_role_for_a_while(
    django_as: Callable[[str], AbstractContextManager[None]],
) -> None:
    with django_as("worker"):
        assert _asked_django(WHO) == ("xuncha_worker", "xuncha_worker")
    with django_as("owner"):
        assert _asked_django(WHO) == ("xuncha_migrator", "xuncha_owner")
    assert _asked_django(WHO) == ("xuncha_app", "xuncha_app")


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_commits_is_gone_for_the_next(
    time: str, committed_db: None, owner_connection: type_of_connection
) -> None:
    """Whichever of the two runs first: the other would find the table there."""
    with owner_connection.cursor() as cursor:
        cursor.execute("CREATE TABLE left_behind(i int)")
    owner_connection.commit()


def test_copies_lie_in_memory_where_there_is_room(
    database_server: TestServer, superuser_connection: type_of_connection
) -> None:
    """Otherwise a run takes its time and nobody sees why."""
    memory = database_server.memory
    has_room = memory is not None and MEMORY.is_dir() and disk_usage(MEMORY).free > 2 * ROOM_BYTES

    [space] = _asked(
        superuser_connection,
        "SELECT spcname::text FROM pg_tablespace JOIN pg_database ON dattablespace = pg_tablespace.oid"
        " WHERE datname = current_database()",
    )

    assert space in ({TABLESPACE} if has_room else {TABLESPACE, "pg_default"})


def test_memory_is_given_back_when_a_checkout_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server that cannot live in its checkout's folder has a note there, and no folder."""
    monkeypatch.setattr(in_memory, "MEMORY", tmp_path)
    (tmp_path / "elsewhere.place").touch()
    for name, of in (
        ("killed", tmp_path / "gone"),
        ("running", tmp_path),
        ("elsewhere", tmp_path / "elsewhere"),
    ):
        (tmp_path / f"{in_memory.PREFIX}{name}").mkdir()
        (tmp_path / f"{in_memory.PREFIX}{name}" / "of").write_bytes(os.fsencode(of))

    in_memory.sweep()

    assert {one.name.removeprefix(in_memory.PREFIX) for one in tmp_path.iterdir()} == {
        "running",
        "elsewhere",
        "elsewhere.place",
    }


def test_each_role_has_its_connection_to_the_same_database(
    database_name: str,
    app_connection: type_of_connection,
    worker_connection: type_of_connection,
    superuser_connection: type_of_connection,
) -> None:
    connections = (app_connection, worker_connection, superuser_connection)

    assert {_asked(one, "SELECT current_database()") for one in connections} == {(database_name,)}
    assert [_asked(one, "SELECT current_user::text")[0] for one in connections] == [
        "xuncha_app",
        "xuncha_worker",
        "postgres",
    ]


def test_app_may_not_empty_a_table(app_connection: type_of_connection) -> None:
    with (
        app_connection.cursor() as cursor,
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
    ):
        cursor.execute("TRUNCATE django_session")


def test_the_site_answers_over_http_with_its_policy(site: LiveServer) -> None:
    with urllib.request.urlopen(f"{site.url}/sign-in/") as answer:
        assert answer.status == 200
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_installation_passes_djangos_own_checks(db: None) -> None:
    call_command("check", fail_level="WARNING")


def test_a_command_on_a_bare_checkout_wakes_the_embedded_server(tmp_path: Path) -> None:
    """No `./run demo` came before: no server, no roles, no database, no keys."""
    folder = DataFolder(tmp_path / "var")
    ours = ("DATABASE_", "XUNCHA_", "DJANGO_")
    clean = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    try:
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v", "0", "-c", _SAY_WHO],
            cwd=CHECKOUT,
            env=clean | {"XUNCHA_VAR": str(folder.path)},
            capture_output=True,
            text=True,
        )

        assert "xuncha_app in xuncha" in done.stdout, done.stderr
    finally:
        stop(folder)
        embedded.cluster(folder).remove()


_SAY_WHO = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user || ' in ' || current_database()")
    print(cursor.fetchone()[0])
"""


def _asked_django(question: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return tuple(cursor.fetchone())


def _asked(one: type_of_connection, question: str) -> tuple[object, ...]:
    with one.cursor() as cursor:
        cursor.execute(question)
        row = cursor.fetchone()
    assert row is not None
    return tuple(row)
