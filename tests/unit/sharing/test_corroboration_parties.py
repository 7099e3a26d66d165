"""What was sealed, read again by the matcher: as much as was declared of one party, or nothing."""

from __future__ import annotations

import json
from itertools import combinations

import pytest

from sharing.domain.corroboration.parties import (
    FIELD_TITLES,
    MoreThanDeclared,
    Party,
    party_of,
    read_party,
)

WRITTEN = {
    "person_name": "王芳",
    "id_number": "330902197003070013",
    "credit_code": "91330000142916567N",
    "unit_code": "DX-JY-012",
    "phone": "139 0580 0001",
    "bank_card": "6222020200112233446",
    "unit_account": "1206 0200 0900 1234 567",
}


def party(*names: str) -> Party:
    read = read_party({name: WRITTEN[name] for name in names})
    assert isinstance(read, Party), read
    return read


def content_of(one: Party) -> object:
    """As it comes out of a box."""
    return json.loads(json.dumps(one.content))


EVERY = [names for most in range(1, 8) for names in combinations(FIELD_TITLES, most)]


def test_every_party_as_it_was_noted_is_read_again() -> None:
    for names in EVERY:
        one = party(*names)
        assert party_of(content_of(one), one.rows) == list(one.given.values())


def test_none_is_read_that_makes_more_than_was_declared() -> None:
    for names in EVERY:
        one = party(*names)
        if one.rows:
            with pytest.raises(MoreThanDeclared):
                party_of(content_of(one), one.rows - 1)


def test_a_field_stands_there_once_however_much_was_declared() -> None:
    phones = [["phone", "13905800001"], ["phone", "13905800002"]]

    assert len(party_of(phones[:1], 1)) == 1
    with pytest.raises(MoreThanDeclared):
        party_of(phones, 100)


@pytest.mark.parametrize(
    "content",
    [
        5,
        None,
        "phone",
        {"phone": "13905800001"},
        [5],
        [["phone"]],
        [["phone", 13905800001]],
        [["phone", "13905800001", "more"]],
        [["telephone", "13905800001"]],
        [[["phone"], "13905800001"]],
        [["phone", "1"]],
        [["phone", "\ud800"]],
    ],
)
def test_what_is_no_party_is_refused_as_such(content: object) -> None:
    with pytest.raises(ValueError, match="What was sealed"):
        party_of(content, 100)
