"""Clues that are compared, for tests: the matcher's keys, its moments, and two counties with a related clue."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection

from kernel.clock import now
from sharing.domain.corroboration.classes import TokenClass
from sharing.domain.corroboration.matching import MatchingRules
from sharing.domain.corroboration.moments import Moments
from sharing.domain.corroboration.telling import TellingRules
from sharing.mapping.matcher_keyring import MatcherKeys
from sharing.models.office_clues import OfficeClue
from sharing.services import matching
from sharing.services.clue_parties import ask_about, note_party
from sharing.services.making_tokens import take_in
from sharing.vault.matcher_keys import BOX, make_keys
from tenancy.actor import Actor
from tenancy.context import in_office
from tests.people import acting

# Its public half is MATCHER_PUBLIC_KEY of the tests' settings.
BOX_KEY = b"\x07" * 32
# Fictional: right check characters, nobody's.
ID_NUMBER = "330902197003070013"
OTHER_ID_NUMBER = "33092119810512002X"


def keys_in(folder: Path) -> MatcherKeys:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / BOX).write_bytes(BOX_KEY)
    make_keys(folder, TokenClass)
    return MatcherKeys(folder)


@dataclass
class Matcher:
    """The matcher as it runs: as its own role of the database. `first`: the day of a matching that is over,
    so that what is asked now is compared at a moment that a test names."""

    django_as: Callable[[str], AbstractContextManager[Any]]
    keys: MatcherKeys
    course: matching.Course

    def take_in(self) -> int:
        with self.django_as("matcher"):
            return take_in(self.keys)

    def look(self, at: datetime) -> bool:
        with self.django_as("matcher"):
            return matching.look(at, self.course)

    def take_in_and_tell(self) -> None:
        """As if what lies there had been asked a month ago: it is compared, and everybody is told."""
        self.take_in()
        self.long_ago()
        with self.django_as("matcher"):
            matching.look(now() - timedelta(days=self.course.moments.period), self.course)
            matching.look(now(), self.course)

    def long_ago(self) -> None:
        with self.django_as("owner"), connection.cursor() as cursor:
            for table in ("ask", "token"):
                cursor.execute(
                    f"UPDATE matcher.{table} SET registered_at = registered_at - interval '40 days'"
                    " WHERE registered_at > now() - interval '1 day'"
                )

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.django_as("matcher"), connection.cursor() as cursor:
            cursor.execute(sql)
            return list(cursor.fetchall())


def matcher_of(
    django_as: Callable[[str], AbstractContextManager[Any]], folder: Path, **rules: Any
) -> Matcher:
    moments = Moments(date(2026, 1, 5))
    course = matching.Course(TellingRules(moments), MatchingRules(**rules))
    return Matcher(django_as, keys_in(folder), course)


def asked(actor: Actor, clue: int, **written: str) -> int:
    """The number of the party that was noted and asked about."""
    with acting(actor):
        party = note_party(actor=actor, number=clue, written=written or {"id_number": ID_NUMBER})
        ask_about(actor=actor, number=clue, party=party.pk)
        return int(party.pk)


def laid_clue(office: int, **changes: Any) -> int:
    """A clue in the register of an office, as the database delivers it. As the owner."""
    fields: dict[str, Any] = {
        "tenant_id": office,
        "subject_name": "骆怀川",
        "subject_post": "局长",
        "subject_unit": "某区教育局",
        "management_level": "county_managed",
        "source_kind": "interview",
        "gist": "反映其在校舍修缮工程中违规指定施工单位。",
        "evidence": ["会议纪要复印件 3 页"],
        "state": "leader_signed",
        "round_name": "第三轮交叉巡察",
        "team_name": "第1巡察组",
        "signed_by": "唐思远",
        "signed_at": now(),
        "handed_over_at": now(),
    }
    with in_office(office):
        return int(OfficeClue.objects.create(**(fields | changes)).pk)
