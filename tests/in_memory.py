"""A tablespace in memory for the copies of the template.

A copy is some 1,500 small files. Made on a disk they cost half a second of processor time and more,
in memory a tenth of that; a run makes thousands of copies. Where the system has no such folder, or
little room in it, the copies lie beside the template as they would without this.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from launcher.folders import make_private
from launcher.postgres import Cluster, note_of
from launcher.psql import SqlRefused, sql

MEMORY = Path("/dev/shm")
PREFIX = "xuncha-tests-"
ROOM_BYTES = 2 * 1024**3
TABLESPACE = "xuncha_in_memory"


@dataclass(frozen=True)
class MemoryDisk:
    """Of one cluster. `folder/of` says whose it is; `folder/space` is the server's."""

    cluster: Cluster

    @property
    def folder(self) -> Path:
        digest = hashlib.sha256(os.fsencode(self.cluster.folder)).hexdigest()[:16]
        return MEMORY / f"{PREFIX}{digest}"

    @property
    def is_there(self) -> bool:
        found = f"SELECT 1 FROM pg_tablespace WHERE spcname = '{TABLESPACE}';"
        return bool(sql(found, self.cluster.superuser).strip())

    def make(self) -> None:
        """Anew, for the first who tests: what was in memory is gone after a start of the machine."""
        self.remove()
        sweep()
        if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM_BYTES:
            return
        try:
            self.folder.mkdir()
        except FileExistsError:  # Somebody else's, in a folder that is open to all.
            return
        self.folder.chmod(0o711)
        (self.folder / "of").write_bytes(os.fsencode(self.cluster.folder))
        space, account = self.folder / "space", self.cluster.account
        if account is None:
            make_private(space)
        else:
            make_private(space, uid=account.uid, gid=account.gid)
        try:
            self._sql(f"CREATE TABLESPACE {TABLESPACE} LOCATION '{space}';")
        except SqlRefused:  # Memory that this server may not use: the disk will do.
            shutil.rmtree(self.folder)

    def remove(self) -> None:
        """Once no database is in it any more."""
        self._sql(f"DROP TABLESPACE IF EXISTS {TABLESPACE};")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _sql(self, text: str) -> None:
        sql("SET client_min_messages = error;\n" + text, self.cluster.superuser)


def sweep() -> None:
    """Take away what runs left that were killed and whose checkout is gone since."""
    for of in MEMORY.glob(f"{PREFIX}*/of"):
        folder = Path(os.fsdecode(of.read_bytes()))
        is_gone = not folder.exists() and not note_of(folder).exists()
        if os.access(of, os.W_OK) and is_gone:
            shutil.rmtree(of.parent, ignore_errors=True)
