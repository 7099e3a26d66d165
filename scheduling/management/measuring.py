"""Requests timed as people make them: each with its transaction and its signed context, the whole
call and what of it the database took."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from django.db import connection

from scheduling.management.fence_kinds import FUNCTIONS
from tenancy.actor import Actor
from tenancy.context import in_office


class Asked(Protocol):
    """Something that somebody asks the product for."""

    @property
    def name(self) -> str: ...

    @property
    def actor(self) -> Actor: ...

    @property
    def ask(self) -> Callable[[Actor], object]: ...


@dataclass
class Figures:
    """Milliseconds: of whole calls, of their statements in the database, and of the processor that
    the server's process took for them; of that 0 where the system does not tell."""

    calls: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def summary(self) -> dict[str, float]:
        return {
            "p50": statistics.median(self.calls),
            "db_p50": statistics.median(self.database),
            "db_p95": statistics.quantiles(self.database, n=20)[-1],
            "cpu_p50": statistics.median(self.processor),
            "cpu_p95": statistics.quantiles(self.processor, n=20)[-1],
        }


def timed(request: Asked, times: int, figures: Figures) -> None:
    """Each with its transaction and its context, as the middleware opens them."""
    actor = request.actor
    settings = zip(FUNCTIONS.values(), (actor.tenant_id, actor.user_id), strict=True)
    with connection.cursor() as cursor:
        for name, number in settings:
            cursor.execute("SELECT set_config(%s, %s, false)", [name, str(number)])
    for turn in range(times + 1):
        spent: list[float] = []
        before = processor_ms()
        began = time.perf_counter()
        with in_office(actor.tenant_id, actor.user_id), connection.execute_wrapper(clock(spent)):
            request.ask(actor)
        took = time.perf_counter() - began
        if turn:  # the first one warms up
            figures.calls.append(1000 * took)
            figures.database.append(1000 * sum(spent))
            figures.processor.append(processor_ms() - before)


def processor_ms() -> float:
    """Milliseconds of the processor that the server's process of this connection took so far."""
    file = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return int(file.read_text().split()[0]) / 1e6 if file.exists() else 0.0


def clock(spent: list[float]) -> Any:
    def clocked(execute: Any, *call: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*call)
        finally:
            spent.append(time.perf_counter() - began)

    return clocked
