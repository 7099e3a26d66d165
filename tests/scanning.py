"""Where words are found in clear: on the server's disk, in its log, in backups, files and answers."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from launcher.binaries import find_postgres
from launcher.psql import Login, sql, without_postgres_settings

Place = tuple[str, bytes]


def written(words: str) -> set[bytes]:
    """The words as programs write them: in each encoding, as bytea in a dump, escaped, in base64
    at each of its three offsets."""
    plain = {words.encode(way) for way in ("utf-8", "utf-16-le", "utf-16-be")}
    escaped = json.dumps(words)[1:-1].encode()
    in_base64 = {
        base64.b64encode(b"\0" * shift + words.encode())[4 if shift else 0 : -4]
        for shift in range(3)
    }
    return plain | {one.hex().encode() for one in plain} | {escaped} | in_base64


def found_in(places: Iterable[Place], planted: Mapping[str, str]) -> set[tuple[str, str]]:
    """Name and place of each of the planted words that stands somewhere in clear."""
    sought = {name: written(words) for name, words in planted.items()}
    return {
        (name, place)
        for place, content in places
        for name, forms in sought.items()
        if any(form in content for form in forms)
    }


def is_of_a_table(place: str) -> bool:
    """Whether a file of the server holds rows, in its own folder or in a tablespace."""
    return "/base/" in place or "/pg_tblspc/" in place


def of_the_server(superuser: Login) -> Iterator[Place]:
    """Every file of the cluster: tables, indexes, the write-ahead log; and what the server logged."""
    # First the write-ahead log, brought to the disk: a checkpoint gives its files up.
    sql("SET synchronous_commit = on; SELECT pg_current_xact_id()", superuser)
    folder = Path(sql("SHOW data_directory", superuser).strip())
    yield from list(_read(folder, folder / "pg_wal"))
    sql("CHECKPOINT", superuser)
    yield from _read(folder, folder)
    yield from _read(folder, folder.parent.parent / "log")


def _read(home: Path, folder: Path) -> Iterator[Place]:
    """What the server removes meanwhile, a database of another test for one, is passed over."""
    # A tablespace is a link.
    for inside, _, names in os.walk(folder, followlinks=True):
        for path in (Path(inside, name) for name in names):
            name = path.relative_to(home) if path.is_relative_to(home) else path.name
            with suppress(FileNotFoundError):
                if path.is_file():
                    yield f"server: /{name}", path.read_bytes()


def of_backups(login: Login) -> Iterator[Place]:
    """As deploy/README.md has it made, in both forms that pg_dump writes uncompressed."""
    for form in (("--inserts",), ("--format=custom", "--compress=0")):
        done = subprocess.run(
            [
                *(find_postgres()["pg_dump"], *form, "--exclude-table-data=sec.context_key"),
                *("-h", login.host, "-p", str(login.port), "-U", login.user, login.database),
            ],
            env=without_postgres_settings() | {"PGPASSWORD": login.password},
            capture_output=True,
            check=True,
        )
        yield f"backup: {form[0]}", done.stdout


def of_folders(*folders: Path) -> Iterator[Place]:
    """Files and their names."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                yield f"file: {path.name}", path.name.encode() + path.read_bytes()
