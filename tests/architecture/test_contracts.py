"""Who imports whom, and who may ask the database."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils import translation

from tests.architecture.repository import OUR_PACKAGES, ROOT, ours, short

# Layers that may say `Model.objects`; everybody else asks them.
MAY_QUERY = {"access", "selectors", "services", "mapping", "models", "management", "migrations"}
# The fence's own machinery: below all layers, and small enough to be read whole.
FENCE = {
    "tenancy/actor.py",
    "tenancy/audit.py",
    "tenancy/audit_chain.py",
    "tenancy/backends.py",
    "tenancy/lease.py",
    "tenancy/object_permissions.py",
    "tenancy/queue.py",
    "tenancy/runner.py",
}
# What is called `objects` there is no table's.
OF_NO_DATABASE = {"sharing/attachments/pdf.py"}


def test_the_import_contracts_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout[-3000:]
    assert "0 broken" in done.stdout


def test_only_the_layers_for_it_query_the_database() -> None:
    strays = [
        f"{short(path)}:{line}"
        for path in _our_modules()
        if not _may_query(path)
        for line in _queries(path)
    ]

    assert strays == [], "Fetch by access_* or a selector, act by a service."


def test_a_query_in_a_view_would_be_noticed() -> None:
    source = (
        "def roster(request):\n    people = Person.objects.filter(pk=1)\n    p._default_manager\n"
    )

    assert sorted(_queries_in(source)) == [2, 3]


@pytest.mark.parametrize("app", ["tenancy", "scheduling", "sharing"])
def test_no_migration_is_missing(app: str) -> None:
    """As `makemigrations --check` finds it, without a database to ask about its history."""
    written = MigrationLoader(None)
    with translation.override(None):  # Migrations are written without translations.
        detector = MigrationAutodetector(written.project_state(), ProjectState.from_apps(apps))
        missing = detector.changes(graph=written.graph, trim_to_apps={app}).get(app, [])

    assert [str(operation) for m in missing for operation in m.operations] == []


def _our_modules() -> Iterator[Path]:
    roots = tuple(root / name for name, root in OUR_PACKAGES.items())
    return (p for p in ours(".py") if any(p.is_relative_to(root) for root in roots))


def _may_query(path: Path) -> bool:
    inside = path.relative_to(ROOT).with_suffix("").parts
    return bool(MAY_QUERY & set(inside)) or short(path) in FENCE | OF_NO_DATABASE


def _queries(path: Path) -> Iterator[int]:
    return _queries_in(path.read_text(encoding="utf-8"))


def _queries_in(source: str) -> Iterator[int]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}:
            yield node.lineno
