"""`./run stop` and `reset`: everything of ours, and nothing else."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from launcher.ending import reset, stop
from launcher.folders import DataFolder
from launcher.installation import free_port
from launcher.locks import present
from launcher.postgres import Cluster


def test_reset_deletes_what_was_made_and_says_so(
    cluster: Cluster, folder: DataFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    cluster.ensure_running()
    (folder.media / "1").mkdir(parents=True)

    assert reset(folder) == 0

    assert not cluster.has_process
    assert list(folder.path.iterdir()) == []
    assert not cluster.socket_folder.exists()
    said = capsys.readouterr().out
    assert "postgres" in said
    assert "media" in said


def test_reset_leaves_what_is_not_ours(folder: DataFolder) -> None:
    """XUNCHA_VAR may name a folder in which somebody keeps other things as well."""
    theirs = folder.path / "letters.txt"
    theirs.write_text("not ours")

    reset(folder)

    assert theirs.read_text() == "not ours"


def test_neither_takes_the_server_from_running_tests(
    folder: DataFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder.test.make()
    nothing = lambda: None  # noqa: E731
    with present(folder.test.locks / "postgres-x-users", first=nothing, last=nothing):
        reset(folder)

        assert folder.test.path.exists()
    assert "tests are running" in capsys.readouterr().out
    reset(folder)
    assert not folder.test.path.exists()


def test_stopping_where_nothing_was_made_is_no_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stop(DataFolder(tmp_path / "var")) == 0

    assert "Nothing is running" in capsys.readouterr().out
    assert not (tmp_path / "var").exists()


def test_a_port_that_is_taken_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        monkeypatch.setenv("PORT", str(number))

        assert number < free_port() < number + 100
