"""Our long-running processes: started, written down, started again when they die, ended."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from launcher.folders import DataFolder
from launcher.processes import command_of, end_group, identity_of, members_of
from launcher.terminal import Teller, enough_comes_later, undisturbed

# A worker that is at work gives up its job, which another takes up after the lease.
GRACE_S = 4.0
# A program that dies at once is not started again at once: 1, 2, 4 … seconds.
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
# One that has run this long had started well.
STARTED_WELL_S = 20.0


class ProgramFailed(Exception):
    """A program ended while somebody waited for it; says where its log is."""


@dataclass(frozen=True)
class Program:
    """A command that is meant to run until it is ended. Its words go to `NAME.log`.

    `line` is a socket that it inherits; held here, it outlives the program's deaths.
    """

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    line: socket.socket | None = None


@dataclass
class _Running:
    program: Program
    process: subprocess.Popen[bytes]
    began: float
    pause_s: float
    resume_at: float | None = None


class Supervisor:
    """Runs programs; each in a session of its own, so that Ctrl-C reaches the launcher alone."""

    def __init__(self, folder: DataFolder, teller: Teller) -> None:
        self.folder = folder
        self.teller = teller
        self._running: list[_Running] = []

    def start(self, program: Program) -> None:
        with enough_comes_later():
            self._start(program)

    def _start(self, program: Program) -> None:
        self._running.append(
            _Running(program, self._started(program), time.monotonic(), FIRST_PAUSE_S)
        )
        self._write_down()

    def run(self, program: Program) -> int:
        """Wait for a command that ends by itself; its words go to the terminal. Its status.

        Written down like the others: of a launcher that is killed it would go on beside the next.
        """
        with enough_comes_later():
            process = _spawned(program, to=None)
            one = _Running(program, process, time.monotonic(), FIRST_PAUSE_S)
            self._running.append(one)
            self._write_down()
        try:
            return process.wait()
        finally:
            with undisturbed():
                if process.poll() is None:
                    end_group(process.pid, grace_s=0)
                    process.wait()
                self._running.remove(one)
                self._write_down()

    def must_be_running(self, name: str) -> None:
        """Raise when the program has ended: waiting for it would be in vain."""
        for one in self._running:
            if one.program.name == name and one.process.poll() is not None:
                raise ProgramFailed(
                    f"{name} ended with status {one.process.returncode}. "
                    f"The end of {self.log_of(name)}:\n{end_of(self.log_of(name))}"
                )

    def pid_of(self, name: str) -> int:
        [one] = [one for one in self._running if one.program.name == name]
        return one.process.pid

    def mend(self) -> None:
        """Start again what has died. Call it every second or so."""
        for one in self._running:
            if one.process.poll() is None:
                continue
            if one.resume_at is None:
                self._plan_restart(one)
            elif time.monotonic() >= one.resume_at:
                with enough_comes_later():
                    one.process, one.began = self._started(one.program), time.monotonic()
                    one.resume_at = None
                    self._write_down()

    def _plan_restart(self, one: _Running) -> None:
        if time.monotonic() - one.began > STARTED_WELL_S:
            one.pause_s = FIRST_PAUSE_S
        name, status = one.program.name, one.process.returncode
        self.teller.say(
            f"{name} ended (status {status}); it starts again in {one.pause_s:.0f} s. "
            f"Its log: {self.log_of(name)}"
        )
        # What a killed program leaves behind (its pool's children) must not work on beside it.
        end_group(one.process.pid, grace_s=GRACE_S)
        one.resume_at = time.monotonic() + one.pause_s
        one.pause_s = min(2 * one.pause_s, LONGEST_PAUSE_S)

    def stop_one(self, name: str) -> None:
        for one in [one for one in self._running if one.program.name == name]:
            end_group(one.process.pid, grace_s=GRACE_S)
            one.process.wait()
            self._running.remove(one)

    def stop(self) -> None:
        """End all, the last started first."""
        for one in reversed(self._running):
            end_group(one.process.pid, grace_s=GRACE_S)
            one.process.wait()
            if one.program.line is not None:
                one.program.line.close()
        self._running.clear()
        self.folder.processes.unlink(missing_ok=True)

    def log_of(self, name: str) -> Path:
        return self.folder.logs / f"{name}.log"

    def _started(self, program: Program) -> subprocess.Popen[bytes]:
        with self.log_of(program.name).open("ab") as log:
            return _spawned(program, to=log)

    def _write_down(self) -> None:
        """For the next start, should this one be killed before it can end its children."""
        record = [
            {
                "name": one.program.name,
                "pid": one.process.pid,
                "identity": identity_of(one.process.pid),
                "program": one.program.command[0],
            }
            for one in self._running
        ]
        draft = self.folder.processes.with_suffix(".part")
        draft.write_text(json.dumps(record, indent=1), encoding="utf-8")
        draft.replace(self.folder.processes)


def _spawned(program: Program, *, to: IO[bytes] | None) -> subprocess.Popen[bytes]:
    """Out of reach of Ctrl-C, to which it would say a traceback: the launcher ends it."""
    return subprocess.Popen(
        program.command,
        env=os.environ | program.environment,
        stdin=subprocess.DEVNULL,
        stdout=to,
        stderr=to,
        start_new_session=True,
        pass_fds=() if program.line is None else (program.line.fileno(),),
    )


def end_leftovers(folder: DataFolder) -> list[str]:
    """End what a killed launcher left running. Returns the names of what was ended.

    A number in the record may by now belong to a stranger: only a process that began when ours
    did, or the orphaned group of one that ran our program, is touched.
    """
    try:
        record = json.loads(folder.processes.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):
        return []
    ended = []
    for entry in reversed(record):
        if _is_ours(entry["pid"], entry["identity"], entry["program"]):
            end_group(entry["pid"], grace_s=GRACE_S)
            ended.append(entry["name"])
    folder.processes.unlink(missing_ok=True)
    return ended


def _is_ours(pid: int, identity: str | None, program: str) -> bool:
    now = identity_of(pid)
    if now is not None:
        return now == identity
    commands = [command_of(member) for member in members_of(pid)]
    return any(command is not None and command[0] == program for command in commands)


def end_of(log: Path, *, lines: int = 15) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
