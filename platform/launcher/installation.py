"""The parts of a running installation, and the steps that bring each of them up."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from launcher import embedded
from launcher.broker import BrokerFailed, embedded_broker
from launcher.folders import CHECKOUT, DataFolder
from launcher.psql import sql
from launcher.supervisor import Program, ProgramFailed, Supervisor
from launcher.terminal import Teller

DATABASE_VARIABLES = (
    "DATABASE_URL",
    "DATABASE_WORKER_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_AUDIT_URL",
    "DATABASE_MATCHER_URL",
)
APPS = ("tenancy", "scheduling", "sharing")
FIRST_PORT = 8000
PORTS_TRIED = 100
LAST_PORT = 65_535
BACKLOG = 64
WEB_TIMEOUT_S = 60


class StepFailed(Exception):
    """A command of ours failed; its own words stand above."""


class Installation:
    """One checkout's servers, workers and web server."""

    def __init__(self, folder: DataFolder, teller: Teller, supervisor: Supervisor) -> None:
        self.folder = folder
        self.teller = teller
        self.supervisor = supervisor
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DEBUG": "no",
            # The launcher alone starts and stops the server: a worker that is being ended must
            # not wake it.
            "XUNCHA_AUTOSTART": "no",
        }
        self.has_own_database = not any(name in os.environ for name in DATABASE_VARIABLES)
        self.has_own_broker = "BROKER_URL" not in os.environ

    # --- Servers ----------------------------------------------------------------------

    def start_postgres(self) -> None:
        if self.has_own_database:
            embedded.ensure_database(self.folder)

    def start_broker(self) -> None:
        if not self.has_own_broker:
            return
        broker = embedded_broker(self.folder)
        try:
            self._start_broker_once()
        except (BrokerFailed, ProgramFailed):
            # A damaged journal: the queue is given up, the jobs are rows in PostgreSQL.
            self.teller.say(
                f"      The broker's folder cannot be read; kept as {broker.set_aside()}."
            )
            self.supervisor.stop_one("broker")
            self._start_broker_once()

    def _start_broker_once(self) -> None:
        broker = embedded_broker(self.folder)
        self.supervisor.start(Program("broker", broker.command()))
        while not broker.is_alive():
            self.supervisor.must_be_running("broker")
            time.sleep(0.02)

    def keep_postgres_running(self) -> None:
        if self.has_own_database and not embedded.cluster(self.folder).has_process:
            self.teller.say("PostgreSQL ended; it starts again.")
            embedded.ensure_database(self.folder)

    def stop_postgres(self) -> None:
        if self.has_own_database:
            embedded.cluster(self.folder).stop()

    # --- Schema and files ------------------------------------------------------------------

    def migrate(self) -> None:
        """Migrate as the owner, unless this database has seen these very migrations."""
        stamp = self.folder.stamps / "migrated"
        wanted = self._schema_mark()
        if _says(stamp, wanted):
            return
        self.manage("migrate", "--verbosity", "0", role="owner")
        self.manage("install_context_key", role="owner")
        stamp.write_text(wanted, encoding="utf-8")

    def manage_once(self, *command: str, role: str, of: Path | None = None) -> None:
        """Run a command that a database needs once, or once for each content of a file."""
        stamp = self.folder.stamps / "".join(command)
        mark = self._database_mark()
        if of is not None:
            mark += f" {_digest([of])}"
        if _says(stamp, mark):
            return
        self.manage(*command, role=role)
        stamp.write_text(mark, encoding="utf-8")

    def _database_mark(self) -> str:
        """Tells this database from one that was made anew in its place."""
        if not self.has_own_database:
            return hashlib.sha256(os.environ.get("DATABASE_URL", "").encode()).hexdigest()
        superuser = embedded.cluster(self.folder).superuser
        return sql("SELECT system_identifier FROM pg_control_system();", superuser).strip()

    def _schema_mark(self) -> str:
        """Which database, which migrations, and which key it was told of."""
        files = [path for app in APPS for path in (CHECKOUT / app / "migrations").glob("*.py")]
        schema = _digest([CHECKOUT / "constraints.txt", *files])
        key = hashlib.sha256(embedded.secret("context_key", self.folder).encode())
        key.update(os.environ.get("CONTEXT_KEY", "").encode())
        return f"{self._database_mark()} {schema} {key.hexdigest()[:16]}"

    def collect_static_files(self) -> None:
        stamp = self.folder.stamps / "static"
        folders = [
            *CHECKOUT.glob("platform/*/static"),
            *(CHECKOUT / app / "static" for app in APPS),
        ]
        files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        wanted = _digest([CHECKOUT / "constraints.txt", *files])
        if _says(stamp, wanted) and (self.folder.static / "staticfiles.json").exists():
            return
        self.manage("collectstatic", "--noinput", "--clear", "--verbosity", "0", role="app")
        stamp.write_text(wanted, encoding="utf-8")

    def manage(self, *arguments: str, role: str) -> None:
        """Run one of Django's commands; what it prints is seen."""
        command = [sys.executable, str(CHECKOUT / "manage.py"), *arguments]
        environment = self.environment | {"XUNCHA_ROLE": role}
        status = self.supervisor.run(Program(f"manage-{arguments[0]}", command, environment))
        if status != 0:
            raise StepFailed(f"`manage.py {' '.join(arguments)}` ended with {status}.")

    # --- Workers and web ---------------------------------------------------------------------

    def start_workers(self) -> None:
        worker = self.environment | {"XUNCHA_ROLE": "worker"}
        for queue in ("jobs", "solving"):
            self.supervisor.start(Program(f"worker-{queue}", celery_command(queue), worker))
        relay = [sys.executable, str(CHECKOUT / "manage.py"), "relay_jobs"]
        self.supervisor.start(Program("relay", relay, worker))
        matcher = [sys.executable, str(CHECKOUT / "manage.py"), "run_matcher", "--make-keys"]
        as_itself = self.environment | {"XUNCHA_ROLE": "matcher"}
        if self.has_own_database or "DATABASE_MATCHER_URL" in os.environ:
            self.supervisor.start(Program("matcher", matcher, as_itself))

    def start_web(self) -> str:
        """Serve on the first free port; returns the address when it answers."""
        line = listening_line()
        port = line.getsockname()[1]
        web = self.environment | {"XUNCHA_ROLE": "app"}
        self.supervisor.start(Program("web", gunicorn_command(line.fileno()), web, line))
        address = f"http://localhost:{port}/"
        deadline = time.monotonic() + WEB_TIMEOUT_S
        while not _answers(f"http://127.0.0.1:{port}/"):
            self.supervisor.must_be_running("web")
            if time.monotonic() > deadline:
                raise ProgramFailed(
                    f"The web server did not answer within {WEB_TIMEOUT_S} s. "
                    f"Its log: {self.supervisor.log_of('web')}"
                )
            time.sleep(0.1)
        return address


