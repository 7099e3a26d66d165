"""The quick way of migrating leaves what Django's own way leaves, and serves code that works on rows."""

from __future__ import annotations

import os

import psycopg2
import pytest
from django.core.management import call_command, get_commands
from django.core.management.commands import migrate
from django.db import connections, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState, StateApps
from pytest_django import DjangoDbBlocker

from launcher.postgres import utf8_locale
from launcher.roles import prepare_database
from tenancy.migrating import each_model_by_itself
from tests.conftest import log_django_in, type_of_connection
from tests.databases import RUN, TestServer, connect

IN_OURS = "n.nspname IN ('public', 'sec')"
CATALOGUE = (
    f"SELECT n.nspname, c.relname, c.relkind, c.relacl::text, c.relrowsecurity, c.relforcerowsecurity,"
    f" c.relowner::regrole FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {IN_OURS}",
    f"SELECT c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
    f" a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid), a.attacl::text, o.collname"
    f" FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
    f" JOIN pg_namespace n ON n.oid = c.relnamespace"
    f" LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum"
    f" LEFT JOIN pg_collation o ON o.oid = a.attcollation WHERE a.attnum > 0 AND {IN_OURS}",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), condeferrable, condeferred"
    " FROM pg_constraint",
    "SELECT indexdef FROM pg_indexes WHERE schemaname IN ('public', 'sec')",
    "SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT tablename, policyname, permissive, roles::text, cmd, qual, with_check FROM pg_policies",
    f"SELECT pg_get_functiondef(p.oid), p.proacl::text FROM pg_proc p"
    f" JOIN pg_namespace n ON n.oid = p.pronamespace WHERE p.prokind IN ('f', 'p') AND {IN_OURS}",
    "SELECT viewname, definition FROM pg_views WHERE schemaname IN ('public', 'sec')",
    "SELECT app_label, model FROM django_content_type",
    "SELECT codename, name FROM auth_permission",
    "SELECT app, name FROM django_migrations",
)


def test_migrate_is_ours() -> None:
    """Else an empty database takes ten times as long, and so does every first start."""
    assert get_commands()["migrate"] == "tenancy"


@pytest.mark.nightly
def test_the_same_is_there_as_after_django_s_own_way(
    superuser_connection: type_of_connection,
    database_server: TestServer,
    database_name: str,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    name = f"{RUN}{os.getpid()}_plain"
    prepare_database(database_server.superuser, name, locale=utf8_locale())
    try:
        with django_db_blocker.unblock():
            log_django_in(database_server.login("owner", name))
            call_command(migrate.Command(), verbosity=0)
            connections.close_all()
            log_django_in(database_server.login("app", database_name))
        other = connect(database_server.superuser.to(name))
        plain = catalogue(other)
        other.close()
    finally:
        database_server.drop(name)

    assert catalogue(superuser_connection) == plain
    assert len(plain) > 5_000


def catalogue(connection: psycopg2.extensions.connection) -> set[str]:
    with connection.cursor() as cursor:
        found: set[str] = set()
        for question in CATALOGUE:
            cursor.execute(question)
            found |= {f"{question[:40]} {row}" for row in cursor.fetchall()}
    return found


HOUSE, ROOM = ("probe", "house"), ("probe", "room")


@pytest.fixture
def state() -> ProjectState:
    """Rooms of houses, rendered."""
    made = ProjectState()
    key = ("id", models.BigAutoField(primary_key=True))
    house = models.ForeignKey("probe.House", models.CASCADE)
    made.add_model(ModelState("probe", "House", [key]))
    made.add_model(ModelState("probe", "Room", [("id", key[1].clone()), ("house", house)]))
    assert isinstance(made.apps, StateApps)
    return made


CHANGES = [
    migrations.AddField("house", "name", models.CharField(max_length=9, default="")),
    migrations.AddIndex("house", models.Index(fields=["id"], name="house_by_id")),
    migrations.AlterField("house", "id", models.IntegerField(primary_key=True)),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: type(one).__name__)
def test_an_operation_makes_no_other_class_anew(state: ProjectState, change: Operation) -> None:
    room, house = (state.apps.get_model(*one) for one in (ROOM, HOUSE))

    with each_model_by_itself():
        change.state_forwards("probe", state)

    assert state.apps.get_model(*ROOM) is room
    assert state.apps.get_model(*HOUSE) is not house


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: type(one).__name__)
def test_code_that_works_on_rows_gets_classes_that_fit_together(
    state: ProjectState, change: Operation
) -> None:
    fits: list[bool] = []

    def work(apps: StateApps, _editor: object) -> None:
        house = apps.get_model(*HOUSE)
        apps.get_model(*ROOM)(house=house())  # Refused, were it the class of before.
        fits.append(hasattr(house, "name") or not isinstance(change, migrations.AddField))

    with each_model_by_itself():
        change.state_forwards("probe", state)
        code = migrations.RunPython(work)
        code.database_forwards("probe", connections["default"].schema_editor(), state, state)

    assert fits == [True]
