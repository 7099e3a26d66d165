"""Rosters, units and team lists leave as workbooks; what is read back changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from kernel.errors import NotAllowed
from scheduling.services.exporting import export_roster, export_units
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tests.import_desk import Desk
from tests.integration.scheduling.world import CANARY, World, acting

DEMO = Path(__file__).parents[3] / "demo" / "workbooks"


@pytest.mark.parametrize(
    ("kind", "book", "export"),
    [
        ("roster", "定海区-人员名册.xlsx", export_roster),
        ("units", "定海区-被巡察单位名录.xlsx", export_units),
    ],
)
def test_what_was_exported_is_imported_without_a_change(
    desk: Desk, tmp_path: Path, kind: str, book: str, export: Callable[..., object]
) -> None:
    taken = desk.take(DEMO / book, kind)
    with acting(desk.actor):
        content = export(actor=desk.actor).content  # type: ignore[attr-defined]
    path = tmp_path / "again.xlsx"
    path.write_bytes(content)

    again = desk.upload(path, kind)

    assert taken.counts["add"] > 50
    assert (again.counts["add"], again.counts["change"], again.counts["error"]) == (0, 0, 0)
    assert again.counts["same"] == taken.counts["add"]


def test_a_scheduler_exports_no_roster(world: World) -> None:
    with acting(world.chen), pytest.raises(NotAllowed):
        export_roster(actor=world.chen)
    with acting(world.chen), pytest.raises(NotAllowed):
        export_units(actor=world.chen)


def test_whoever_reads_the_roster_and_may_not_export_it_does_not(world: World) -> None:
    deputy = replace(world.lin, withheld=frozenset({Permission.EXPORT_ROSTER}))
    for export in (export_roster, export_units):
        with acting(world.lin):
            assert export(actor=world.lin).content

        with acting(deputy), pytest.raises(NotAllowed):
            export(actor=deputy)


def test_team_lists_have_a_sheet_for_each_team_and_no_fact_of_recusal(
    world: World, signed_in: Callable[[Actor], Client]
) -> None:
    plan = world.plan_of(world.solve(world.released_round()))

    answer = signed_in(world.chen).get(f"/plans/{plan.pk}/teams/")

    book = load_workbook(BytesIO(answer.content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert book.sheetnames == ["第1巡察组", "第2巡察组", "第3巡察组", "第4巡察组"]
    assert cells.count("组长") == 4
    assert not any(CANARY in cell for cell in cells)
