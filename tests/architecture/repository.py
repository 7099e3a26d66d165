"""The files of the repository, as the tests of its order look at them."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUR_PACKAGES = {
    "config": ROOT / "platform",
    "portal": ROOT / "platform",
    "webui": ROOT / "platform",
    "httpapi": ROOT / "platform",
    "launcher": ROOT / "platform",
    "kernel": ROOT / "platform",
    "tenancy": ROOT,
    "scheduling": ROOT,
    "sharing": ROOT,
}
VENDORED = ROOT / "platform/webui/static/webui/vendor"


@cache
def files() -> tuple[Path, ...]:
    """What git holds or would take in: neither data nor environments."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def ours(*suffixes: str) -> list[Path]:
    """Our own files with one of these endings; not what we took in from others."""
    return [p for p in files() if p.suffix in suffixes and not p.is_relative_to(VENDORED)]


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))
