"""What a file of the repository never says: where somebody's machine keeps it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT, ours, short

# A person's home, a checkout's place, and hosts that packages come from: all differ elsewhere.
MACHINE = re.compile(
    r"/home/[a-z]\w*/|/Users/\w+/|/root/(?!\.)\w+|/work/|/mnt/\w+/|[A-Z]:\\\\Users"
    r"|--index-url|--extra-index-url|--trusted-host|//[\w.-]*(?:artifactory|nexus|devpi|proxpi)"
)
TEXT = (
    ".py",
    ".toml",
    ".txt",
    ".md",
    ".html",
    ".css",
    ".js",
    ".sh",
    ".sql",
    ".json",
    ".service",
    "",
)


@pytest.mark.parametrize("path", ours(*TEXT), ids=short)
def test_a_file_names_no_machines_places(path: Path) -> None:
    if path == Path(__file__):
        return
    source = path.read_text(encoding="utf-8")

    assert MACHINE.findall(source) == []
    assert str(ROOT) not in source


@pytest.mark.parametrize("program", ["run", ".ci/run", "manage.py"])
def test_a_program_can_be_run(program: str) -> None:
    assert os.access(ROOT / program, os.X_OK)


def test_every_requirement_has_its_reason() -> None:
    reasons = (ROOT / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8")
    named = [
        re.split(r"[\[=]", line)[0]
        for file in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / file).read_text().splitlines()
        if line and line[0] not in "#-"
    ]

    assert len(named) > 20
    assert [name for name in named if f"`{name}`" not in reasons] == []


def test_every_requirement_is_pinned_and_so_is_what_it_brings() -> None:
    pins = dict(
        line.split("==")
        for line in (ROOT / "constraints.txt").read_text().splitlines()
        if line and not line.startswith("#")
    )
    named = {
        re.split(r"\[", name)[0].lower(): version
        for file in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / file).read_text().splitlines()
        if line and line[0] not in "#-"
        for name, version in [line.split("==")]
    }
    lower = {name.lower(): version for name, version in pins.items()}

    assert {n: v for n, v in named.items() if lower.get(n) != v} == {}
