"""Kin, place and career reach the engine and nobody else.

The rosters of the test's city carry one word in every such column. It is looked for wherever
the city's people, its web process and its logs could show it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from io import BytesIO

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from openpyxl import load_workbook

from portal.routes import desk, exchange, home, plans, rounds, runs, ties
from scheduling.mapping.problems import question_of
from scheduling.models.plans import Plan
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import SolveRun
from scheduling.models.surveys import Bar
from tenancy.actor import Actor
from tenancy.context import in_office
from tests.import_desk import media, signed_in
from tests.integration.scheduling.desks import open_from, problem, schedule
from tests.integration.scheduling.world import CANARY, FIRST_DAY, World, acting

__all__ = ["media", "signed_in"]


@pytest.fixture
def solved(world: World) -> tuple[InspectionRound, SolveRun, Plan]:
    round_ = world.released_round()
    world.survey(round_)
    run = world.solve(round_)
    return round_, run, world.plan_of(run)


def test_the_engine_itself_does_read_them(world: World) -> None:
    """Without this, the tests below would pass on a city without any facts."""
    round_ = world.released_round()

    with world.django_as("worker"), in_office(world.chen.tenant_id):
        question = question_of(InspectionRound.objects.get(pk=round_.pk))

    assert CANARY in question.document


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_part_of_the_desk_shows_them(
    world: World,
    solved: tuple[InspectionRound, SolveRun, Plan],
    signed_in: Callable[[Actor], Client],
    language: str,
) -> None:
    """Reasons for and against, alternatives and prices are told by the rules' codes alone."""
    draft = open_from(world, solved[2])
    for actor in (world.chen, world.zhao):
        client = signed_in(actor)
        client.cookies["language"] = language
        for address in every_part_of_the_desk(world, draft):
            for headers in ({}, {"HX-Request": "true"}):
                answer = client.get(address, headers=headers)
                assert answer.status_code == 200, address
                assert CANARY.encode() not in answer.content, address


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_page_of_the_city_shows_them(
    world: World,
    solved: tuple[InspectionRound, SolveRun, Plan],
    signed_in: Callable[[Actor], Client],
    language: str,
) -> None:
    for actor in (world.chen, world.zhao):
        client = signed_in(actor)
        client.cookies["django_language"] = language
        shown = 0
        for address in every_address(*solved):
            answer = client.get(address)
            assert answer.status_code in (200, 302, 403, 405), address
            assert CANARY.encode() not in answer.content, address
            shown += answer.status_code == 200
        assert shown >= 10, actor


def test_the_plan_s_workbook_does_not_carry_them(
    world: World,
    solved: tuple[InspectionRound, SolveRun, Plan],
    signed_in: Callable[[Actor], Client],
) -> None:
    *_, plan = solved

    answer = signed_in(world.chen).get(f"/plans/{plan.pk}/xlsx/")

    assert answer.status_code == 200
    book = load_workbook(BytesIO(answer.content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("定海" in cell for cell in cells)
    assert not any(CANARY in cell for cell in cells)


def test_an_infeasible_round_is_explained_without_them(
    world: World, signed_in: Callable[[Actor], Client]
) -> None:
    round_ = world.released_round(starts_on=FIRST_DAY, ends_on=FIRST_DAY)
    run = world.solve(round_, seconds=10)

    answer = signed_in(world.chen).get(f"/runs/{run.pk}/").content.decode()

    assert "财政局" in answer
    assert CANARY not in answer


def test_no_row_that_the_city_s_web_process_can_read_holds_them(
    world: World, solved: tuple[InspectionRound, SolveRun, Plan]
) -> None:
    """Whatever a page of tomorrow selects: the database role of the web cannot get at them."""
    with acting(world.chen):
        seen = {table: rows_of(table) for table in every_table()}

    assert seen["scheduling_releasedfacts"] is None
    assert seen["scheduling_solveinput"] is None
    assert seen["scheduling_releasedperson"]
    leaking = [table for table, rows in seen.items() if rows and CANARY in rows]
    assert leaking == []


def test_they_reach_no_log_neither_of_the_web_nor_of_the_worker(
    world: World, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.handler.setFormatter(logging.Formatter("%(message)s %(exc_text)s"))
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    round_ = world.released_round()
    world.survey(round_)

    def broken(*_args: object, **_options: object) -> None:
        raise RuntimeError("the engine broke")

    monkeypatch.setattr("scheduling.tasks.solving.Search", broken)
    run = world.start(round_)
    assert run.job is not None
    world.work(run.job)

    assert "the engine broke" in caplog.text
    assert CANARY not in caplog.text


def test_a_bar_says_which_rule_and_not_why(
    world: World, solved: tuple[InspectionRound, SolveRun, Plan]
) -> None:
    with acting(world.chen):
        bar = Bar.objects.filter(rule="own_county").first()

    assert bar is not None
    assert {field.name for field in Bar._meta.fields} == {
        "id",
        "tenant",
        "survey",
        "person",
        "unit",
        "rule",
        "roles",
        "unless_host",
    }


def every_address(round_: InspectionRound, run: SolveRun, plan: Plan) -> Iterator[str]:
    """All of the portal's addresses about rounds, runs and plans, those of tomorrow included."""
    numbers = {"rounds": round_.pk, "runs": run.pk, "plans": plan.pk}
    for area in (home, rounds, runs, plans, desk, exchange, ties):
        for pattern in area.urlpatterns:
            route = str(pattern.pattern)
            number = numbers.get(route.partition("/")[0], 0)
            yield "/" + route.replace("<int:number>", str(number))


def every_part_of_the_desk(world: World, draft: Plan) -> Iterator[str]:
    """Each question about each person and unit of a team, and each act's price."""
    here = f"/plans/{draft.pk}/desk/"
    team, other = schedule(world, draft).teams[:2]
    people = problem(world, draft).inspectors
    units = [unit for unit in problem(world, draft).units if unit.inspectable]
    yield f"{here}live/?seen=0&token="
    for person in (*team.people, people[0].id, people[-1].id):
        about = f"{here}?person={person}"
        yield from (f"{about}&view={view}" for view in ("why", "else", "where", "change"))
        yield f"{about}&view=not&to={other.id}"
        yield from (f"{about}&view=not&at={unit.id}" for unit in units)
        yield f"{here}?edit=swap&a={other.people[0]}&b={person}"
    for unit in units:
        yield from (f"{here}?unit={unit.id}&view={view}" for view in ("else", "change"))
        yield f"{here}?unit={unit.id}&view=not&to={other.id}"


def every_table() -> Iterator[str]:
    for label in ("scheduling", "sharing", "tenancy"):
        for model in apps.get_app_config(label).get_models():
            yield model._meta.db_table


def rows_of(table: str) -> str | None:
    """All rows of a table, as text; None when the role may not read it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")
            return "\n".join(row[0] for row in cursor.fetchall())
    except ProgrammingError:
        return None
