"""The front-end files that we ship are the publishers' own, in the versions that we say."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import webui

VENDOR = Path(webui.__file__).parent / "static" / "webui" / "vendor"
ROW = re.compile(r"^\| `(?P<file>[^`]+)` .*`(?P<sum>[0-9a-f]{64})` \|$", re.MULTILINE)


def _table() -> dict[str, str]:
    text = (VENDOR / "VENDOR.md").read_text(encoding="utf-8")
    return {row["file"]: row["sum"] for row in ROW.finditer(text)}


def test_every_vendored_script_and_style_stands_in_the_table_with_its_sum() -> None:
    shipped = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.suffix in {".js", ".css"}
    }

    assert shipped == _table()


def test_every_vendored_folder_carries_its_licence() -> None:
    folders = [path for path in VENDOR.iterdir() if path.is_dir()]

    assert folders
    assert [folder.name for folder in folders if not (folder / "LICENSE").is_file()] == []


def test_no_vendored_file_points_to_a_map_that_is_not_there() -> None:
    pointing = [
        path.name
        for path in VENDOR.rglob("*")
        if path.suffix in {".js", ".css"} and b"sourceMappingURL=" in path.read_bytes()
    ]

    assert pointing == []
