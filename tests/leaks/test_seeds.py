"""The seeds still apply, their tests are there, and a handful is tried at every commit."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from launcher.folders import CHECKOUT
from tests.leaks.seeds import CLASSES, LAYERS, SEEDS, UNTRIED, Seed
from tests.leaks.table import DOCUMENT, table
from tests.leaks.trial import Trial, changed, trial

LEAST = 30
# Quick ones, of layers that differ. All of them: ./run leaks.
AT_EVERY_COMMIT = ("scheduler-reads-rosters", "place-of-any-list", "context-never-expires")

by_name = pytest.mark.parametrize("seed", SEEDS, ids=lambda one: one.name)


def test_there_are_enough_of_them_of_every_layer() -> None:
    assert len({one.name for one in SEEDS}) == len(SEEDS) >= LEAST
    assert {one.layer for one in SEEDS} == set(LAYERS)
    assert {one.name for one in SEEDS} >= UNTRIED


def test_every_way_in_which_others_failed_has_its_seed() -> None:
    named = {one.name for one in SEEDS}

    assert all(CLASSES.values())
    assert {name for names in CLASSES.values() for name in names} - named == set()


@by_name
def test_a_seed_still_applies(seed: Seed) -> None:
    for change in seed.changes:
        text = (CHECKOUT / change.file).read_text(encoding="utf-8")
        made = changed(text, change.old, change.new)
        assert made != text
        if change.file.endswith(".py"):
            compile(made, change.file, "exec")


@by_name
def test_the_test_of_a_seed_is_there(seed: Seed) -> None:
    file, _, name = seed.caught_by.partition("::")

    assert name in _tests_in(CHECKOUT / file)


def test_the_table_is_the_one_of_these_seeds() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == table(), "./run leaks writes it."


@pytest.fixture(scope="module")
def copy() -> Iterator[Trial]:
    with trial() as made:
        yield made


@pytest.mark.parametrize("name", AT_EVERY_COMMIT)
def test_a_seed_is_caught(copy: Trial, name: str) -> None:
    [seed] = [one for one in SEEDS if one.name == name]
    with copy.sown(seed):
        assert copy.run(seed.caught_by).caught


@pytest.mark.nightly
@by_name
def test_every_seed_is_caught(copy: Trial, seed: Seed) -> None:
    with copy.sown(seed):
        assert copy.run(seed.caught_by).caught


@cache
def _tests_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
