"""What tests of programs that share begin with."""

from __future__ import annotations

from typing import Any

from sharing.domain.shared_views import Shareable
from sharing.services.preparing_shares import Chosen
from tests.api.calling import Answer, Program, program_of
from tests.papers import to
from tests.teams import Team

NOBODY_S = 987_654_321_987_654


def program(team: Team, who: str) -> Program:
    return program_of(team.actor(who))


def rows_of(team: Team, model: Any) -> int:
    """Of all offices."""
    with team.django_as("superuser"):
        count: int = model.objects.count()
        return count


def same_but_number(one: Answer, number: int, other: Answer, others: int) -> bool:
    return (one.status, one.body.replace(str(number).encode(), b"N")) == (
        other.status,
        other.body.replace(str(others).encode(), b"N"),
    )


def finding(team: Team) -> Chosen:
    return Chosen(Shareable.FINDING, to(team, "fed_back").pk)
