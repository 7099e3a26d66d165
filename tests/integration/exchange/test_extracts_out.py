"""A county takes its own part of a published plan away, and the city takes what it handed out."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from kernel.errors import NotVisible
from scheduling.models.dispatches import PublishedExtract
from scheduling.services.extracts import export_extract
from tenancy.actor import Actor
from tests.integration.scheduling import way
from tests.integration.scheduling.world import CANARY, World, acting

Sheets = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def extract(world: World) -> PublishedExtract:
    """Dinghai's."""
    way.published(world, way.solved_plan(world))
    return way.extract_of(world.lin)


def taken(actor: Actor, extract: PublishedExtract) -> Sheets:
    with acting(actor):
        book = export_extract(actor=actor, number=extract.pk, language="zh")
    loaded = load_workbook(BytesIO(book.content))
    return {sheet.title: list(sheet.iter_rows(min_row=5, values_only=True)) for sheet in loaded}


def test_a_county_takes_a_row_for_each_stay_of_its_people_and_of_those_who_come(
    world: World, extract: PublishedExtract
) -> None:
    sheets = taken(world.lin, extract)

    going = extract.document["going_out"]
    coming = extract.document["coming_in"]
    assert len(sheets["派出"]) == sum(len(row["visits"]) for row in going) > 0
    assert len(sheets["来巡"]) == sum(len(r["visits"]) * len(r["people"]) for r in coming) > 0
    assert {row[0] for row in sheets["派出"]} == {row["name"] for row in going}
    assert CANARY not in str(sheets)


def test_the_city_takes_the_same_and_another_county_finds_nothing(
    world: World, extract: PublishedExtract
) -> None:
    assert taken(world.chen, extract) == taken(world.lin, extract)
    assert taken(world.zhao, extract) == taken(world.lin, extract)
    with acting(world.jiang), pytest.raises(NotVisible):
        export_extract(actor=world.jiang, number=extract.pk, language="zh")


def test_the_pages_lead_to_it(
    world: World, extract: PublishedExtract, signed_in: Callable[[Actor], Client]
) -> None:
    address = f"/ours/{extract.pk}/xlsx/"

    assert address in signed_in(world.lin).get(f"/ours/{extract.pk}/").content.decode()
    assert address in signed_in(world.zhao).get("/publications/1/").content.decode()
    assert signed_in(world.lin).get(address).status_code == 200
    assert signed_in(world.jiang).get(address).status_code == 404
