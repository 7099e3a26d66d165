"""The auditor reads the record and nothing else; a backup is whole, or there is none."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.apps import apps
from django.db import connection, transaction

from launcher.binaries import find_postgres
from launcher.psql import Login, without_postgres_settings
from tenancy import audit
from tenancy.actor import Actor
from tenancy.checks import KEEPS_VALUES_OUT, reasons_not_to_start
from tests.integration.tenancy.raw import Raw
from tests.people import acting

RoleSwitch = Callable[[str], AbstractContextManager[None]]
RECORD = {"tenancy_auditentry", "tenancy_audithead"}


@pytest.fixture
def two_lines(committed_db: None, lin: Actor, jiang: Actor) -> None:
    for actor in (lin, jiang):
        with acting(actor):
            audit.record(actor, "probe.word.said")


@pytest.fixture
def auditor(two_lines: None, connect_as: Callable[[str], object]) -> Raw:
    return Raw(connect_as("audit"))  # type: ignore[arg-type]


def test_the_auditor_reads_the_record_of_all_offices(auditor: Raw) -> None:
    assert auditor.one("SELECT count(DISTINCT tenant_id) FROM tenancy_auditentry") == 2


def test_the_auditor_reads_nothing_else(auditor: Raw) -> None:
    # guardian's own generic tables are not made (docs/architecture/containers.md).
    models = [
        m for m in apps.get_models(include_auto_created=True) if m._meta.app_label != "guardian"
    ]
    tables = {model._meta.db_table for model in models}

    for table in sorted(tables - RECORD | {"sec.context_key"}):
        with auditor.refused("permission denied"):
            auditor.rows(f"SELECT * FROM {table}")
    assert auditor.rows("SELECT id, code, short_name FROM tenancy_office")


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO tenancy_auditentry (action, object_type, data) VALUES ('a.b.c', '', '{}')",
        "UPDATE tenancy_auditentry SET action = 'x'",
        "DELETE FROM tenancy_auditentry",
        "CREATE TABLE x (y int)",
    ],
)
def test_the_auditor_writes_nothing_also_when_it_asks_to(auditor: Raw, sql: str) -> None:
    auditor.connection.rollback()
    auditor.run("SET TRANSACTION READ WRITE")

    with auditor.refused("permission denied"):
        auditor.run(sql)


def dump(login: Login) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            *(find_postgres()["pg_dump"], "--data-only", "--exclude-table-data=sec.context_key"),
            *("-h", login.host, "-p", str(login.port), "-U", login.user, login.database),
        ],
        env=without_postgres_settings() | {"PGPASSWORD": login.password},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_dump_as_the_backup_role_is_whole(
    two_lines: None, login_as: Callable[[str], Login]
) -> None:
    done = dump(login_as("backup"))

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("probe.word.said") == 2


@pytest.mark.parametrize("role", ["app", "worker", "audit", "owner", "statistics"])
def test_a_dump_as_anybody_else_fails_loudly(
    two_lines: None, login_as: Callable[[str], Login], role: str
) -> None:
    done = dump(login_as(role))

    assert done.returncode != 0
    assert "permission denied" in done.stderr or "row-level security" in done.stderr
    assert "probe.word.said" not in done.stdout


def test_the_backup_role_writes_nothing(
    committed_db: None, connect_as: Callable[[str], object]
) -> None:
    backup = Raw(connect_as("backup"))  # type: ignore[arg-type]
    backup.run("SET TRANSACTION READ WRITE")

    with backup.refused("permission denied"):
        backup.run("UPDATE tenancy_office SET code = code")


TELLING = {
    "log_min_messages": "warning",
    "log_min_error_statement": "error",
    "log_error_verbosity": "default",
    "log_statement": "all",
    "log_min_duration_statement": "0",
    "log_min_duration_sample": "10",
    "log_transaction_sample_rate": "1",
    "log_parameter_max_length": "-1",
    "log_parameter_max_length_on_error": "-1",
    "debug_print_parse": "on",
    "debug_print_rewritten": "on",
    "debug_print_plan": "on",
    "auto_explain.log_min_duration": "0",
    "pgaudit.log": "all",
}


@pytest.mark.parametrize(("name", "value"), TELLING.items())
def test_a_server_that_would_log_values_is_refused_in_words(
    django_as: RoleSwitch, name: str, value: str
) -> None:
    with django_as("superuser"), transaction.atomic():
        settle()
        set_local(name, value)
        become_the_app()
        [reason] = reasons_not_to_start()
        transaction.set_rollback(True)

    assert reason.id == "tenancy.E009"
    assert name in reason.msg


def settle() -> None:
    set_local("track_activities", "off")
    for name, kept_out in KEEPS_VALUES_OUT.items():
        if "." not in name:
            set_local(name, sorted(kept_out)[0])


def set_local(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])


def become_the_app() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE xuncha_app")
