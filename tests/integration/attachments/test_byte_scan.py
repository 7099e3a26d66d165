"""Leak case 10: what a file says of whoever made it is found nowhere but under the seal.

A file of every kind, with traces in every place that programs write to, is handed in over HTTP, cleaned,
read and refused; then everything that was written anywhere is searched for the traces.
"""

from __future__ import annotations

import logging
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.test import Client, RequestFactory

from httpapi.uploads import InMemory
from launcher.binaries import find_postgres
from launcher.psql import Login, without_postgres_settings
from sharing.attachments.refusals import FileRefused
from sharing.services.attaching import open_derivative
from tests.integration.attachments.conftest import Cabinet
from tests.integration.security.ground import browser_of
from tests.people import acting
from tests.planted import FILES, MARK, all_of

# As it stands in UTF-8, in UTF-16 both ways (PDF, old EXIF), in hexadecimal (bytea in a dump).
TRACES = {
    MARK,
    "种下".encode(),
    *("PLANTED".encode(way) for way in ("utf-16-le", "utf-16-be")),
    MARK.hex().encode(),
    "种下".encode().hex().encode(),
}


def traces_in(content: bytes) -> set[bytes]:
    return {trace for trace in TRACES if trace in content}


def dumped(login: Login) -> bytes:
    done = subprocess.run(
        [
            *(find_postgres()["pg_dump"], "--data-only", "-h", login.host, "-p", str(login.port)),
            *("-U", login.user, login.database),
        ],
        env=without_postgres_settings() | {"PGPASSWORD": login.password},
        capture_output=True,
        check=True,
    )
    return done.stdout


def test_planted_traces_are_found_nowhere(
    cabinet: Cabinet,
    login_as: Callable[[str], Login],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    caplog.set_level(logging.DEBUG)
    numbers = []
    for name, content in FILES.items():
        assert traces_in(all_of(content)), name
        # The name is what somebody called it, and stands on the page: it is no trace of the file's.
        made = cabinet.take(content, name.replace("PLANTED", "photo"))
        assert made.state == "ready", made.refusal
        numbers.append(made.pk)
    assert cabinet.take(FILES["paper.pdf"][:-900] + b"PLANTED", "broken.pdf").pk
    with pytest.raises(FileRefused):
        cabinet.put(b"GIF89a PLANTED")

    copies = []
    for number in numbers:
        with acting(cabinet.actor):
            copies.append(open_derivative(actor=cabinet.actor, number=number).content)

    assert [traces_in(all_of(copy)) for copy in copies] == [set()] * len(copies)
    dump = dumped(login_as("superuser"))
    assert b"sharing_attachment" in dump
    assert traces_in(dump) == set()
    assert traces_in(caplog.text.encode()) == set()
    assert list(scratch.rglob("*")) == []
    kept = cabinet.files()
    assert len(kept) >= 2 * len(FILES)
    for path in kept:
        assert traces_in(path.read_bytes()) == set()
        assert traces_in(path.name.encode()) == set()


def test_a_large_upload_is_never_written_in_plain(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Django's own handler writes what is larger than 2.5 MB to the folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = SimpleUploadedFile("a.bin", MARK * 1_000_000)
    request = RequestFactory().post("/", {"file": file})

    assert [type(one) for one in request.upload_handlers] == [InMemory]
    read = request.FILES["file"]
    assert isinstance(read, UploadedFile)

    assert read.size == len(MARK) * 1_000_000
    assert b"".join(read.chunks()) == MARK * 1_000_000
    assert list(tmp_path.iterdir()) == []


def test_what_is_read_over_http_is_the_copy_to_be_saved(cabinet: Cabinet) -> None:
    made = cabinet.take(FILES["PLANTED.jpg"], '"引号".jpg')
    browser: Client = browser_of(cabinet.actor)

    answer = browser.get(f"/attachments/{made.pk}/file/")

    assert answer.status_code == 200
    assert traces_in(answer.content) == set()
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''%")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
