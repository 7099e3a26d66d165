"""What is started is ended: after Ctrl-C, a closed terminal, a polite kill and a kill -9."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from launcher.folders import DataFolder
from launcher.processes import identity_of
from launcher.supervisor import Program, ProgramFailed, Supervisor, end_leftovers
from launcher.terminal import Teller

# A program with a child that does not listen to a polite request.
STUBBORN_FAMILY = [
    sys.executable,
    "-c",
    "import signal, subprocess, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "child = subprocess.Popen(['sleep', '300'])\n"
    "print(child.pid, flush=True)\n"
    "time.sleep(300)\n",
]
SLEEP = ["sleep", "300"]

# A launcher whose only step starts one program; then it serves like the real one.
# Whoever runs the tests under nohup has given their children a deaf ear for closed terminals.
LAUNCHER = """
import signal
import sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)
from launcher import demo
from launcher.folders import DataFolder
from launcher.supervisor import Program
from launcher.terminal import Teller
from pathlib import Path

def steps(installation):
    installation.supervisor.start(Program("sleeper", ["sleep", "300"]))
    return "http://localhost:1/"

sys.exit(demo.served(DataFolder(Path(sys.argv[1])), Teller(), steps, card=False))
"""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launcher.supervisor.GRACE_S", 0.2)


@pytest.fixture
def launcher(folder: DataFolder) -> Iterator[subprocess.Popen[str]]:
    """A launcher in a process of its own, serving."""
    with subprocess.Popen(
        _launcher_command(folder), stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert any("Ctrl-C" in line for line in process.stdout), "It ended before it served."
        yield process
        process.terminate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_the_launcher_ends_its_programs_before_itself(
    folder: DataFolder, launcher: subprocess.Popen[str], number: int
) -> None:
    sleeper = _recorded_pid(folder)

    launcher.send_signal(number)

    assert launcher.wait(timeout=20) == 0
    assert identity_of(sleeper) is None
    assert not folder.processes.exists()


def test_the_launcher_ends_its_programs_though_nobody_reads_what_it_says(
    folder: DataFolder, launcher: subprocess.Popen[str]
) -> None:
    """The terminal was closed: the first word to it would be an error."""
    sleeper = _recorded_pid(folder)
    assert launcher.stdout is not None
    launcher.stdout.close()

    launcher.send_signal(signal.SIGHUP)

    assert launcher.wait(timeout=20) == 0
    assert identity_of(sleeper) is None


def test_a_second_launcher_says_where_the_first_one_serves(
    folder: DataFolder, launcher: subprocess.Popen[str]
) -> None:
    second = subprocess.run(_launcher_command(folder), capture_output=True, text=True)

    assert second.returncode == 0
    assert "http://localhost:1/" in second.stdout
    assert launcher.poll() is None


def test_the_next_start_ends_what_a_killed_launcher_left_running(
    folder: DataFolder, launcher: subprocess.Popen[str]
) -> None:
    sleeper = _recorded_pid(folder)
    launcher.kill()
    launcher.wait()
    assert identity_of(sleeper) is not None

    assert end_leftovers(folder) == ["sleeper"]

    _eventually(lambda: identity_of(sleeper) is None)


BUSY = LAUNCHER.replace(
    "installation.supervisor.start(", "print('Ctrl-C', flush=True); installation.supervisor.run("
)


@pytest.fixture
def busy_launcher(folder: DataFolder) -> Iterator[subprocess.Popen[str]]:
    """A launcher that waits for a command to end: the city is being loaded, the round solved."""
    command = [sys.executable, "-c", BUSY, str(folder.path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout is not None
            assert any("Ctrl-C" in line for line in process.stdout)
            _eventually(folder.processes.exists)
            yield process
        finally:
            process.terminate()


def test_a_command_of_a_killed_launcher_does_not_go_on_beside_the_next(
    folder: DataFolder, busy_launcher: subprocess.Popen[str]
) -> None:
    command = _recorded_pid(folder)
    busy_launcher.kill()
    busy_launcher.wait()

    assert end_leftovers(folder) == ["sleeper"]

    _eventually(lambda: identity_of(command) is None)


def test_ctrl_c_ends_the_command_that_is_waited_for(
    folder: DataFolder, busy_launcher: subprocess.Popen[str]
) -> None:
    command = _recorded_pid(folder)

    busy_launcher.send_signal(signal.SIGINT)

    assert busy_launcher.wait(timeout=20) == 0
    assert identity_of(command) is None
    assert not folder.processes.exists()


def test_a_command_that_ended_is_written_down_no_more(folder: DataFolder) -> None:
    supervisor = Supervisor(folder, Teller())

    assert supervisor.run(Program("seven", ["sh", "-c", "exit 7"])) == 7

    assert json.loads(folder.processes.read_text()) == []


def test_a_stranger_with_a_recorded_number_is_left_alone(folder: DataFolder) -> None:
    stranger = subprocess.Popen(SLEEP, start_new_session=True)
    try:
        entry = {"name": "web", "pid": stranger.pid, "identity": "earlier", "program": "sleep"}
        folder.processes.write_text(json.dumps([entry]))

        assert end_leftovers(folder) == []

        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_ending_reaches_grandchildren_and_those_who_do_not_listen(
    folder: DataFolder, quick: None
) -> None:
    supervisor = Supervisor(folder, Teller())
    supervisor.start(Program("family", STUBBORN_FAMILY))
    log = supervisor.log_of("family")
    _eventually(lambda: log.read_text().strip().isdigit())
    parent, child = supervisor.pid_of("family"), int(log.read_text())

    supervisor.stop()

    assert identity_of(parent) is None
    assert identity_of(child) is None


def test_a_program_that_dies_is_started_again(
    folder: DataFolder, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("launcher.supervisor.FIRST_PAUSE_S", 0.01)
    supervisor = Supervisor(folder, Teller())
    supervisor.start(Program("sleeper", SLEEP))
    first = supervisor.pid_of("sleeper")
    try:
        os.kill(first, signal.SIGKILL)

        def is_back() -> bool:
            supervisor.mend()
            return supervisor.pid_of("sleeper") != first

        _eventually(is_back)
        assert identity_of(supervisor.pid_of("sleeper")) is not None
    finally:
        supervisor.stop()


def test_waiting_for_a_program_that_has_ended_shows_the_end_of_its_log(
    folder: DataFolder, quick: None
) -> None:
    supervisor = Supervisor(folder, Teller())
    supervisor.start(Program("web", ["sh", "-c", "echo the port is taken; exit 3"]))

    _eventually(lambda: identity_of(supervisor.pid_of("web")) is None)

    with pytest.raises(ProgramFailed, match=r"(?s)status 3.*the port is taken"):
        supervisor.must_be_running("web")
    supervisor.stop()


def _launcher_command(folder: DataFolder) -> list[str]:
    return [sys.executable, "-c", LAUNCHER, str(folder.path)]


def _recorded_pid(folder: DataFolder) -> int:
    [entry] = json.loads(Path(folder.processes).read_text())
    return int(entry["pid"])


def _eventually(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
