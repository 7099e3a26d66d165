"""Programs of a story: they write down what they called, and a worker sits in the next room."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from httpapi.schema import document
from tenancy.actor import Actor
from tenancy.models import Job
from tests.api.calling import Answer, Program
from tests.integration.scheduling.world import World
from tests.people import acting


@dataclass
class Witness(Program):
    """A program that writes down what it called with success, under the operation's name."""

    called: set[str] = field(default_factory=set)

    def send(self, method: str, path: str, *rest: Any, **more: Any) -> Answer:
        return self.noted(method, path, Program.send(self, method, path, *rest, **more))

    def upload(self, path: str, **fields: Any) -> Answer:
        return self.noted("POST", path, Program.upload(self, path, **fields))

    def noted(self, method: str, path: str, answer: Answer) -> Answer:
        if answer.status < 300:
            self.called.add(operation_of(method, path))
        return answer

    def ok(self, answer: Answer) -> Any:
        """What a reply holds: a file as it is, everything else read."""
        assert answer.status < 300, answer
        is_file = "Content-Disposition" in answer.headers
        return answer.body if is_file else answer.json


def operation_of(method: str, path: str) -> str:
    plain = "/api/v1" + path.removeprefix("/api/v1").partition("?")[0]
    # An address that is written out goes before one with a number in it.
    for address, methods in sorted(document()["paths"].items(), key=lambda one: "{" in one[0]):
        if (
            re.fullmatch(re.sub(r"\{\w+\}", r"[\\w-]+", address), plain)
            and method.lower() in methods
        ):
            name: str = methods[method.lower()]["operationId"]
            return name
    raise AssertionError(f"No operation is called by {method} {plain}.")


def sheet_cells(content: bytes) -> list[str]:
    book = load_workbook(BytesIO(content))
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]


@dataclass
class Office:
    """What one person's program and the worker in the next room do."""

    actor: Actor
    world: World
    program: Witness

    def work(self, number: int) -> None:
        with acting(self.actor):
            job = Job.objects.get(pk=number)
        assert self.world.work(job) == "done"
