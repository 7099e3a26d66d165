"""Folders and servers of these tests' own: real ones, started and ended by the launcher."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from launcher import embedded
from launcher.folders import DataFolder
from launcher.postgres import Cluster
from tests.databases import HASTE


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account can enter, as a checkout usually is; pytest's own is private."""
    path = Path(tempfile.mkdtemp(prefix="xuncha-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def folder(open_folder: Path) -> DataFolder:
    made = DataFolder(open_folder / "var")
    made.make()
    return made


@pytest.fixture
def cluster(folder: DataFolder) -> Iterator[Cluster]:
    """Not yet made, not yet running; gone afterwards."""
    server = hasty(folder)
    yield server
    server.remove()


def hasty(folder: DataFolder) -> Cluster:
    """The checkout's server, without waiting for the disk."""
    return replace(embedded.cluster(folder), settings=HASTE)
