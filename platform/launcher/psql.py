"""SQL through the `psql` that comes with the server: this package knows no driver."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit

from launcher.binaries import find_postgres

SQL = Path(__file__).with_name("sql")
CONNECT_TIMEOUT_S = 10


class SqlRefused(Exception):
    """The server refused a script, or did not answer; carries its words."""


@dataclass(frozen=True, slots=True)
class Login:
    """Where and as whom to connect. `host` is a name, an address, or a folder of sockets."""

    host: str
    port: int
    user: str
    password: str
    database: str

    @classmethod
    def from_url(cls, url: str) -> Login:
        parts = urlsplit(url)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        return cls(
            host=query.get("host") or unquote(parts.hostname or "localhost"),
            port=int(query.get("port") or parts.port or 5432),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            database=unquote(parts.path.lstrip("/")),
        )

    @property
    def url(self) -> str:
        who = f"{quote(self.user, safe='')}:{quote(self.password, safe='')}"
        query = urlencode({"host": self.host, "port": self.port})
        return f"postgresql://{who}@/{quote(self.database)}?{query}"

    def to(self, database: str) -> Login:
        return replace(self, database=database)


def script(name: str) -> str:
    """One of the scripts that a server is prepared with."""
    return (SQL / name).read_text(encoding="utf-8")


def sql(text: str, login: Login, variables: Mapping[str, str] | None = None) -> str:
    """Run a script; its output, rows as lines, columns set apart by tabs."""
    done = attempt(text, login, variables)
    if done.returncode != 0:
        raise SqlRefused(done.stderr.strip() or done.stdout.strip())
    return done.stdout


def answers(login: Login) -> bool:
    return attempt("SELECT 1;", login).returncode == 0


def attempt(
    text: str, login: Login, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a script, whatever comes of it.

    Variables travel on standard input and the password in the environment: a command line is
    read by everybody on the machine.
    """
    settings = [f"\\set {name} '{_quoted(value)}'" for name, value in (variables or {}).items()]
    return subprocess.run(
        [find_postgres()["psql"], *("-X", "-q", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1")],
        input="\n".join([*settings, text, ""]),
        env=without_postgres_settings()
        | {
            "PGHOST": login.host,
            "PGPORT": str(login.port),
            "PGUSER": login.user,
            "PGPASSWORD": login.password,
            "PGDATABASE": login.database,
            "PGCONNECT_TIMEOUT": str(CONNECT_TIMEOUT_S),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def without_postgres_settings() -> dict[str, str]:
    """The caller's environment, without what would send PostgreSQL's programs elsewhere."""
    return {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C"}


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")
