"""`./run stop` and `./run reset`."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from launcher import embedded
from launcher.broker import embedded_broker
from launcher.demo import Serving
from launcher.folders import CHECKOUT, DataFolder
from launcher.installation import DATABASE_VARIABLES
from launcher.keys import Keyring
from launcher.locks import locked_if_free
from launcher.postgres import Cluster
from launcher.supervisor import end_leftovers
from launcher.terminal import Teller

PATIENCE_S = 60


def stop(folder: DataFolder) -> int:
    """End what this checkout has running, whoever started it and however that one ended."""
    teller = Teller()
    if not folder.path.exists():
        teller.say("Nothing is running: there is no data folder.")
        return 0
    ended = []
    if serving := Serving.read(folder):
        with suppress(ProcessLookupError):  # It may be ending by itself in this moment.
            os.kill(serving.pid, signal.SIGTERM)
        served = serving.address
        ended.append(f"the start that served {served}" if served else "a start under way")
    if not _is_quiet_within(folder, PATIENCE_S):
        teller.say(f"The running `./run` did not end within {PATIENCE_S} s.")
        return 1
    ended += end_leftovers(folder)
    ended += [f"PostgreSQL in {one.place}" for one in _stopped_clusters(folder)]
    teller.say(f"Ended: {', '.join(ended)}." if ended else "Nothing was running.")
    return 0


def reset(folder: DataFolder) -> int:
    """Stop, and delete everything that this checkout has made in its data folder."""
    teller = Teller()
    if (status := stop(folder)) != 0 or not folder.path.exists():
        return status
    kept = {folder.test.path} if _tests_are_running(folder) else set()
    gone = [path for cluster in _clusters(folder) for path in cluster.remove()]
    sockets = embedded_broker(folder).socket.parent
    for path in (sockets, *folder.everything()):
        if path in kept:
            teller.say(f"Kept {_said(path)}: tests are running.")
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
        else:
            continue
        gone.append(path)
    for path in sorted({path for path in gone if path.parent not in gone}):
        teller.say(f"Deleted {_said(path)}")
    if named := [name for name in DATABASE_VARIABLES if name in os.environ]:
        teller.say(f"The database that {named[0]} names was left as it is.")
    return 0


def _stopped_clusters(folder: DataFolder) -> Iterator[Cluster]:
    for cluster in _clusters(folder):
        if cluster.has_process:
            cluster.stop()
            yield cluster


def _clusters(folder: DataFolder) -> list[Cluster]:
    """The demo's server, and those of tests that nobody runs any more."""
    found = [embedded.cluster(folder)]
    if not _tests_are_running(folder):
        places = {p.name.removesuffix(".place") for p in folder.test.path.glob("postgres-*")}
        log, keys = folder.test.logs / "postgres.log", Keyring(folder.test.secrets)
        found += [
            Cluster(folder.test.path / name, log, keys)
            for name in sorted(places)
            if not name.endswith(".lock")
        ]
    return found


def _tests_are_running(folder: DataFolder) -> bool:
    """Whoever tests holds a lock on the server that they use (tests/databases.py)."""
    for lock in folder.test.locks.glob("*-users"):
        with locked_if_free(lock) as is_free:
            if not is_free:
                return True
    return False


def _is_quiet_within(folder: DataFolder, seconds: float) -> bool:
    """Whether nobody serves this folder any more; waits for somebody who is ending."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with locked_if_free(folder.locks / "serving") as is_free:
            if is_free:
                return True
        time.sleep(0.1)
    return False


def _said(path: Path) -> str:
    return str(path.relative_to(CHECKOUT)) if path.is_relative_to(CHECKOUT) else str(path)
