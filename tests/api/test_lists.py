"""Every list comes a part at a time, in as many queries however long it is."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from httpapi.schema import document
from tenancy.actor import Actor
from tests.api.calling import Answer, Program, program_of
from tests.api.crowd_ground import Crowd
from tests.api.crowds import CROWDS, people, rounds
from tests.api.crowds_of_clues import LEADER
from tests.api.crowds_of_shares import running_out
from tests.import_desk import RoleSwitch
from tests.teams import Team

EVERY_LIST = pytest.mark.parametrize(("who", "crowd"), CROWDS.values(), ids=CROWDS)


@pytest.fixture
def persons(
    chen: Actor,
    zhao: Actor,
    song: Actor,
    lin: Actor,
    qiu: Actor,
    ning: Actor,
    fei: Actor,
    team: Team,
) -> dict[str, Actor]:
    actors = {"chen": chen, "zhao": zhao, "song": song, "lin": lin, "mei": team.actor("mei")}
    actors["qiao"] = team.actor("qiao")
    return actors | {"qiu": qiu, "ning": ning, "fei": fei, "leader": LEADER}


def grow(django_as: RoleSwitch, crowd: Crowd, count: int) -> str:
    with django_as("superuser"):
        return crowd(count)


def walk(program: Program, path: str, limit: int) -> list[Any]:
    """All of a list, by following `next`."""
    found: list[Any] = []
    following = f"{path}{'&' if '?' in path else '?'}limit={limit}"
    while following:
        part = read(program, following)
        assert len(part.json["items"]) <= limit
        found += part.json["items"]
        following = part.json["next"]
        assert part.headers.get("Link") == (f'<{following}>; rel="next"' if following else None)
    return found


def read(program: Program, path: str) -> Answer:
    answer = program.get(path)
    assert answer.status == 200, answer.body
    return answer


def test_no_list_is_left_out_here() -> None:
    operations = [one for path in document()["paths"].values() for one in path.values()]

    lists = {
        one["operationId"]
        for one in operations
        if any("Link" in answer.get("headers", ()) for answer in one["responses"].values())
    }
    assert lists == set(CROWDS)


@EVERY_LIST
def test_a_list_is_read_whole_in_parts_of_any_size(
    django_as: RoleSwitch, persons: dict[str, Actor], who: str, crowd: Crowd
) -> None:
    path = grow(django_as, crowd, 17)
    program = program_of(persons[who])

    at_once = walk(program, path, 200)
    in_parts = walk(program, path, 4)

    assert len(at_once) >= 17
    assert in_parts == at_once


def test_shares_that_run_out_on_both_sides_come_in_one_order(
    django_as: RoleSwitch, team: Team, lin: Actor
) -> None:
    path = grow(django_as, running_out, 17)
    program = program_of(lin)

    at_once = walk(program, path, 200)

    assert len(at_once) == 17
    assert {line["is_ours"] for line in at_once} == {True, False}
    assert [line["until_on"] for line in at_once] == sorted(line["until_on"] for line in at_once)
    assert walk(program, path, 4) == at_once


@EVERY_LIST
def test_a_long_list_takes_as_many_queries_as_a_short_one(
    django_as: RoleSwitch, persons: dict[str, Actor], who: str, crowd: Crowd
) -> None:
    path = grow(django_as, crowd, 2)
    few = queries_of(persons[who], path)

    grow(django_as, crowd, 58)

    assert queries_of(persons[who], path) == few


def test_what_comes_meanwhile_shifts_nothing(django_as: RoleSwitch, chen: Actor) -> None:
    grow(django_as, rounds, 6)
    program = program_of(chen)
    whole = [line["number"] for line in walk(program, "/rounds", 200)]
    first = read(program, "/rounds?limit=3").json

    grow(django_as, rounds, 5)  # These begin later, and stand before the first part.

    rest = read(program, first["next"]).json
    assert [line["number"] for line in first["items"] + rest["items"]] == whole


def test_fifty_come_unless_asked_otherwise_and_filters_stay(
    django_as: RoleSwitch, lin: Actor
) -> None:
    grow(django_as, people, 60)
    program = program_of(lin)

    part = read(program, "/people?skill=discipline").json

    assert len(part["items"]) == 50
    assert "skill=discipline" in part["next"]
    assert len(read(program, part["next"]).json["items"]) == 10


def test_a_cursor_is_taken_from_its_own_list_only(
    django_as: RoleSwitch, lin: Actor, chen: Actor
) -> None:
    grow(django_as, people, 3)
    program = program_of(lin)
    cursor = read(program, "/people?limit=1").json["next"].partition("after=")[2]

    for address in (f"/units?after={cursor}", f"/people?after={cursor}x", "/people?after=W10"):
        answer = program.get(address)
        assert (answer.status, answer.code) == (400, "httpapi.query.cursor_not_valid")


def queries_of(actor: Actor, path: str) -> int:
    """Of a second look: the first of some lists leaves the line that they were opened."""
    program = program_of(actor)
    read(program, path)
    with CaptureQueriesContext(connection) as queries:
        read(program, f"{path}{'&' if '?' in path else '?'}limit=200")
    return len(queries)


@pytest.mark.parametrize("path", ["/plans", "/publications"])
def test_a_list_of_a_round_that_is_nobody_s_is_refused_as_the_document_says(
    db: None, zhao: Actor, path: str
) -> None:
    documented = document()["paths"][f"/api/v1{path}"]["get"]["responses"]

    answer = program_of(zhao).get(f"{path}?round=987654")

    assert answer.status == 404
    assert "404" in documented
    assert "404" not in document()["paths"]["/api/v1/people"]["get"]["responses"]
