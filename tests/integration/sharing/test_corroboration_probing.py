"""Guessing by the services, and stealing the index: what either gives (T24)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import connection

from sharing.domain.corroboration.asking import QUOTA
from sharing.domain.corroboration.classes import TokenClass
from sharing.domain.corroboration.tokens import HmacKey, message, tokens_of
from sharing.domain.identifiers.id_numbers import id_number
from sharing.domain.identifiers.identifier import Identifier
from sharing.domain.identifiers.phones import phone
from sharing.errors.corroboration import QuotaUsedUp
from sharing.models.corroboration import HitNotice, LedPartner, ProbingAlert
from tests.integration.sharing.counties import Counties
from tests.matching import ID_NUMBER, asked

DAYS, HELD = 5, 10


def number(place: int) -> str:
    return f"1390580{place:04d}"


def ask_as_much_as_one_may(counties: Counties, guesses: list[str]) -> int:
    """Two people of Dinghai, day after day, until the service says that it is enough; how many were placed."""
    placed = 0
    for _ in range(DAYS):
        for who in (counties.lin, counties.luo):
            for _ in range(QUOTA.of_user + 1):
                try:
                    asked(who, counties.here, phone=guesses[placed])
                except QuotaUsedUp:
                    break
                placed += 1
        with counties.django_as("owner"), connection.cursor() as cursor:
            for table in ("sharing_clueparty", "matcher.ask"):
                cursor.execute(f"UPDATE {table} SET asked_on = asked_on - 3")
    return placed


def test_guessing_confirms_one_thing_at_most_and_is_seen(counties: Counties) -> None:
    """Shengsi holds ten numbers out of ten thousand; Dinghai guesses, and hits one of them."""
    for place in range(HELD):
        asked(counties.jiang, counties.there, phone=number(place * 70))
    guesses = [number(place) for place in range(1, 200)]

    placed = ask_as_much_as_one_may(counties, guesses)
    with counties.django_as("owner"), connection.cursor() as cursor:
        cursor.execute("UPDATE matcher.ask SET asked_on = asked_on - 14")
    counties.matcher.take_in_and_tell()

    assert placed == DAYS * QUOTA.of_office, "twenty a day, however many people share it out"
    with counties.django_as("owner"):
        told = list(HitNotice.objects.values_list("clue_id", flat=True))
        assert len(set(told)) == len(told) <= 2, "a clue is told of once: somebody, or nobody"
        assert LedPartner.objects.count() == 0
        alerts = set(ProbingAlert.objects.values_list("office_id", flat=True))
    assert alerts == {counties.lin.tenant_id}


def stolen(counties: Counties) -> set[bytes]:
    return {bytes(one) for (one,) in counties.matcher.rows("SELECT digest FROM matcher.token")}


def dictionary() -> list[Identifier]:
    """All that a thief would try: the numbers of a whole exchange, and the ID number."""
    numbers = [phone(number(place)) for place in range(2000)]
    return [one for one in (*numbers, id_number(ID_NUMBER)) if isinstance(one, Identifier)]


def digests(key: Any) -> set[bytes]:
    return {
        key.mac(message(of_class, 1, [one]))
        for of_class in (TokenClass.PHONE, TokenClass.ID_NUMBER)
        for one in dictionary()
    }


class Plain:
    """A hash that has no key."""

    def mac(self, text: bytes) -> bytes:
        return sha256(text).digest()


def test_the_index_is_useless_without_the_key_and_with_it_tells_all(counties: Counties) -> None:
    asked(counties.jiang, counties.there, phone=number(7), id_number=ID_NUMBER)
    counties.matcher.take_in()
    table = stolen(counties)
    assert len(table) == 2

    for key in (Plain(), HmacKey(1, b"\x01" * 32)):
        assert digests(key) & table == set()
    found = {
        token.digest for one in dictionary() for token in tokens_of([one], counties.matcher.keys)
    }
    assert table <= found
