"""What figures were measured on. Never the machine's name."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

MEMORY_UNIT = 2**20  # /proc/meminfo counts in KiB: this makes GiB of it


def described() -> str:
    """Cores, processor, memory and the versions that matter, on one line."""
    return (
        f"{os.cpu_count()} cores ({_processor()}), {_memory_gib()} GiB, "
        f"Python {platform.python_version()}, OR-Tools {version('ortools')}"
    )


def _processor() -> str:
    for line in _lines("/proc/cpuinfo"):
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gib() -> int:
    for line in _lines("/proc/meminfo"):
        if line.startswith("MemTotal"):
            return round(int(line.split()[1]) / MEMORY_UNIT)
    return 0


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
