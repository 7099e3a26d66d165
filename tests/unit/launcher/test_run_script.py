"""`./run`: what it says before there is anything to run."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from launcher.folders import CHECKOUT

SHELL = shutil.which("sh") or "/bin/sh"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A clone on a machine that has a shell and no Python that will do."""
    shutil.copy(CHECKOUT / "run", tmp_path / "run")
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("dirname", "mkdir", "mv", "rm", "cat", "cksum", "uname"):
        (programs / name).symlink_to(shutil.which(name) or name)
    return tmp_path


def test_alone_it_lists_what_it_can_do_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run([CHECKOUT / "run"], cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0
    for command in ("demo", "serve", "stop", "reset", "test", "lint", "messages", "manage"):
        assert f"\n  {command} " in done.stdout


def test_an_unknown_command_is_named(bare: Path) -> None:
    done = _run(bare, "dmeo")

    assert done.returncode != 0
    assert "There is no command `dmeo`" in done.stderr


def test_without_python_it_says_what_to_install(bare: Path) -> None:
    done = _run(bare, "demo")

    assert done.returncode != 0
    assert "Python 3.11 or later is needed" in done.stderr
    assert not (bare / ".venv").exists()
    assert not (bare / ".venv.lock").exists()


def test_an_older_python_will_not_do(bare: Path) -> None:
    _program(bare, "python3", "exit 1")

    assert "Python 3.11 or later is needed" in _run(bare, "demo").stderr


def test_a_python_without_venv_is_named_and_nothing_half_made_stays(bare: Path) -> None:
    _program(
        bare, "python3.12", 'case "$1" in -c) exit 0 ;; -V) echo Python 3.12 ;; *) exit 1 ;; esac'
    )

    done = _run(bare, "demo")

    assert done.returncode != 0
    assert "lacks venv" in done.stderr
    assert not (bare / ".venv").exists()


def test_stopping_what_was_never_made_is_no_error(bare: Path) -> None:
    done = _run(bare, "stop")

    assert done.returncode == 0
    assert "Nothing is running" in done.stdout


def test_a_folder_that_cannot_be_written_to_is_said_at_once(bare: Path) -> None:
    """Not waited for: it had been taken for another's work on the environment."""
    (bare / "bin" / "mkdir").unlink()
    _program(bare, "mkdir", "exit 1")

    done = _run(bare, "demo")

    assert done.returncode != 0
    assert "Nothing can be written" in done.stderr
    assert "waiting" not in done.stdout


def test_texts_and_paths_are_utf_8_whatever_the_terminal_says(bare: Path) -> None:
    _program(
        bare,
        "python3.12",
        'case "$1" in -c) exit 0 ;; -V) echo "$PYTHONUTF8 $LC_ALL" ;; *) exit 1 ;; esac',
    )

    assert "1 C.UTF-8" in _run(bare, "demo").stdout


@pytest.mark.parametrize("pid", ["4194305\n", None], ids=["killed later", "killed at once"])
def test_a_lock_whose_holder_was_killed_is_broken(bare: Path, pid: str | None) -> None:
    (bare / ".venv.lock").mkdir()
    if pid is not None:
        (bare / ".venv.lock" / "pid").write_text(pid)
    _program(bare, "sleep", "exit 0")

    done = _run(bare, "demo")

    assert "Python 3.11 or later is needed" in done.stderr
    assert not list(bare.glob(".venv.lock*"))


def _run(bare: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SHELL, bare / "run", *arguments],
        env={"PATH": str(bare / "bin"), "HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
    )


def _program(bare: Path, name: str, body: str) -> None:
    path = bare / "bin" / name
    path.write_text(f"#!{SHELL}\n{body}\n")
    path.chmod(0o755)
