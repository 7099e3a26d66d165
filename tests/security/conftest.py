"""The ground is laid once for all tests of a module, with real commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connections
from pytest_django import DjangoDbBlocker

from kernel.clock import frozen
from tests.conftest import log_django_in
from tests.databases import TestServer
from tests.security.ground import Ground, build

# The day before the rounds begin.
BEFORE = datetime(2026, 9, 6, 4, tzinfo=UTC)


@pytest.fixture(scope="module")
def ground(
    database_server: TestServer,
    database_name: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Ground]:
    """`tests.security.ground`, in this process's database; afterwards all is as new."""

    @contextmanager
    def django_as(role: str) -> Iterator[None]:
        connections.close_all()
        superuser = database_server.superuser.to(database_name)
        log_django_in(
            superuser if role == "superuser" else database_server.login(role, database_name)
        )
        try:
            yield
        finally:
            connections.close_all()
            log_django_in(database_server.login("app", database_name))

    folder, media = tmp_path_factory.mktemp("files"), settings.MEDIA_ROOT
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), frozen(BEFORE):
        try:
            yield build(django_as, folder)
        finally:
            connections.close_all()
            database_server.clone(database_name)
            settings.MEDIA_ROOT = media
