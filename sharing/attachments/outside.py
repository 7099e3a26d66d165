"""Having a file cleaned by a process of its own, which inherits no secret and no open file."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from kernel.text import Text
from sharing.attachments.kinds import Cleaned, Kind, Remark
from sharing.attachments.refusals import REFUSALS, FileRefused, TooHard

TIMEOUT_S = 120
# How a process ends that met a limit: by the kernel, or by a library that got no memory.
_KILLED = 137


class CleaningFailed(Exception):
    """The process ended in a way that says nothing of the file: a fault of ours."""


def cleaned_aside(kind: Kind, content: bytes, *, timeout_s: float = TIMEOUT_S) -> Cleaned:
    """`FileRefused`; `CleaningFailed` (to be tried again, nothing is known of the file)."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "sharing.attachments.inside", kind],
            input=content,
            capture_output=True,
            timeout=timeout_s,
            env={"PYTHONPATH": _path(), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"},
            cwd="/",
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise TooHard from late
    if done.returncode < 0 or done.returncode == _KILLED:
        raise TooHard
    line, found, rest = done.stdout.partition(b"\n")
    if done.returncode != 0 or not found:
        # Its last line names the fault; the lines before may quote the file.
        raise CleaningFailed(_kind_of_fault(done.stderr))
    said = json.loads(line)
    if "refused" in said:
        raise _refusal(said)
    return Cleaned(rest, frozenset(map(Remark, said["remarks"])))


def _refusal(said: dict[str, Any]) -> FileRefused:
    data = {
        key: Text(**value) if isinstance(value, dict) else value
        for key, value in said["data"].items()
    }
    return REFUSALS[said["refused"]](**data)


def _kind_of_fault(stderr: bytes) -> str:
    lines = stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1].partition(":")[0][:80] if lines else "no word"


def _path() -> str:
    """Ours alone: where this very package and the shared words were found."""
    import kernel
    import sharing

    roots = dict.fromkeys(
        str(module.__path__[0]).rpartition("/")[0] for module in (sharing, kernel)
    )
    return ":".join(roots)
