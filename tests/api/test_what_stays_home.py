"""Kin, place and career leave an office by no call of anybody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from openpyxl import load_workbook

from httpapi.declarations import XLSX
from scheduling.models.dispatches import ConfirmationRequest, PublishedExtract
from scheduling.models.notices import Notice
from scheduling.models.rosters import Person
from tenancy.actor import Actor
from tests.api.calling import Answer, Program, program_of, program_with, token_of
from tests.architecture.test_endpoints import VERBS, routes
from tests.integration.scheduling import way
from tests.integration.scheduling.world import CANARY, World

# In Dinghai's rosters alone, so that its neighbours' own words do not hide it.
DINGHAI_S = "相思鸟"


@pytest.fixture
def numbers(world: World) -> dict[str, list[int]]:
    """A round that was surveyed, solved and published, and numbers of something of each kind."""
    world.settle()
    with world.django_as("superuser"):
        for person in Person.objects.filter(tenant_id=world.offices["dinghai"].pk):
            person.native_place = f"浙江省{DINGHAI_S}县"
            person.home_unit = f"{DINGHAI_S}单位{person.number}"
            person.relatives = [{"body": DINGHAI_S, "relation": "spouse", "position": "staff"}]
            person.career = [{"body": DINGHAI_S, "post": DINGHAI_S, "from": "2010-01", "to": None}]
            person.interests = [{"body": DINGHAI_S}]
            person.save()
        people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    round_ = world.make_round()
    world.call(round_)
    for code in ("dinghai", "putuo", "daishan", "shengsi"):
        world.release(code)
    world.survey(round_)
    run = world.solve(round_)
    plan = world.plan_of(run)
    publication = way.published(world, plan)
    with world.django_as("superuser"):
        told = {
            "confirmation-requests": ConfirmationRequest.objects,
            "ours": PublishedExtract.objects,
            "notices": Notice.objects,
        }
        handed = {
            area: list(rows.order_by("pk").values_list("pk", flat=True))
            for area, rows in told.items()
        }
    return handed | {
        "publications": [publication.pk],
        "people": [people[0], people[-1]],
        "release-calls": [world.call_to("dinghai").pk, world.call_to("shengsi").pk],
        "rounds": [round_.pk],
        "runs": [run.pk],
        "plans": [plan.pk],
        "jobs": [run.job_id or 0],
        "imports": [1],
    }


def answers(program: Program, numbers: dict[str, list[int]]) -> Iterator[tuple[str, Answer]]:
    """Every call there is, those of tomorrow included; of the unsafe ones also the refusals."""
    for address, callback in routes():
        area = address.removeprefix("api/v1/").partition("/")[0]
        for number in numbers.get(area, [0]):
            path = "/" + re.sub(r"<slug:\w+>", "roster", address)
            path = path.replace("<int:number>", str(number))
            for verb in VERBS:
                if hasattr(callback.cls, verb):
                    what = f"{verb} {path}"
                    yield what, _call(program, verb, path)


def _call(program: Program, verb: str, path: str) -> Answer:
    return program.get(path) if verb == "get" else program.act(path, {}, method=verb.upper())


def words(answer: Answer) -> str:
    headers = str(answer.headers)
    if answer.headers["Content-Type"] != XLSX:
        return headers + answer.body.decode()
    book = load_workbook(BytesIO(answer.body))
    cells = (str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    return headers + " ".join(cells)


def programs(actor: Actor) -> Iterator[Program]:
    for program in (program_of(actor), program_with(token_of(actor))):
        for language in ("zh", "en"):
            program.headers["Accept-Language"] = language
            yield program


def test_no_call_of_another_office_shows_them(world: World, numbers: dict[str, list[int]]) -> None:
    for actor, least in ((world.chen, 10), (world.zhao, 10), (world.jiang, 5)):
        for program in programs(actor):
            shown = 0
            for what, answer in answers(program, numbers):
                assert answer.status < 500, (what, answer)
                assert DINGHAI_S not in words(answer), (actor.name, what)
                if actor is not world.jiang:
                    assert CANARY not in words(answer), (actor.name, what)
                shown += answer.status == 200
            assert shown >= least, actor.name


def test_their_own_office_s_calls_do(world: World, numbers: dict[str, list[int]]) -> None:
    """Without this, the test above would pass on empty replies."""
    for actor in (world.lin, world.wu):
        program = program_of(actor)

        assert DINGHAI_S in words(program.get(f"/people/{numbers['people'][0]}"))
        assert DINGHAI_S in words(program.get("/people"))


def test_a_foreign_person_is_as_unknown_as_one_that_is_nobody(
    world: World, numbers: dict[str, list[int]]
) -> None:
    program, number = program_of(world.jiang), numbers["people"][0]

    foreign, nobody = program.get(f"/people/{number}"), program.get("/people/987654321")

    assert (foreign.status, nobody.status) == (404, 404)
    assert foreign.body.replace(b"%d" % number, b"N") == nobody.body.replace(b"987654321", b"N")
