"""A published plan can be checked offline: its bytes, its rows, and what the counties were told."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from scheduling.models.plans import Plan
from scheduling.models.publications import Publication
from tests.integration.scheduling import way
from tests.integration.scheduling.world import World


@pytest.fixture
def made(world: World) -> Publication:
    return way.published(world, way.solved_plan(world))


def verify(world: World) -> str:
    out = StringIO()
    with world.django_as("owner"):
        call_command("verify_publications", stdout=out)
    return out.getvalue()


def tamper(world: World, sql: str) -> None:
    """As somebody who can switch triggers off."""
    with world.django_as("superuser"), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(sql)
        assert cursor.rowcount == 1


def test_what_is_as_it_was_published_is_said_with_its_hash(world: World, made: Publication) -> None:
    said = verify(world)

    assert said == f"舟山市, 2026年第三轮, version 1: as published, {made.plan_sha256}.\n"


@pytest.mark.parametrize(
    ("sql", "fault"),
    [
        (
            "UPDATE scheduling_publication SET document = replace(document, 'feasible', 'optimal')"
            " || ' '",
            "does not have the hash",
        ),
        ("UPDATE scheduling_publication SET input_sha256 = repeat('0', 64)", "another question"),
        ("UPDATE scheduling_publication SET engine = 'other'", "the rules or the engine"),
        (
            "UPDATE scheduling_planvisit SET ends_on = ends_on + 1 WHERE id ="
            " (SELECT max(id) FROM scheduling_planvisit)",
            "rows are not what the document says",
        ),
        (
            'UPDATE scheduling_publishedextract SET document = \'{"going_out": [],'
            ' "coming_in": []}\' WHERE id = (SELECT max(id) FROM scheduling_publishedextract)',
            "the extract for 嵊泗县 was changed",
        ),
    ],
)
def test_what_was_changed_behind_everybody_s_back_is_found(
    world: World, made: Publication, sql: str, fault: str
) -> None:
    tamper(world, sql)
    out = StringIO()

    with world.django_as("owner"), pytest.raises(CommandError, match="1 publication"):
        call_command("verify_publications", stdout=out)

    assert fault in out.getvalue()


def test_without_publications_there_is_nothing_to_say(world: World) -> None:
    assert verify(world) == ""


def test_a_superseded_version_still_holds(world: World, made: Publication) -> None:
    with world.django_as("app"):
        plan = way.see(world, Plan(pk=made.plan_id, tenant_id=made.tenant_id))
    draft = way.draft_of(world, plan)
    way.published(world, draft)

    assert verify(world).count("as published") == 2
