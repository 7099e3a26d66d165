"""A copy of the checkout in which one seed at a time is sown, and its test run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from launcher.folders import CHECKOUT
from tests.leaks.seeds import Seed

# The database's socket lies below the copy: a longer path than this would not fit into its name.
PREFIX = "leaks-"


class Unfit(Exception):
    """A seed that does not apply, or a run that ended otherwise than with passed or failed tests."""


@dataclass(frozen=True, slots=True)
class Outcome:
    caught: bool
    log: str


@dataclass(frozen=True, slots=True)
class Trial:
    folder: Path

    def run(self, *tests: str) -> Outcome:
        """Whether one of the tests fails; by itself, not because something else breaks."""
        options = ["-q", "-x", "-n0", "-p", "no:randomly", "--no-header", "-m", "not nightly"]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=self.folder,
            env=self._environment(),
            capture_output=True,
            text=True,
        )
        log = done.stdout + done.stderr
        # 1: tests failed. A name that is none, an error while collecting: neither is a catch.
        if done.returncode not in (0, 1) or "ERROR " in _summary(log):
            raise Unfit(log[-3000:])
        return Outcome(done.returncode == 1, log)

    @contextmanager
    def sown(self, seed: Seed) -> Iterator[None]:
        before = {change.file: (self.folder / change.file).read_text() for change in seed.changes}
        try:
            for change in seed.changes:
                path = self.folder / change.file
                path.write_text(changed(path.read_text(), change.old, change.new))
            yield
        finally:
            for file, text in before.items():
                (self.folder / file).write_text(text)

    def _environment(self) -> dict[str, str]:
        ours = os.pathsep.join(str(self.folder / part) for part in ("", "platform"))
        kept = {name: value for name, value in os.environ.items() if name not in FORGOTTEN}
        return kept | {"PYTHONPATH": ours, "PYTHONDONTWRITEBYTECODE": "1"}


# What another run of pytest would take for its own.
FORGOTTEN = {"XUNCHA_VAR", "PYTEST_CURRENT_TEST", "PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS"}


def changed(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise Unfit(f"{old!r} stands {text.count(old)} times and not once.")
    return text.replace(old, new)


@contextmanager
def trial() -> Iterator[Trial]:
    folder = Path(mkdtemp(prefix=PREFIX))
    # The database's account lives in it, so that its data goes with the copy.
    folder.chmod(0o711)
    try:
        for name in _tracked():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if (CHECKOUT / name).is_file():
                shutil.copy(CHECKOUT / name, target)
        # Some tests ask git for the project's files.
        for command in (["init", "-q"], ["add", "-A"]):
            subprocess.run(["git", *command], cwd=folder, check=True)
        yield Trial(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [name for name in listed.stdout.split("\0") if name]


def _summary(log: str) -> str:
    return log.rpartition("short test summary info")[2]
