"""Two counties that hold related clues, for tests of mutual corroboration: fictional people."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from sharing.models.corroboration import HitNotice
from sharing.services.answering_hits import answer_hit
from tenancy.actor import Actor
from tenancy.domain.roles import Role
from tenancy.models import Membership, User
from tests.matching import Matcher, asked, laid_clue, matcher_of
from tests.people import SEATED_SINCE, acting

DINGHAI, SHENGSI, DAISHAN, CITY = 9002, 9005, 9004, 9001


@dataclass
class Counties:
    """Two counties with a clue each: `lin` and `luo` answer for Dinghai, `jiang` and `mo` for Shengsi."""

    matcher: Matcher
    here: int
    there: int
    lin: Actor
    luo: Actor
    jiang: Actor
    mo: Actor
    django_as: Callable[[str], AbstractContextManager[Any]]

    def both_ask(self) -> None:
        asked(self.lin, self.here)
        asked(self.jiang, self.there)

    def both_told(self) -> None:
        self.both_ask()
        self.matcher.take_in_and_tell()

    def consent(self, *people: Actor) -> None:
        for person, act in zip(people, ("proposed", "confirmed"), strict=True):
            answer(person, act)


def answer(person: Actor, act: str, reason: str = "") -> None:
    with acting(person):
        answer_hit(actor=person, number=HitNotice.objects.get().pk, act=act, reason=reason)


@pytest.fixture
def counties(
    committed_db: None,
    django_as: Callable[[str], AbstractContextManager[Any]],
    tmp_path: Path,
    lin: Actor,
    jiang: Actor,
) -> Counties:
    with django_as("owner"):
        for number, name, office in ((9201, "骆清越", DINGHAI), (9202, "莫云章", SHENGSI)):
            User(pk=number, username=f"d{number}", display_name=name, password="!").save(
                force_insert=True
            )
            Membership.objects.create(
                tenant_id=office, user_id=number, role=Role.DISCIPLINE_BODY, since_on=SEATED_SINCE
            )
        here, there = laid_clue(DINGHAI), laid_clue(SHENGSI, subject_name="骆怀川")
    body = frozenset({Role.DISCIPLINE_BODY})
    return Counties(
        matcher_of(django_as, tmp_path / "keys"),
        here,
        there,
        lin,
        replace(lin, user_id=9201, name="骆清越", roles=body),
        jiang,
        replace(jiang, user_id=9202, name="莫云章", roles=body),
        django_as,
    )
