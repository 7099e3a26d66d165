"""Who gave a hint is found nowhere in clear (leak case 10): entered on the page, opened by a custodian
on the page, with files that say who made them; then everything that was written is searched.

Words of this run alone are planted, so that what other tests have left on the server is not met.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator
from inspect import getsourcefile, unwrap
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import resolve

from launcher.psql import Login
from sharing.access.informants import informants_kept_by
from sharing.services import handing_over
from tenancy.actor import Actor
from tests.clues import CITY_MANAGED, arrived, registered
from tests.integration.security.ground import browser_of
from tests.integration.sharing.test_informants import custodian
from tests.people import acting
from tests.planted import all_of
from tests.scanning import (
    Place,
    found_in,
    is_of_a_table,
    of_backups,
    of_folders,
    of_the_server,
)
from tests.security.addresses import NUMBERS, addresses
from tests.teams import Team

READERS = (
    ("mei", "zhoushan"), ("tang", "zhoushan"), ("zhao", "zhoushan"), ("qin", "zhoushan"),
    ("lin", "dinghai"), ("luo", "dinghai"),
)  # fmt: skip
# Where a view hands out a file.
HANDS_OUT = ("Content-Disposition", "download(", "@downloads(")


@pytest.fixture
def keys(settings: object, tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    settings.KEYS_FOLDER = folder  # type: ignore[attr-defined]
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]
    return folder


def words() -> dict[str, str]:
    token = secrets.token_hex(6)
    return {
        "name": f"秋鸣柯{token}",
        "phone": f"199-{secrets.randbelow(10**12):012d}",
        "id_number": f"330999{secrets.randbelow(10**12):012d}",
        "address": f"虚构路{token}号院",
        "remarks": f"匿名来访人自述{token}",
    }


def entered_and_opened(team: Team, identity: dict[str, str]) -> None:
    """As people do it: on the pages, by who registered the clue and by a custodian."""
    number = registered(team, management_level=CITY_MANAGED)
    mei, qin = team.actor("mei", "zhoushan"), team.actor("qin")
    typed = browser_of(mei).post(f"/clues/{number}/informant/", identity)
    assert typed.status_code == 302, typed.content.decode()
    custodian(team)
    with acting(qin):
        sealed = informants_kept_by(qin).get().pk
    answer = browser_of(qin).post(f"/informants/{sealed}/open/", {"reason": "核实来信人身份"})
    assert identity["name"] in answer.content.decode(), "the custodian reads it"


def downloads(team: Team) -> Iterator[Place]:
    """Every file that a page or an endpoint hands out, unpacked, asked for by everybody who is near."""
    handing = [one for one in addresses() if _hands_out(one.filled.replace("<int:number>", "1"))]
    assert len(handing) > 10, "it is found where files are handed out"
    for who, office in READERS:
        actor = team.actor(who, office)
        browser = browser_of(actor)
        for one in handing:
            for path in _paths(one.pattern, one.area, actor, one.path):
                answer = browser.get(path)
                if answer.status_code == 200 and not answer.streaming:
                    yield f"download: {path} by {who}", all_of(answer.content)


def _hands_out(path: str) -> bool:
    view = resolve(path).func
    source = getsourcefile(getattr(view, "view_class", getattr(view, "cls", unwrap(view))))
    text = Path(source or "").read_text(encoding="utf-8") if source else ""
    return any(mark in text for mark in HANDS_OUT)


def _paths(pattern: str, area: str, actor: Actor, path: Callable[[int], str]) -> list[str]:
    if "<int:number>" not in pattern:
        return [path(0)]
    with acting(actor):
        rows = NUMBERS[area]._default_manager.order_by("-pk").values_list("pk", flat=True)[:3]
        return [path(number) for number in rows]


def test_planted_informants_are_found_nowhere_in_clear(
    team: Team,
    login_as: Callable[[str], Login],
    keys: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    identity, gist = words(), f"反映虚构事项{secrets.token_hex(6)}"
    entered_and_opened(team, identity)
    # The twin: what a clue says is no secret of this kind, and is written as it is.
    lin = team.actor("lin")
    number = arrived(team, lin, gist=gist)
    with acting(lin):
        handing_over.take_in(actor=lin, number=number)
        handing_over.seal_list(actor=lin, clues=[number])

    # At once, before the write-ahead log is written over.
    seen: set[str] = set()
    read: set[str] = set()
    for place in of_the_server(login_as("superuser")):
        read.add(place[0])
        assert found_in([place], identity) == set()
        seen |= {where for _, where in found_in([place], {"gist": gist})}
    assert any(is_of_a_table(where) for where in seen), "the scan reads tables"
    # A checkpoint of another test may have taken the gist out of it since.
    assert any("/pg_wal/" in where for where in read), "and the write-ahead log"

    places: list[Place] = [
        *downloads(team),
        *of_backups(login_as("backup")),
        *of_folders(Path(settings.MEDIA_ROOT), keys),
        ("log", caplog.text.encode()),
    ]
    assert found_in(places, identity) == set()
    found = {place for _, place in found_in(places, {"gist": gist})}
    assert {"backup: --inserts", "backup: --format=custom"} <= found
    assert any(place.startswith("download: ") for place in found), "a list of hand-over says it"


def test_where_it_were_written_in_clear_the_scan_would_find_it(
    team: Team, login_as: Callable[[str], Login], tmp_path: Path
) -> None:
    """A name that is copied to where it does not belong: into a table, a file, a log, in whatever form."""
    identity = words()
    with team.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.careless (told text, raw bytea)")
        cursor.execute(
            "INSERT INTO public.careless VALUES (%s, %s)",
            [identity["name"], identity["phone"].encode("utf-16-le")],
        )
    (tmp_path / f"{identity['remarks']}.txt").write_text("")

    in_backups = found_in(of_backups(login_as("backup")), identity)
    assert {name for name, _ in in_backups} == {"name", "phone"}
    assert {name for name, _ in found_in(of_folders(tmp_path), identity)} == {"remarks"}
    on_disk = found_in(of_the_server(login_as("superuser")), identity)
    assert {name for name, place in on_disk if is_of_a_table(place)} == {"name", "phone"}
