"""A process that the fence would not hold does not start."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from tenancy.checks import KEEPS_VALUES_OUT, reasons_not_to_start, refuse_to_start
from tests.integration.tenancy.raw import Raw

RoleSwitch = Callable[[str], AbstractContextManager[None]]


def reasons() -> list[str | None]:
    return [reason.id for reason in reasons_not_to_start()]


@pytest.mark.parametrize("role", ["app", "worker"])
def test_the_roles_that_serve_people_start(django_as: RoleSwitch, role: str) -> None:
    with django_as(role):
        assert reasons() == []
        refuse_to_start()


def test_a_superuser_does_not_start(django_as: RoleSwitch) -> None:
    with django_as("superuser"):
        assert "tenancy.E001" in reasons()
        with pytest.raises(ImproperlyConfigured, match=r"tenancy\.E001"):
            refuse_to_start()


def test_a_role_that_bypasses_row_level_security_does_not_start(django_as: RoleSwitch) -> None:
    """A role of this transaction's own: roles are the whole server's."""
    with django_as("superuser"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("CREATE ROLE probe_bypass BYPASSRLS IN ROLE xuncha_app")
            cursor.execute("SET LOCAL ROLE probe_bypass")
        assert reasons() == ["tenancy.E001", "tenancy.E007", "tenancy.E009"]
        transaction.set_rollback(True)


def test_a_role_that_is_shown_others_statements_does_not_start(django_as: RoleSwitch) -> None:
    """As on a server whose roles were made before, or by hand: the superuser's setting is on."""
    with django_as("superuser"), transaction.atomic():
        with connection.cursor() as cursor:
            # The log is as it should be: what is left is what others are shown.
            for name, kept_out in KEEPS_VALUES_OUT.items():
                if "." not in name:
                    cursor.execute(f"SET LOCAL {name} = '{min(kept_out)}'")
            cursor.execute("SET LOCAL ROLE xuncha_app")
        assert reasons() == ["tenancy.E007"]
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
            cursor.execute("SET LOCAL track_activities = off")
            cursor.execute("SET LOCAL ROLE xuncha_app")
        assert reasons() == []
        transaction.set_rollback(True)


def test_the_owner_does_not_start(django_as: RoleSwitch) -> None:
    with django_as("owner"):
        assert reasons() == ["tenancy.E002", "tenancy.E007"]


def test_a_role_that_owns_a_table_does_not_start(django_as: RoleSwitch, anybody: Raw) -> None:
    anybody.run("ALTER TABLE tenancy_job OWNER TO xuncha_app")
    anybody.connection.commit()

    with django_as("app"):
        assert reasons() == ["tenancy.E003"]


def test_before_the_first_migration_nothing_starts(django_as: RoleSwitch, anybody: Raw) -> None:
    anybody.run("REVOKE USAGE ON SCHEMA sec FROM xuncha_app")
    anybody.connection.commit()

    with django_as("app"):
        assert reasons() == ["tenancy.E004"]


def test_with_another_key_nothing_starts(committed_db: None, settings: Settings) -> None:
    settings.CONTEXT_KEY = b"another key, of more than 32 bytes"

    assert reasons() == ["tenancy.E005"]


GAPS = {
    "ALTER TABLE tenancy_job DISABLE ROW LEVEL SECURITY": "row-level security is off",
    "ALTER TABLE tenancy_job NO FORCE ROW LEVEL SECURITY": "its owner is not bound",
    "DROP POLICY fence_select ON tenancy_job": "no policy for SELECT (app), SELECT (worker)",
    "DROP POLICY fence_delete ON tenancy_job": "no policy for DELETE (app), DELETE (worker)",
    "ALTER POLICY fence_update ON tenancy_job TO xuncha_worker": "no policy for UPDATE (app)",
    "ALTER TABLE tenancy_job DROP CONSTRAINT tenancy_job_of_tenant CASCADE": "no unique key",
    "DROP TABLE tenancy_job CASCADE": "the table is not there",
}


@pytest.mark.parametrize(("sql", "said"), GAPS.items(), ids=GAPS.values())
def test_a_gap_in_one_fence_is_named_and_nothing_starts(
    django_as: RoleSwitch, anybody: Raw, sql: str, said: str
) -> None:
    anybody.run(sql)
    anybody.connection.commit()

    with django_as("app"):
        [reason] = reasons_not_to_start()
        assert reason.id == "tenancy.E006"
        assert "tenancy_job is not fenced" in reason.msg
        assert said in reason.msg
    out = io.StringIO()
    with django_as("owner"), pytest.raises(CommandError, match="tenancy_job"):
        call_command("check_fence", stdout=out)
    assert "tenancy_membership" in out.getvalue()


def test_check_deploy_says_so_too(django_as: RoleSwitch) -> None:
    with django_as("owner"), pytest.raises(SystemCheckError, match=r"tenancy\.E002"):
        call_command("check", "--deploy", "--tag", "security", stdout=io.StringIO())


def test_check_fence_shows_who_may_what(django_as: RoleSwitch) -> None:
    out = io.StringIO()

    with django_as("owner"):
        call_command("check_fence", stdout=out)

    [line] = [line for line in out.getvalue().splitlines() if line.startswith("tenancy_auditentry")]
    assert line.split()[1] == "yes"
    assert "INSERT (columns), SELECT" in line
    assert "DELETE" not in line
    assert "all fenced" in out.getvalue()
