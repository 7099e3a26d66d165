"""Counting what browsers report, and telling the security administrator."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.domain.violations import violations_in

MOST_BYTES = 16_384


@dataclass(frozen=True, slots=True)
class Counted:
    directive: str
    blocked: str
    page: str
    count: int
    first_at: datetime
    last_at: datetime


def note_violations(content: bytes, *, host: str, name_of_page: Callable[[str], str]) -> int:
    """Count what a browser reports. How many reports made sense; whoever sends rubbish hears
    nothing of it, as they hear nothing else."""
    try:
        sent = json.loads(content[:MOST_BYTES])
    except (ValueError, RecursionError):
        return 0
    found = list(violations_in(sent, host=host, name_of_page=name_of_page))
    with connection.cursor() as cursor:
        for one in found:
            cursor.execute(
                "SELECT sec.note_violation(%s, %s, %s)", [one.directive, one.blocked, one.page]
            )
    return len(found)


def violations(*, actor: Actor) -> list[Counted]:
    """All kinds of violation, the latest first. The database asks for the seat once more."""
    actor.must(Permission.SET_SECURITY)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT directive, blocked, page, seen, first_at, last_at FROM sec.violations()"
        )
        return [Counted(*row) for row in cursor.fetchall()]
