"""Who gave a hint cannot travel: no code reaches the model but two modules, and no table points to it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.repository import ROOT, ours, short

MODEL = "sharing.models.informants"
# The access, the service, and the list by which Django finds tables.
REACH_IT = {
    "sharing/access/informants.py",
    "sharing/services/informants.py",
    "sharing/models/__init__.py",
}
# Who calls these two: pages, where somebody sits. No endpoint, no job, no workbook.
CALL_THEM = {
    "platform/portal/views/informants.py",
    "sharing/services/informants.py",
}
SEALED = {"Informant", "InformantEvent", "InformantCustodian"}


def imported_by(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
    return found


def importers(*modules: str) -> set[str]:
    product = [path for path in ours(".py") if not short(path).startswith("tests/")]
    return {short(path) for path in product if imported_by(path) & set(modules)}


def test_the_model_is_reached_by_its_service_and_its_access_alone() -> None:
    assert importers(MODEL, *(f"sharing.models.{one}" for one in SEALED)) == REACH_IT


def test_these_are_called_by_pages_alone() -> None:
    modules = ("sharing.services.informants", "sharing.access.informants")

    assert importers(*modules) == CALL_THEM


@pytest.mark.parametrize("word", ["informant", "Informant"])
def test_no_program_job_workbook_or_document_speaks_of_it(word: str) -> None:
    folders = (
        "sharing/api",
        "sharing/workbooks",
        "sharing/documents",
        "sharing/tasks",
        "scheduling",
    )
    spoken = [
        short(path)
        for folder in folders
        for path in (ROOT / folder).rglob("*.py")
        if word in path.read_text(encoding="utf-8")
    ]

    assert spoken == []


def test_no_table_points_to_it() -> None:
    pointing = {
        f"{model.__name__}.{one.name}"
        for model in apps.get_models()
        for one in model._meta.concrete_fields
        if one.is_relation and getattr(one.related_model, "__name__", "") in SEALED
    }

    assert pointing == {"InformantEvent.informant"}
