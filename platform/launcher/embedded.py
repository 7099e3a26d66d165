"""The embedded servers of this checkout: where they are, and that they run."""

from __future__ import annotations

from launcher.broker import embedded_broker
from launcher.folders import DataFolder
from launcher.keys import Keyring
from launcher.locks import locked
from launcher.postgres import Cluster, utf8_locale
from launcher.psql import Login
from launcher.roles import LOGINS, prepare_database, prepare_roles

DATABASE = "xuncha"


def cluster(folder: DataFolder) -> Cluster:
    return Cluster(folder.postgres, folder.logs / "postgres.log", Keyring(folder.secrets))


def database_login(role: str, folder: DataFolder) -> Login:
    """The login of `app`, `worker` or `owner`; the server need not run."""
    return cluster(folder).login(LOGINS[role], DATABASE)


def ensure_database(folder: DataFolder | None = None) -> None:
    """Return when the server runs and holds our roles and our database."""
    folder = folder or DataFolder.default()
    folder.make()
    server = cluster(folder)
    server.ensure_running()
    with locked(folder.locks / "roles"):  # Two ALTER ROLE at once refuse one another.
        prepare_roles(server.superuser, server.keys.password)
        prepare_database(server.superuser, DATABASE, locale=utf8_locale())


def secret(name: str, folder: DataFolder) -> str:
    """A key of this checkout, made at first use."""
    folder.make()
    return Keyring(folder.secrets).key(name)


def broker_url(folder: DataFolder) -> str:
    """As Celery wants it; the broker need not run."""
    return embedded_broker(folder).url
