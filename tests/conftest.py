"""Fixtures for all tests. docs/development.md lists them with what they are for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg2
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from launcher.psql import Login
from tests import people
from tests.authorised import lifted, waiting  # noqa: F401  (fixtures)
from tests.databases import RUN, TestServer, connect, running_server
from tests.people import (  # noqa: F401  (fixtures)
    chen,
    daishan,
    dinghai,
    jiang,
    lin,
    putuo,
    shengsi,
    song,
    wu,
    ye,
    zhao,
    zhoushan,
)
from tests.teams import team  # noqa: F401  (a fixture)
from tests.tools.browser import has_browser

type_of_connection = psycopg2.extensions.connection

# The quick ones first: who broke something learns it in seconds.
ORDER = ("unit", "property", "architecture", "integration", "api", "security", "leaks", "browser")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Quick folders first; browser tests only where there is a browser."""
    items.sort(key=_place)
    if all(_folder(item) != "browser" for item in items) or has_browser():
        return
    left_out = [item for item in items if _folder(item) == "browser"]
    items[:] = [item for item in items if _folder(item) != "browser"]
    config.hook.pytest_deselected(items=left_out)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their place. Files made while collecting bear the time: workers would disagree on the tests' names."""
    return argname if isinstance(val, bytes) else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not has_browser():
        terminalreporter.section("NOT RUN: the browser tests", sep="!", red=True)
        terminalreporter.line(
            "tests/browser needs Chromium. Install `chromium` and `fonts-noto-cjk` (as root on a "
            "system with apt-get, ./run test does), or name a Chromium in CHROMIUM."
        )


def _folder(item: pytest.Item) -> str:
    return item.nodeid.split("/")[1] if item.nodeid.startswith("tests/") else ""


def _place(item: pytest.Item) -> int:
    """Unknown folders last; within a folder the order stays."""
    folder = _folder(item)
    return ORDER.index(folder) if folder in ORDER else len(ORDER)


@pytest.fixture(scope="session")
def database_server() -> Iterator[TestServer]:
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def database_name(
    database_server: TestServer, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """This test process's own database: a fresh copy of the migrated template."""
    name = f"{RUN}{os.getpid()}"
    with django_db_blocker.unblock():
        database_server.ensure_template(_migrate)
        database_server.clone(name)
    yield name
    connections.close_all()
    database_server.drop(name)


@pytest.fixture(scope="session")
def django_db_setup(database_server: TestServer, database_name: str) -> None:
    """pytest-django's hook: from here on, Django is the app in this process's database."""
    log_django_in(database_server.login("app", database_name))


@pytest.fixture
def committed_db(
    database_server: TestServer,
    database_name: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Real commits, seen by other connections, threads and processes. Afterwards all is as new.

    The database is replaced by a fresh copy rather than emptied: no list of reference rows to
    keep, and whoever is still connected is thrown out.
    """
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections.close_all()
            database_server.clone(database_name)


@pytest.fixture
def site(committed_db: None) -> Iterator[LiveServer]:
    """The product served over HTTP from this process, with real commits; `site.url`."""
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def login_as(database_server: TestServer, database_name: str) -> Callable[[str], Login]:
    """`login_as("worker")`: where and as whom to connect to this process's database."""
    return lambda role: (
        database_server.superuser.to(database_name)
        if role == "superuser"
        else database_server.login(role, database_name)
    )


@pytest.fixture
def connect_as(login_as: Callable[[str], Login]) -> Iterator[Callable[[str], type_of_connection]]:
    """`connect_as("app")`: a psycopg2 connection, rolled back and closed at the end."""
    opened: list[type_of_connection] = []

    def open_as(role: str) -> type_of_connection:
        opened.append(connect(login_as(role)))
        return opened[-1]

    yield open_as
    for one in opened:
        one.close()


@pytest.fixture
def app_connection(connect_as: Callable[[str], type_of_connection]) -> type_of_connection:
    return connect_as("app")


@pytest.fixture
def worker_connection(connect_as: Callable[[str], type_of_connection]) -> type_of_connection:
    return connect_as("worker")


@pytest.fixture
def owner_connection(connect_as: Callable[[str], type_of_connection]) -> type_of_connection:
    """The owner of the schema, by way of the migrator's login."""
    return connect_as("owner")


@pytest.fixture
def superuser_connection(connect_as: Callable[[str], type_of_connection]) -> type_of_connection:
    """Bound by nothing: to look past the fence, or to spoil what the product must notice."""
    return connect_as("superuser")


@pytest.fixture
def django_as(
    committed_db: None, login_as: Callable[[str], Login]
) -> Callable[[str], AbstractContextManager[None]]:
    """`with django_as("worker"):` Django itself connects in that role within the block."""

    @contextmanager
    def switched(role: str) -> Iterator[None]:
        connections.close_all()
        log_django_in(login_as(role))
        try:
            yield
        finally:
            connections.close_all()
            log_django_in(login_as("app"))

    return switched


@pytest.fixture
def process_environment(committed_db: None, login_as: Callable[[str], Login]) -> dict[str, str]:
    """The environment of a process of ours (a worker, a command) on this test's database."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.dev",
        "DEBUG": "no",
        "XUNCHA_AUTOSTART": "no",
        "DATABASE_URL": login_as("app").url,
        "DATABASE_WORKER_URL": login_as("worker").url,
        "DATABASE_OWNER_URL": login_as("owner").url,
        "DATABASE_AUDIT_URL": login_as("audit").url,
        "DATABASE_STATISTICS_URL": login_as("statistics").url,
        "SECRET_KEY": django_settings.SECRET_KEY,
        "CONTEXT_KEY": django_settings.CONTEXT_KEY.hex(),
        "ID_NUMBER_KEY": django_settings.ID_NUMBER_KEY.hex(),
        "MEDIA_ROOT": str(django_settings.MEDIA_ROOT),
        "KEYS_FOLDER": str(django_settings.KEYS_FOLDER),
        "BROKER_URL": django_settings.BROKER_URL,
    }


def _migrate(owner: Login) -> None:
    log_django_in(owner)
    try:
        call_command("migrate", verbosity=0)
        call_command("install_context_key", verbosity=0)
        people.settle()
    finally:
        connections.close_all()


def log_django_in(login: Login) -> None:
    """Point Django's one alias at another database, role, or both; before it connects."""
    there: dict[str, Any] = {
        "HOST": login.host,
        "PORT": str(login.port),
        "USER": login.user,
        "PASSWORD": login.password,
        "NAME": login.database,
    }
    connections.settings[DEFAULT_DB_ALIAS].update(there)
