"""An embedded PostgreSQL: made, started, found again, recovered.

What may go wrong and is put right here: a start by root, a start by several at once, a server
killed with -9, a pid file whose number now belongs to somebody else, a data folder whose making
was interrupted, a path too long for a socket, a home folder that nobody else may enter.
"""

from __future__ import annotations

import hashlib
import locale
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from launcher.accounts import Account, is_for_servers, server_account
from launcher.binaries import SYSTEM_FOLDER, PostgresBinaries, find_postgres
from launcher.folders import folder_for_sockets, make_private, open_to_all
from launcher.keys import Keyring
from launcher.locks import locked
from launcher.processes import command_of
from launcher.psql import Login, answers, without_postgres_settings

SUPERUSER = "postgres"
PORT = 5432  # Only part of the socket's name: no port is opened.
SOCKET_NAME = f".s.PGSQL.{PORT}"

START_TRIES = 5
START_TIMEOUT_S = 60

# The first that the system knows; trigram indexes on Chinese need a UTF-8 lc_ctype.
LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8")


class PostgresFailed(Exception):
    """The server could not be made or started; carries the end of its log."""


def note_of(folder: Path) -> Path:
    """Says where a cluster lives that cannot live in its folder; then there is no such folder."""
    return folder.with_name(f"{folder.name}.place")


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL server and its data folder.

    `folder` is where it should live. When root starts it and the server's account cannot reach
    that folder, it lives under /var/lib and `folder` with the ending `.place` says where.
    """

    folder: Path
    log: Path
    keys: Keyring
    settings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def account(self) -> Account | None:
        return server_account(self.place)

    @cached_property
    def binaries(self) -> PostgresBinaries:
        found = find_postgres()
        return found if self.account is None else found.reachable_by(self.account)

    @cached_property
    def place(self) -> Path:
        """The folder that is really used; decided once, then written down."""
        if self._note.exists():
            return Path(self._note.read_text(encoding="utf-8").strip())
        return self.folder

    @property
    def data(self) -> Path:
        return self.place / "data"

    @cached_property
    def socket_folder(self) -> Path:
        """Known before anything is made: settings name it before there is a server."""
        if self._is_roots:
            return SYSTEM_FOLDER / "sockets" / self._digest
        return folder_for_sockets(self.folder / "socket", SOCKET_NAME)

    @property
    def _is_roots(self) -> bool:
        """Whether root started it, or will; root may also look after somebody else's server."""
        if os.geteuid() != 0:
            return False
        if self._note.exists() or not self.folder.exists():
            return True
        return is_for_servers(self.folder.stat().st_uid)

    @property
    def _digest(self) -> str:
        return hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:16]

    @property
    def _note(self) -> Path:
        return note_of(self.folder)

    @property
    def superuser(self) -> Login:
        return self.login(SUPERUSER, "postgres")

    def login(self, user: str, database: str) -> Login:
        """Known before the server runs: the password is ours to choose."""
        password = self.keys.password(user)
        return Login(str(self.socket_folder), PORT, user, password, database)

    # --- Starting and stopping ----------------------------------------------------

    def ensure_running(self) -> None:
        """Return when the server answers; make and start it when it does not."""
        if self._is_made and self.is_alive():
            return
        with locked(self.folder.with_name(f"{self.folder.name}.lock")):
            self._choose_place()
            if not self._is_made:
                self._make()
            if not self.is_alive():
                self._start()

    def is_alive(self) -> bool:
        """Alive means that somebody can connect, not that a pid file says so."""
        return answers(self.superuser)

    @property
    def has_process(self) -> bool:
        """Cheaper than `is_alive`: whether a server runs on this data folder, ready or not."""
        return self._server_pid() is not None

    def stop(self) -> None:
        """Stop at once: open transactions are rolled back, nothing that was committed is lost."""
        if self.has_process:
            self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def remove(self) -> list[Path]:
        """Stop the server and delete its data. Returns the folders that were deleted."""
        self.stop()
        gone = [path for path in (self.place, self.socket_folder) if path.exists()]
        for path in gone:
            shutil.rmtree(path, ignore_errors=not path.exists())
        self._note.unlink(missing_ok=True)
        return gone

    @property
    def _is_made(self) -> bool:
        """The data folder gets its name when it is complete, so its presence says enough."""
        return (self.data / "global" / "pg_control").exists()

    def _choose_place(self) -> None:
        if self._note.exists():
            return
        folder = self.folder
        folder.parent.mkdir(parents=True, exist_ok=True)
        if self.account is not None:
            self._hand_over(folder, self.account)
            if not self.account.can_write_in(folder):
                folder.rmdir()
                folder = SYSTEM_FOLDER / self._digest
                open_to_all(SYSTEM_FOLDER)
                self._hand_over(folder, self.account)
                self._note.write_text(f"{folder}\n", encoding="utf-8")
                self.__dict__.pop("place", None)
        else:
            make_private(folder)

    @staticmethod
    def _hand_over(folder: Path, account: Account) -> None:
        make_private(folder, uid=account.uid, gid=account.gid)

    def _make(self) -> None:
        """initdb beside the final name, then rename: what was interrupted is never mistaken."""
        self._set_aside_what_is_no_database()
        draft = self.place / "data.part"
        shutil.rmtree(draft, ignore_errors=True)
        with self._password_file() as password_file:
            self._must(
                "initdb",
                *("-D", str(draft), "--username", SUPERUSER, "--pwfile", str(password_file)),
                *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", utf8_locale()),
                *("--no-instructions", "--no-sync"),
            )
        draft.rename(self.data)

    def _set_aside_what_is_no_database(self) -> None:
        """A folder called `data` without a database in it is kept, out of the way."""
        if self.data.exists():
            self.data.rename(self.place / f"data.broken-{time.time_ns()}")

    @contextmanager
    def _password_file(self) -> Iterator[Path]:
        path = self.place / "password.part"
        path.unlink(missing_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(self.keys.password(SUPERUSER))
        if self.account is not None:
            os.chown(path, self.account.uid, self.account.gid)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def _start(self) -> None:
        self._configure()
        for attempt in range(1, START_TRIES + 1):
            if self._server_pid() is None:
                (self.data / "postmaster.pid").unlink(missing_ok=True)
                started = self._run(
                    "pg_ctl", "-D", str(self.data), "-w", "-t", str(START_TIMEOUT_S), "start"
                )
                if started.returncode == 0 and self.is_alive():
                    return
            elif self._answers_within(START_TIMEOUT_S):
                return
            # After a kill -9 the server's children need a moment to notice that it is gone.
            time.sleep(0.3 * attempt)
        raise PostgresFailed(f"PostgreSQL did not start. The end of {self.log}:\n{self._log_end()}")

    def _configure(self) -> None:
        if self._is_roots:
            open_to_all(SYSTEM_FOLDER)
            open_to_all(self.socket_folder.parent)
        make_private(
            self.socket_folder,
            uid=self.account.uid if self.account else None,
            gid=self.account.gid if self.account else None,
        )
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(self.socket_folder),
            "max_connections": "100",
            "password_encryption": "scram-sha-256",
            # Literals of a refused statement may be names of people: they stay out of the log.
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
            **self.settings,
        }
        lines = [f"{name} = '{_quoted(value)}'\n" for name, value in settings.items()]
        # Read after postgresql.conf, and rewritten at each start: a moved checkout still works.
        self._write_as_server(self.data / "postgresql.auto.conf", "".join(lines))

    def _write_as_server(self, path: Path, text: str) -> None:
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        if self.account is not None:
            os.chown(path, self.account.uid, self.account.gid)

    def _server_pid(self) -> int | None:
        """The process that runs on this data folder, if there is one.

        The number in a pid file may long belong to somebody else: its command line is asked.
        """
        try:
            # As bytes: the second line is the data folder's path, in whatever characters.
            pid = int((self.data / "postmaster.pid").read_bytes().split(b"\n")[0])
        except (FileNotFoundError, ValueError):
            return None
        command = command_of(pid)
        if not command or Path(command[0]).name not in {"postgres", "postgres:"}:
            return None
        return pid if str(self.data) in command else None

    def _answers_within(self, seconds: float) -> bool:
        """Wait for a server that is there and not yet ready: it may be replaying its journal."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self._server_pid() is not None:
            if self.is_alive():
                return True
            time.sleep(0.1)
        return False

    # --- Running its programs ----------------------------------------------------------

    def _must(self, program: str, *arguments: str) -> None:
        done = self._run(program, *arguments)
        if done.returncode != 0:
            raise PostgresFailed(f"{program} failed. The end of {self.log}:\n{self._log_end()}")

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """Run one of PostgreSQL's programs as the server's account; its words go to the log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        as_whom = {"cwd": "/"} if self.account is None else self.account.as_popen()
        with self.log.open("ab") as log:
            # A session of its own: Ctrl-C in the terminal is for the launcher, which stops it.
            return subprocess.run(
                [self.binaries[program], *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=without_postgres_settings(),
                start_new_session=True,
                check=False,
                **as_whom,
            )

    def _log_end(self) -> str:
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])


def utf8_locale() -> str:
    """A UTF-8 locale without a country's sorting rules, where the system has one."""
    for name in LOCALES:
        before = locale.setlocale(locale.LC_CTYPE)
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        finally:
            locale.setlocale(locale.LC_CTYPE, before)
        return name
    raise PostgresFailed(f"This system has none of the locales {', '.join(LOCALES)}.")


def _quoted(value: str) -> str:
    return value.replace("'", "''")
