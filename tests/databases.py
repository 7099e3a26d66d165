"""A real PostgreSQL for the tests: a migrated template, and a copy of it for each test process.

By default a server of the checkout's own, under var/test, that runs while tests do. With
TEST_SUPERUSER_URL a server that is there (one for tests: our roles get new passwords on it);
with POSTGRES_BIN the embedded one with other binaries, for instance Debian's 15.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import psycopg2

from launcher.binaries import find_postgres
from launcher.folders import CHECKOUT, DataFolder
from launcher.keys import Keyring
from launcher.locks import locked, present
from launcher.postgres import Cluster, utf8_locale
from launcher.psql import Login, sql
from launcher.roles import LOGINS, prepare_database, prepare_roles
from tests.in_memory import TABLESPACE, MemoryDisk

TEMPLATE = "xuncha_template_"
RUN = "xuncha_run_"

# No test survives a crash of the machine: nothing needs to reach the disk.
HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass(frozen=True)
class TestServer:
    """The server and its logins, whoever runs it."""

    __test__ = False  # Not a class of tests, whatever its name looks like.

    superuser: Login
    password: Callable[[str], str]
    locks: Path
    memory: MemoryDisk | None = None

    def login(self, role: str, database: str) -> Login:
        user = LOGINS[role]
        return Login(self.superuser.host, self.superuser.port, user, self.password(user), database)

    @cached_property
    def template(self) -> str:
        """The name carries a fingerprint of all that makes the schema, so a change makes anew."""
        return TEMPLATE + fingerprint(schema_sources())

    def ensure_template(self, migrate: Callable[[Login], None]) -> None:
        """Build the template if it is not there; its name is given when it is complete."""
        with locked(self.locks / "template"):
            if self._exists(self.template):
                return
            prepare_roles(self.superuser, self.password)
            draft = f"xuncha_draft_{os.getpid()}"
            self.drop(draft)
            prepare_database(self.superuser, draft, locale=utf8_locale())
            migrate(self.login("owner", draft))
            self._sql(f"ALTER DATABASE {draft} RENAME TO {self.template};")

    def clone(self, name: str, *, of: str | None = None) -> None:
        """A fresh copy of the template, or of another database that nobody is connected to, under
        a name that may have been in use before."""
        self.drop(name)
        # Copying files is quicker than logging each page; both are on servers from 15 on.
        self._sql(
            f"CREATE DATABASE {name} TEMPLATE {of or self.template} OWNER xuncha_owner "
            f"TABLESPACE {self._tablespace} STRATEGY FILE_COPY;"
            f"REVOKE ALL ON DATABASE {name} FROM PUBLIC;"
            f"GRANT CONNECT ON DATABASE {name} TO {', '.join(LOGINS.values())};"
        )

    @cached_property
    def _tablespace(self) -> str:
        return TABLESPACE if self.memory is not None and self.memory.is_there else "pg_default"

    def drop(self, name: str) -> None:
        self._sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE);")

    def drop_leftovers(self) -> None:
        """What killed runs and older schemas left behind. Only while nobody else tests."""
        names = self._sql("SELECT datname FROM pg_database WHERE datname LIKE 'xuncha\\_%';")
        for name in names.split():
            if name != self.template:
                self.drop(name)

    def _exists(self, name: str) -> bool:
        return bool(self._sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}';").strip())

    def _sql(self, text: str) -> str:
        return sql("SET client_min_messages = warning;\n" + text, self.superuser)


@contextmanager
def running_server() -> Iterator[TestServer]:
    """The server of this checkout's tests, or the one that TEST_SUPERUSER_URL names."""
    folder = DataFolder.default().test
    folder.make()
    if url := os.environ.get("TEST_SUPERUSER_URL"):
        yield TestServer(Login.from_url(url), _derived_passwords(url), folder.locks)
        return
    # One folder per major version: another server's binaries must not meet its data.
    cluster = Cluster(
        folder.path / f"postgres-{_binaries_version()}",
        folder.logs / "postgres.log",
        Keyring(folder.secrets),
        settings=HASTE,
    )
    memory = MemoryDisk(cluster)
    server = TestServer(cluster.superuser, cluster.keys.password, folder.locks, memory)

    def first() -> None:
        cluster.ensure_running()
        server.drop_leftovers()
        memory.make()

    def last() -> None:
        server.drop_leftovers()
        memory.remove()
        cluster.stop()

    with present(folder.locks / f"{cluster.folder.name}-users", first=first, last=last):
        cluster.ensure_running()
        yield server


def connect(login: Login) -> psycopg2.extensions.connection:
    return psycopg2.connect(
        host=login.host,
        port=login.port,
        user=login.user,
        password=login.password,
        dbname=login.database,
    )


def schema_sources() -> list[Path]:
    """Every file that can change what an empty database of ours looks like."""
    found = [CHECKOUT / "constraints.txt", Path(__file__), Path(__file__).with_name("people.py")]
    for app in ("tenancy", "scheduling", "sharing"):
        found += (CHECKOUT / app / "migrations").rglob("*.py")
        found += (CHECKOUT / app / "models").rglob("*.py")
        found += (CHECKOUT / app).glob("*.py")
        found += (CHECKOUT / app).rglob("*.sql")
    found += (CHECKOUT / "tests" / "filing").rglob("*.py")
    found += (CHECKOUT / "platform" / "launcher" / "sql").glob("*.sql")
    found += (CHECKOUT / "platform" / "config" / "settings").glob("*.py")
    return sorted(found)


def fingerprint(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(os.fsencode(file.relative_to(CHECKOUT)) + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _binaries_version() -> str:
    control = find_postgres().folder.parent
    return hashlib.sha256(os.fsencode(control)).hexdigest()[:6]


def _derived_passwords(url: str) -> Callable[[str], str]:
    """The same for every checkout that tests on the same server."""
    return lambda user: hmac.new(url.encode(), user.encode(), "sha256").hexdigest()[:32]