def celery_command(queue: str) -> list[str]:
    return [
        *(sys.executable, "-m", "celery", "-A", "config", "worker"),
        *("-Q", queue, "-c", "1", "-n", f"{queue}@%h", "--loglevel", "INFO"),
        # Workers of one machine need not talk about one another.
        *("--without-gossip", "--without-mingle"),
    ]


def gunicorn_command(line: int) -> list[str]:
    """Serves on a socket that it is handed, by the number of its file descriptor."""
    return [
        *(sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"fd://{line}"),
        # The application is loaded once, before the processes part: half of the time to start.
        *("--workers", "2", "--worker-class", "gthread", "--threads", "4", "--preload"),
        # An upload of 100,000 rows is only taken in here; the reading is a job.
        *(
            "--no-control-socket",
            "--timeout",
            "60",
            "--graceful-timeout",
            "3",
            "--access-logfile",
            "-",
            # Without the query, in which people type names and numbers.
            "--access-logformat",
            '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s',
        ),
    ]


def listening_line() -> socket.socket:
    """A socket that listens on PORT, or on the first free port from there on.

    It listens from now on: the web server takes seconds to load, and another checkout that
    starts meanwhile must not find the port free.
    """
    first = _first_port()
    last = min(first + PORTS_TRIED - 1, LAST_PORT)
    for port in range(first, last + 1):
        line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        # A port on which old connections time out is free.
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind(("127.0.0.1", port))
            line.listen(BACKLOG)
        except OSError:
            line.close()
            continue
        return line
    raise ProgramFailed(f"No port can be had from {first} to {last}. Set PORT to another.")


def _first_port() -> int:
    said = os.environ.get("PORT") or str(FIRST_PORT)
    if not (said.isascii() and said.isdecimal() and 0 < int(said) <= LAST_PORT):
        raise ProgramFailed(f"PORT={said} is no port: write a number from 1 to {LAST_PORT}.")
    return int(said)


def _answers(address: str) -> bool:
    """Any answer of the web server counts but its own failure."""
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
            return bool(answer.status < 500)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _says(stamp: Path, wanted: str) -> bool:
    return stamp.exists() and stamp.read_text(encoding="utf-8") == wanted


def _digest(files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(os.fsencode(file.relative_to(CHECKOUT)) + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
