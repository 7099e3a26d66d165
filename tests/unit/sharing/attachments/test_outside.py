"""The process that reads strangers' files can do nothing else, and its end is told apart from theirs."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from sharing.attachments import outside
from sharing.attachments.cleaning import cleaned
from sharing.attachments.kinds import Kind
from sharing.attachments.outside import CleaningFailed, cleaned_aside
from sharing.attachments.refusals import Damaged, TooHard
from sharing.attachments.sniffing import kind_of
from tests.planted import FILES

ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a filter of Linux")


@pytest.mark.parametrize("name", FILES)
def test_it_makes_what_the_cleaner_makes(name: str) -> None:
    content = FILES[name]

    assert cleaned_aside(kind_of(content), content) == cleaned(kind_of(content), content)


def test_a_refusal_comes_back_with_its_figures() -> None:
    with pytest.raises(Damaged) as refused:
        cleaned_aside(Kind.PDF, b"%PDF-1.7 nothing")

    assert "PDF" in refused.value.in_language("zh")[0]


def shut_in(what: str) -> subprocess.CompletedProcess[str]:
    script = f"""
        import os, socket, sys, ctypes, subprocess
        from sharing.attachments import sandbox
        sandbox.limit()
        print(sandbox.close(), flush=True)
        {what}
        print("did it")
    """
    return subprocess.run(
        [sys.executable, "-P", "-c", textwrap.dedent(script)],
        env={"PYTHONPATH": outside._path(), "SECRET": "x"},
        capture_output=True,
        text=True,
        check=False,
    )


@ON_LINUX
@pytest.mark.parametrize(
    "what",
    [
        "open('/etc/passwd')",
        "os.open('/tmp', os.O_RDONLY)",
        "open('/tmp/written-by-a-cleaner', 'w')",
        "socket.socket()",
        "socket.socketpair()",
        "os.fork()",
        "os.execv('/bin/true', ['true'])",
        "os.kill(1, 0)",
        "os.rename('/tmp/a', '/tmp/b')",
        "os.unlink('/tmp/a')",
    ],
)
def test_it_can_do_nothing_else(what: str) -> None:
    done = shut_in(what)

    assert done.stdout == "True\n"
    assert "PermissionError" in done.stderr or "not permitted" in done.stderr


@ON_LINUX
def test_it_may_compute() -> None:
    assert shut_in("sum(range(1000))").stdout.endswith("did it\n")


def test_it_takes_no_more_memory_than_it_is_given() -> None:
    done = shut_in("x = bytearray(3 * 1024 ** 3)")

    assert "did it" not in done.stdout
    assert "MemoryError" in done.stderr


def test_it_inherits_no_secret() -> None:
    seen = {}

    def noted(*args: object, **options: object) -> subprocess.CompletedProcess[bytes]:
        seen.update(options)
        return subprocess.CompletedProcess([], 0, b'{"remarks": [], "closed": true}\nx', b"")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subprocess, "run", noted)
        cleaned_aside(Kind.PNG, b"x")

    assert set(seen["env"]) == {"PYTHONPATH", "PYTHONUTF8", "LC_ALL"}  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("code", "output", "raised"),
    [(-9, b"", TooHard), (137, b"", TooHard), (1, b"", CleaningFailed), (0, b"", CleaningFailed)],
)
def test_how_it_ended_is_told_apart(
    code: int, output: bytes, raised: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    fault = b"Traceback\n  secret of the file\nValueError: secret of the file"
    ended = subprocess.CompletedProcess([], code, output, fault)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: ended)

    with pytest.raises(raised) as told:
        cleaned_aside(Kind.PDF, b"x")

    assert "secret" not in str(told.value)


def test_one_that_takes_too_long_is_ended() -> None:
    with pytest.raises(TooHard):
        cleaned_aside(Kind.PDF, FILES["paper.pdf"], timeout_s=0.001)
