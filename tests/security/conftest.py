"""The ground is laid once for all tests of a process; each module gets a copy, with real commits."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connections
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from kernel.clock import frozen
from tests.conftest import log_django_in
from tests.databases import TestServer
from tests.security.ground import Ground, build

# The day before the rounds begin.
BEFORE = datetime(2026, 9, 6, 4, tzinfo=UTC)


@dataclass(frozen=True)
class Laid:
    """`database` and `media`: as the ground was laid, touched by nobody since."""

    ground: Ground
    database: str
    media: Path


@pytest.fixture(scope="session")
def laid(
    database_server: TestServer,
    database_name: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Laid]:
    """`tests.security.ground`: laying it takes as long as hundreds of tests."""

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

    kept, media = f"{database_name}_ground", tmp_path_factory.mktemp("laid")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), frozen(BEFORE):
        try:
            ground = build(django_as, tmp_path_factory.mktemp("files"))
            connections.close_all()
            database_server.clone(kept, of=database_name)
        finally:
            connections.close_all()
            database_server.clone(database_name)
    yield Laid(ground, kept, media)
    database_server.drop(kept)


@pytest.fixture(scope="module")
def ground(
    laid: Laid,
    database_server: TestServer,
    database_name: str,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Ground]:
    """What was laid, in this process's database; afterwards all is as new."""
    media = tmp_path_factory.mktemp("media")
    shutil.copytree(laid.media, media, dirs_exist_ok=True)
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media), frozen(BEFORE):
        connections.close_all()
        database_server.clone(database_name, of=laid.database)
        try:
            yield deepcopy(laid.ground)
        finally:
            connections.close_all()
            database_server.clone(database_name)
