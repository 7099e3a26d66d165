"""Other processes: what they are, whether they are the ones we started, how they are ended."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def command_of(pid: int) -> list[str] | None:
    """The command line of a process, or None when there is no such process."""
    if not PROC.is_dir():
        return _asked_ps(pid, "command=").split() or None
    try:
        raw = (PROC / str(pid) / "cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return [part.decode(errors="replace") for part in raw.split(b"\0") if part] or None


def identity_of(pid: int) -> str | None:
    """What tells a process from a later one with the same number: when it began.

    None when there is no such process, or only the remains of one that nobody has waited for.
    """
    if not PROC.is_dir():
        return _asked_ps(pid, "lstart=") or None
    status = _status(pid)
    if status is None or status[0] == "Z":
        return None
    boot = (PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return f"{boot}/{status[19]}"


def members_of(group: int) -> list[int]:
    """The living processes of a process group (Linux; elsewhere nothing is known of it)."""
    if not PROC.is_dir():
        return []
    numbers = (int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal())
    found = ((pid, _status(pid)) for pid in numbers)
    return [pid for pid, s in found if s is not None and s[0] != "Z" and int(s[2]) == group]


def end_group(group: int, *, grace_s: float) -> None:
    """Ask a process group to end; after `grace_s` seconds end what is left of it."""
    for number, patience_s in ((signal.SIGTERM, grace_s), (signal.SIGKILL, 5.0)):
        with suppress(ProcessLookupError):
            os.killpg(group, number)
        deadline = time.monotonic() + patience_s
        while _group_lives(group) and time.monotonic() < deadline:
            _wait_for_own_children(group)
            time.sleep(0.02)
        if not _group_lives(group):
            return


def _group_lives(group: int) -> bool:
    if PROC.is_dir():
        return bool(members_of(group))
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def _wait_for_own_children(group: int) -> None:
    """Take leave of ended children of ours; a group that is nobody's child has none."""
    with suppress(ChildProcessError):
        while os.waitpid(-group, os.WNOHANG) != (0, 0):
            pass


def _status(pid: int) -> list[str] | None:
    """Fields of /proc/PID/stat from the third on: [0] state, [2] group, [19] start time."""
    try:
        line = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The second field is the program's name in brackets, and may hold brackets and blanks.
    return line[line.rindex(")") + 2 :].split()


def _asked_ps(pid: int, column: str) -> str:
    command = ["ps", "-p", str(pid), "-o", column]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
