"""`./run stop` and `reset`: everything of ours, and nothing else."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from launcher.__main__ import COMMANDS, main
from launcher.ending import reset, stop
from launcher.folders import DataFolder
from launcher.installation import listening_line
from launcher.locks import present
from launcher.postgres import Cluster
from launcher.supervisor import ProgramFailed

# A launcher whose first step takes for ever.
STARTING = """
import sys, time
from pathlib import Path
from launcher import demo
from launcher.folders import DataFolder
from launcher.terminal import Teller

def steps(installation):
    print("begun", flush=True)
    time.sleep(300)

sys.exit(demo.served(DataFolder(Path(sys.argv[1])), Teller(), steps, card=False))
"""


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

        with listening_line() as line:
            assert number < line.getsockname()[1] < number + 100


def test_two_who_start_at_once_never_get_one_port() -> None:
    """The web server loads for seconds before it would take the port itself."""
    with listening_line() as ours, listening_line() as theirs:
        assert ours.getsockname() != theirs.getsockname()


@pytest.mark.parametrize("port", ["http", "0", "-1", "65536", "8000.0", "８０００"])
def test_a_port_that_is_none_is_refused_in_words(
    port: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", port)

    with pytest.raises(ProgramFailed, match="is no port"):
        listening_line()


def test_the_last_port_is_tried_and_none_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "65535")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65535))
        taken.listen()

        with pytest.raises(ProgramFailed, match="65535"):
            listening_line()


def test_stopping_ends_a_start_that_is_still_under_way(folder: DataFolder) -> None:
    """It had waited for it to end by itself, which a start does not."""
    with subprocess.Popen(
        [sys.executable, "-c", STARTING, str(folder.path)], stdout=subprocess.PIPE, text=True
    ) as starting:
        assert starting.stdout is not None
        assert starting.stdout.readline() == "begun\n"

        assert stop(folder) == 0

        assert starting.wait(timeout=5) == 0


def test_a_folder_of_somebody_elses_is_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(_folder: DataFolder) -> int:
        raise PermissionError(13, "Permission denied", "var/locks/serving")

    monkeypatch.setitem(COMMANDS, "stop", refused)

    assert main(["stop"]) == 1

    said = capsys.readouterr().err
    assert "var/locks/serving" in said
    assert "XUNCHA_VAR" in said


def test_a_data_folder_that_is_a_file_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "var").write_text("a letter")
    monkeypatch.setenv("XUNCHA_VAR", str(tmp_path / "var"))

    assert main(["serve"]) == 1

    assert "XUNCHA_VAR" in capsys.readouterr().err
