"""Every address × every role × both verbs, against a reviewed table: addresses.csv.

The table says what people of the office get, and what those of other offices get, who are all
seated as the same role would be. An address that it does not name is a fault, as is a line that
names none.

| word | the answer |
|---|---|
| `open` | the page, or the act was looked at: done, or refused for how things stand or what was typed |
| `refused` | 403: known here, and not for this role |
| `hidden` | 404: the same as what is not there |
| `-` | 405: there is no such verb |
| `page` | 302 to the page of the same number: this address only acts |
| `nobody` | 302 to the sign-in page |
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from psycopg2.extensions import connection as Connection

from kernel.clock import frozen
from scheduling.models.dispatches import ConfirmationRequest, PublishedExtract
from scheduling.models.notices import Notice
from scheduling.models.releases import ReleaseCall
from scheduling.models.rosters import Person
from scheduling.models.runs import SolveRun
from scheduling.services import sealing
from scheduling.services.declaring import declare_unavailable
from scheduling.services.importing import upload_workbook
from tenancy.actor import Actor
from tenancy.domain.roles import Permission, Role
from tenancy.services.tokens import make_token
from tests.import_desk import SignedIn
from tests.integration.portal.desks import typed
from tests.integration.portal.test_the_door import _addresses
from tests.integration.scheduling import way
from tests.integration.scheduling.world import World, acting

TABLE = Path(__file__).with_name("addresses.csv")
BEFORE = datetime(2026, 9, 6, 4, tzinfo=UTC)

# Those of the city's rows, and those of Dinghai's. The others are the strangers to either.
CITY = ("scheduler", "city_director", "recusal_officer", "city_discipline")
COUNTY = ("county_director", "county_clerk", "county_discipline")
ELSEWHERE = ("other_director", "other_clerk")
EVERYBODY = (*CITY, *COUNTY, *ELSEWHERE, "stranger")
# Whoever holds no account or no office comes in here; what each says is in test_the_door.py.
# What the scheduler's page would send if one pressed its button at once.
AS_SHOWN = {"round-calendar", "round-teams", "round-policy", "round-units", "round-distances"}
OUTER = {"sign-in", "sign-out", "language", "office"}


@dataclass
class Ground:
    """One row of each kind that an address can name, by the first part of the address."""

    people: Mapping[str, Actor]
    numbers: Mapping[str, int]


@pytest.fixture
def ground(
    world: World, song: Actor, ye: Actor, connect_as: Callable[[str], Connection], media: Path
) -> Iterator[Ground]:
    with frozen(BEFORE):
        seats = {
            "city_discipline": seated(world.chen, 9101, Role.DISCIPLINE_BODY),
            "county_discipline": seated(world.lin, 9102, Role.DISCIPLINE_BODY),
        }
        seat_them(connect_as("superuser"), seats)
        people = {
            "scheduler": world.chen,
            "city_director": world.zhao,
            "recusal_officer": song,
            "county_director": world.lin,
            "county_clerk": world.wu,
            "other_director": world.jiang,
            "other_clerk": ye,
            **seats,
        }
        yield Ground(people, rows_of(world, people))


def seated(beside: Actor, number: int, role: Role) -> Actor:
    return replace(beside, user_id=number, name=f"纪检{number}", roles=frozenset({role}))


def seat_them(connection: Connection, seats: Mapping[str, Actor]) -> None:
    with connection.cursor() as cursor:
        for actor in seats.values():
            cursor.execute(
                "INSERT INTO tenancy_user (id, username, display_name, password, language,"
                " is_active) VALUES (%s, %s, %s, '', '', true)",
                [actor.user_id, f"d{actor.user_id}", actor.name],
            )
            [role] = actor.roles
            cursor.execute(
                "INSERT INTO tenancy_membership (tenant_id, user_id, role, since_on)"
                " VALUES (%s, %s, %s, '2020-01-01')",
                [actor.tenant_id, actor.user_id, role],
            )
    connection.commit()


def rows_of(world: World, people: Mapping[str, Actor]) -> Mapping[str, int]:
    plan = way.solved_plan(world)
    made = way.published(world, plan)
    lin, wu, song = world.lin, world.wu, people["recusal_officer"]
    with acting(song):
        export = sealing.request_unmasked(actor=song, number=plan.round_id, reason="x")
    assert export.job is not None
    assert world.work(export.job) == "done"
    with acting(lin):
        call = ReleaseCall.objects.get(tenant_id=lin.tenant_id)
        free = declare_unavailable(actor=lin, number=call.pk, person="006")
        found = {
            "releases": call.pk,
            "roster": Person.objects.get(number="001").pk,
            "requests": ConfirmationRequest.objects.latest("pk").pk,
            "ours": PublishedExtract.objects.filter(tenant_id=lin.tenant_id).latest("pk").pk,
            "notices": Notice.objects.filter(tenant_id=lin.tenant_id).latest("pk").pk,
            "ties": free.pk,
        }
    with acting(wu):
        upload = upload_workbook(actor=wu, kind="roster", file_name="a.xlsx", content=[b"x"])
        found["imports"] = upload.upload.pk
        found["tokens"] = make_token(
            actor=wu, name="x", permissions=[Permission.VIEW_ROSTER], days=1
        ).token.pk
    with acting(world.chen):
        run = SolveRun.objects.latest("pk")
    return {
        **found,
        "rounds": plan.round_id,
        "plans": plan.pk,
        "publications": made.pk,
        "runs": run.pk,
        "sealed": export.pk,
        "sign-ins": 999_999,  # nobody's
    }


# What is sent along, where an empty form would be refused before anybody asks who sends it.
def sent(name: str, ground: Ground) -> dict[str, Any]:
    forms: dict[str, dict[str, Any]] = {
        "round-exchange": {"file": SimpleUploadedFile("plan.json", b"{}")},
        "round-unmasked": {"reason": "x"},
        "round-new": {"name": "x"},
        "round-mode": {"mode": "ring"},
        "plan-return": {"words": "x"},
        "publication-withdraw": {"words": "x"},
        "request-object": {"person_0": "x"},
        "import-new": {"kind": "roster", "file": SimpleUploadedFile("a.xlsx", b"x")},
        "ties": {"number": ground.numbers["releases"], "person": "001", "target": "county"}
        | {"office": 9003, "kind": "relative", "severity": "hard", "weight": 1},
        "ties-cannot-come": {"number": ground.numbers["releases"], "person": "001"},
        "round-declared": {"person": "9002:001", "target": "round", "kind": "other"}
        | {"severity": "hard", "weight": 1},
        "round-pins": {"what": "person", "inspector": "dinghai-001", "decision": "out"},
        "round-pin-remove": {"content": json.dumps({"inspector": "dinghai-001", "out": True})},
        "tokens": {"name": "x", "permissions": ["view_notices"], "days": 1},
    }
    return forms.get(name, {"seen": 1, "team": "T01"} if name.startswith("desk") else {})


def word_of(status: int, location: str) -> str:
    if status == 302 and location.startswith("/sign-in/"):
        return "nobody"
    words = {403: "refused", 404: "hidden", 405: "-"}
    assert status < 500, location
    return words.get(status, "open")


def answers(ground: Ground, signed_in: SignedIn) -> dict[tuple[str, str], dict[str, str]]:
    clients = {who: signed_in(actor) for who, actor in ground.people.items()}
    clients["stranger"] = Client()
    found: dict[tuple[str, str], dict[str, str]] = {}
    for name, pattern in _addresses():
        if name in OUTER:
            continue
        area = pattern.split("/")[1]
        path = pattern.replace("/7/", f"/{ground.numbers.get(area, 7)}/")
        path = path.replace("/template/7/", "/template/roster/")
        shown = typed(clients["scheduler"], path) if name in AS_SHOWN else None
        for verb in ("get", "post"):
            line = found.setdefault((name, verb), {})
            for who in EVERYBODY:
                # Made anew for each: a file that was read once is empty.
                form = sent(name, ground) if shown is None else shown
                line[who] = asked(clients[who], verb, path, form)
    return found


def asked(client: Client, verb: str, path: str, form: dict[str, Any]) -> str:
    """Nothing that it does is kept: the next one finds everything as this one did."""
    with transaction.atomic():
        answer = client.get(path) if verb == "get" else client.post(path, form)
        transaction.set_rollback(True)
    location = answer.headers.get("Location", "")
    is_led_on = verb == "get" and answer.status_code == 302 and not location.startswith("/sign-in/")
    return "page" if is_led_on else word_of(answer.status_code, location or path)


def table() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row.pop("address"), row.pop("verb")): row
            for row in csv.DictReader(file, skipinitialspace=True)
        }


def test_every_address_answers_each_role_as_the_table_says(
    ground: Ground, signed_in: SignedIn
) -> None:
    found, expected = answers(ground, signed_in), table()

    assert found.keys() == expected.keys(), "review the new address, and give it its lines"
    differing = {
        (address, verb, who): (said, expected[address, verb][who])
        for (address, verb), line in found.items()
        for who, said in line.items()
        if said != expected[address, verb][who]
    }
    assert differing == {}
