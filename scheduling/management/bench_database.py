"""A database of its own for a measurement, on this checkout's own server, and dropped again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections

from launcher.embedded import cluster, ensure_database
from launcher.folders import DataFolder
from launcher.postgres import utf8_locale
from launcher.psql import Login, sql
from launcher.roles import LOGINS, prepare_database


@contextmanager
def own_database(role: str = "app") -> Iterator[Login]:
    """A migrated database of its own, with Django in that role in it."""
    folder = DataFolder.default()
    ensure_database(folder)
    server, name = cluster(folder), f"xuncha_bench_{os.getpid()}"
    home = connections.settings[DEFAULT_DB_ALIAS].copy()
    superuser = server.superuser.to(name)
    try:
        prepare_database(server.superuser, name, locale=utf8_locale())
        _log_in(server.login(LOGINS["owner"], name))
        call_command("migrate", verbosity=0)
        call_command("install_context_key", verbosity=0)
        _log_in(server.login(LOGINS[role], name))
        yield superuser
    finally:
        connections.close_all()
        connections.settings[DEFAULT_DB_ALIAS].update(home)
        sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE);", server.superuser)


def _log_in(login: Login) -> None:
    connections.close_all()
    there = {
        "HOST": login.host,
        "PORT": str(login.port),
        "USER": login.user,
        "PASSWORD": login.password,
        "NAME": login.database,
    }
    connections.settings[DEFAULT_DB_ALIAS].update(there)
    connection.settings_dict.update(there)
