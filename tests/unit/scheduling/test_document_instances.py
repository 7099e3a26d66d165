"""The committed problems read without a fault and survive being written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scheduling.domain.document import problem_as_json, read_problem

INSTANCES = sorted((Path(__file__).parents[2] / "instances").glob("*.problem.json"))


def test_there_are_instances() -> None:
    assert INSTANCES


@pytest.mark.parametrize("path", INSTANCES, ids=lambda path: path.name)
def test_an_instance_reads_and_is_written_back_the_same(path: Path) -> None:
    problem = read_problem(path.read_bytes())

    assert read_problem(json.dumps(problem_as_json(problem)).encode()) == problem
