"""Where a checkout keeps what it makes: everything under one data folder."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

# Anchored to this file, never to the current folder: a shell in a sub-folder must not
# start a second, empty server.
CHECKOUT = Path(__file__).resolve().parents[2]

# `sun_path` holds 108 bytes on Linux and 104 on macOS, the closing zero included.
LONGEST_SOCKET_PATH = 103


@dataclass(frozen=True, slots=True)
class DataFolder:
    """`var/` of a checkout, or the folder that XUNCHA_VAR names."""

    path: Path

    @classmethod
    def default(cls) -> DataFolder:
        return cls(Path(os.environ.get("XUNCHA_VAR") or CHECKOUT / "var").resolve())

    @property
    def secrets(self) -> Path:
        return self.path / "secrets"

    @property
    def logs(self) -> Path:
        return self.path / "log"

    @property
    def locks(self) -> Path:
        return self.path / "locks"

    @property
    def stamps(self) -> Path:
        return self.path / "stamps"

    @property
    def postgres(self) -> Path:
        return self.path / "postgres"

    @property
    def broker(self) -> Path:
        return self.path / "broker"

    @property
    def media(self) -> Path:
        return self.path / "media"

    @property
    def keys(self) -> Path:
        """The offices' keys: beside the database and the files, never among them."""
        return self.path / "keys"

    @property
    def matcher_keys(self) -> Path:
        """Of the process that compares clues, and of no other."""
        return self.path / "matcher-keys"

    @property
    def static(self) -> Path:
        return self.path / "static"

    @property
    def processes(self) -> Path:
        """The record of what is running, for the next start and for `./run stop`."""
        return self.path / "processes.json"

    @property
    def serving(self) -> Path:
        """Who serves this folder, and where."""
        return self.path / "serving.json"

    @property
    def test(self) -> DataFolder:
        """The tests' own, so that they never meet a demo's data."""
        return DataFolder(self.path / "test")

    def everything(self) -> list[Path]:
        """All that may lie here. A folder that XUNCHA_VAR names may hold other people's too."""
        return [
            *(self.secrets, self.logs, self.locks, self.stamps, self.broker, self.media),
            self.keys,
            *(self.static, self.processes, self.serving, self.test.path),
            *self.path.glob("broker.broken-*"),
            *self.path.glob("postgres*"),
            *(file.with_suffix(".part") for file in (self.processes, self.serving)),
        ]

    def make(self) -> None:
        """Make the folders that are missing. Secrets are for the owner's eyes only."""
        for folder in (self.path, self.logs, self.locks, self.stamps):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in (self.secrets, self.keys):
            folder.mkdir(mode=0o700, exist_ok=True)


def short_enough_for_a_socket(folder: Path, socket_name: str) -> bool:
    return len(os.fsencode(folder / socket_name)) <= LONGEST_SOCKET_PATH


def folder_for_sockets(preferred: Path, socket_name: str) -> Path:
    """`preferred`, or a private folder in the temp folder when its path is too long."""
    if short_enough_for_a_socket(preferred, socket_name):
        return preferred
    digest = hashlib.sha256(os.fsencode(preferred)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"xuncha-{digest}"


def make_private(folder: Path, *, uid: int | None = None, gid: int | None = None) -> None:
    """Make a folder that only its owner can enter; refuse one that somebody else put there.

    The temp folder is open to all: a folder waiting there under our name may be a trap.
    """
    owner = os.getuid() if uid is None else uid
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        if uid is not None and gid is not None:
            os.chown(folder, uid, gid)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {owner, os.getuid()}:
        raise PermissionError(f"{folder} belongs to somebody else. Remove it and start again.")
    if found.st_uid != owner and gid is not None:
        os.chown(folder, owner, gid)
    folder.chmod(0o700)


def open_to_all(folder: Path) -> None:
    """A folder of ours that other accounts pass through, whatever the umask says."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
