"""Whoever has the web's role seals what they like: what the matcher makes of it, and who is told."""

from __future__ import annotations

import json

import pytest

from sharing.mapping.boxes import bound_to, public_key
from sharing.models.corroboration import ClueParty, HitNotice, ProbingAlert
from sharing.selectors.corroboration import party_line
from sharing.services.clue_parties import ask_about, withdraw_party
from sharing.vault.boxes import sealed_to
from tenancy.actor import Actor
from tests.integration.sharing.counties import DINGHAI, Counties
from tests.matching import ID_NUMBER, asked
from tests.people import acting

PHONES = [["phone", f"1390580{place:04d}"] for place in range(300)]
PHONE_AND_PERSON = [*PHONES[:1], ["id_number", ID_NUMBER]]


def sealed_and_asked(who: Actor, clue: int, text: str, declared: int) -> int:
    """Past the service that counts; the number of the party."""
    box = sealed_to(public_key() or b"", text.encode(), bound_to(who.tenant_id, clue))
    with acting(who):
        party = ClueParty.objects.create(
            tenant_id=who.tenant_id, clue_id=clue, masks=[], rows=declared, sealed=box
        )
        ask_about(actor=who, number=clue, party=party.pk)
        return int(party.pk)


def tokens_of_party(counties: Counties, party: int) -> int:
    sql = f"SELECT count(*) FROM matcher.token WHERE party_id = {int(party)}"
    [(many,)] = counties.matcher.rows(sql)
    return int(many)


def told_to(who: Actor) -> int:
    with acting(who):
        return HitNotice.objects.count()


@pytest.mark.parametrize(
    ("content", "declared"),
    [(PHONES, 1), (PHONES[:2], 2), (PHONE_AND_PERSON, 1)],
    ids=["300 parties as one", "two parties", "one party of two as of one"],
)
def test_a_box_makes_no_more_tokens_than_the_quota_was_told(
    counties: Counties, content: list[list[str]], declared: int
) -> None:
    asked(counties.jiang, counties.there, phone=PHONES[0][1])
    party = sealed_and_asked(counties.luo, counties.here, json.dumps(content), declared)
    counties.matcher.take_in_and_tell()

    assert tokens_of_party(counties, party) == 0
    assert told_to(counties.luo) == told_to(counties.jiang) == 0


def test_as_much_as_was_declared_is_compared(counties: Counties) -> None:
    asked(counties.jiang, counties.there, phone=PHONES[0][1])
    party = sealed_and_asked(counties.luo, counties.here, json.dumps(PHONE_AND_PERSON), 2)
    counties.matcher.take_in_and_tell()

    assert tokens_of_party(counties, party) == 2
    assert told_to(counties.luo) == told_to(counties.jiang) == 1
    with counties.django_as("owner"):
        assert ProbingAlert.objects.count() == 0


def test_while_a_key_takes_over_a_party_makes_tokens_of_both_versions(counties: Counties) -> None:
    """Which is no more than was declared: versions count as one."""
    keys = counties.matcher.keys
    for one in list(keys.folder.glob("*-1.key")):
        one.with_name(one.name.replace("-1.key", "-2.key")).write_bytes(b"\x02" * 32)
    counties.matcher.keys = type(keys)(keys.folder)
    party = asked(counties.lin, counties.here)
    counties.matcher.take_in()

    assert tokens_of_party(counties, party) == 2


def test_who_sealed_more_sees_it_as_asked_and_the_directors_are_told(
    counties: Counties, zhao: Actor
) -> None:
    honest = asked(counties.luo, counties.here)
    party = sealed_and_asked(counties.luo, counties.here, json.dumps(PHONES), 1)
    counties.matcher.take_in()

    assert counties.matcher.rows("SELECT DISTINCT box IS NULL, was_hit FROM matcher.ask") == [
        (True, None)
    ]
    with acting(counties.luo):
        one, other = (
            ClueParty.objects.values("rows", "sealed", "asked_on", "asked_by_name").get(pk=number)
            for number in (party, honest)
        )
        assert one == other
        assert party_line(counties.luo, counties.here, party).state == "asked"
        withdraw_party(actor=counties.luo, number=counties.here, party=party)
    alert = ("undeclared", DINGHAI, "骆清越")
    for who, told in (
        (counties.lin, [alert]),
        (zhao, [alert]),
        (counties.luo, []),
        (counties.jiang, []),
    ):
        with acting(who):
            fields = ("suspicion", "office_id", "person_name")
            assert list(ProbingAlert.objects.values_list(*fields)) == told


@pytest.mark.parametrize(
    "text",
    ["5", '[["phone", 5]]', '[["telephone", "1"]]', "phone", "[" * 100_000],
    ids=["a number", "no text in a field", "no such field", "no JSON", "no end of brackets"],
)
def test_a_box_of_anything_else_stops_nobody_s(counties: Counties, text: str) -> None:
    party = sealed_and_asked(counties.luo, counties.here, text, 1)
    counties.both_told()

    assert tokens_of_party(counties, party) == 0
    assert told_to(counties.lin) == 1
