"""Who runs PostgreSQL: it refuses root, so root hands it to an account without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ACCOUNT = "xuncha-postgres"
# Ours where it is there; else that of the distribution's package.
NAMES = (ACCOUNT, "postgres")


class NoAccount(Exception):
    """Root has no account to hand PostgreSQL to, and cannot make one."""


@dataclass(frozen=True, slots=True)
class Account:
    """A system account as `subprocess` wants it."""

    name: str
    uid: int
    gid: int

    def as_popen(self) -> dict[str, Any]:
        """Keyword arguments that start a child as this account, in a folder that it can enter."""
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}

    def can_write_in(self, folder: Path) -> bool:
        """Asked of the system itself: permissions, ACLs and mount options all count."""
        return self._can(["/bin/sh", "-c", 'cd "$1" && test -w .', "sh", str(folder)])

    def can_run(self, program: Path) -> bool:
        return self._can([str(program), "--version"])

    def _can(self, command: list[str]) -> bool:
        try:
            done = subprocess.run(command, capture_output=True, check=False, **self.as_popen())
        except PermissionError:
            return False
        return done.returncode == 0


def server_account(data: Path) -> Account | None:
    """The account that runs the server on `data`; None: the one that asks, an ordinary user.

    A folder that is there already decides: an account made later must not lock itself out.
    """
    if os.geteuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        entry = pwd.getpwuid(data.stat().st_uid)
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    return next(filter(None, map(_known, NAMES)), None) or _made()


def is_for_servers(uid: int) -> bool:
    """Whether root hands servers to this account, or would."""
    return uid == 0 or uid in {account.uid for name in NAMES if (account := _known(name))}


def _known(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(name, entry.pw_uid, entry.pw_gid)


def _made() -> Account:
    if useradd := shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin"):
        command = [useradd, "--system", "--user-group", "--no-create-home", "--shell"]
        command += ["/usr/sbin/nologin", ACCOUNT]
    elif adduser := shutil.which("adduser", path="/usr/sbin:/sbin:/usr/bin:/bin"):
        command = [adduser, "-S", "-D", "-H", "-s", "/sbin/nologin", ACCOUNT]  # BusyBox
    else:
        raise NoAccount(
            "PostgreSQL refuses to run as root, and this system has no `useradd` to make an "
            f"account for it. Make an account called {ACCOUNT}, or run as an ordinary user."
        )
    subprocess.run(command, check=False, capture_output=True)
    account = _known(ACCOUNT)  # Somebody else may have made it in the same moment.
    if account is None:
        raise NoAccount(f"The account {ACCOUNT} could not be made ({' '.join(command)}).")
    return account
