"""A team's authorisation: one round, one authorisation, a term. Pure (`docs/field.md`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from tenancy.domain.roles import Role

LONGEST_DAYS = 366

# The guest's seat that somebody's place in the plan gives.
GUEST_ROLES: Mapping[str, Role] = MappingProxyType(
    {
        "leader": Role.TEAM_LEADER,
        "deputy": Role.DEPUTY_LEADER,
        "member": Role.TEAM_MEMBER,
    }
)


class TermFault(StrEnum):
    """Why a term cannot be."""

    OUT_OF_ORDER = "out_of_order"
    BEFORE_PUBLICATION = "before_publication"
    TOO_LONG = "too_long"
    OVER = "over"


def term_fault(
    starts_on: date, until_on: date, *, published_on: date, on: date
) -> TermFault | None:
    """`until_on` is the first day on which nobody enters; None: the term can be."""
    if until_on <= starts_on:
        return TermFault.OUT_OF_ORDER
    if starts_on < published_on:
        return TermFault.BEFORE_PUBLICATION
    if until_on - starts_on > timedelta(days=LONGEST_DAYS):
        return TermFault.TOO_LONG
    if until_on <= on:
        return TermFault.OVER
    return None


def bears_the_name(account: str, person: str) -> bool:
    """Whether an account is called as the person is: spaces count for nothing."""
    return "".join(account.split()) == "".join(person.split())


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody's place in a team."""

    origin: int
    number: str
    name: str
    post: str
    role: str
    is_local: bool
    origin_name: str = ""

    @property
    def key(self) -> tuple[int, str]:
        return self.origin, self.number

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Post:
        return cls(**{name: row[name] for name in _POST})


_POST = ("origin", "number", "name", "post", "role", "is_local", "origin_name")


@dataclass(frozen=True, slots=True)
class Difference:
    """What a correction of the plan changed of a team that works already."""

    joined: Sequence[Post]
    left: Sequence[Post]
    moved: Sequence[tuple[Post, Post]]

    @property
    def is_empty(self) -> bool:
        return not (self.joined or self.left or self.moved)


def difference(working: Iterable[Post], planned: Iterable[Post]) -> Difference:
    """`working`: who sits in the room; `planned`: who is in the team by the plan in force."""
    before = {post.key: post for post in working}
    after = {post.key: post for post in planned}
    return Difference(
        joined=[post for key, post in after.items() if key not in before],
        left=[post for key, post in before.items() if key not in after],
        moved=[
            (post, after[key])
            for key, post in before.items()
            if key in after and after[key].role != post.role
        ],
    )
