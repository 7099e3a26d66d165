"""A person or organisation as somebody types it in: by identifiers that belong together, one of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kernel.text import Text
from sharing.domain.corroboration.tokens import tokens_of
from sharing.domain.identifiers.identifier import KIND_TITLES, Fault, Identifier, Kind
from sharing.domain.identifiers.reading import READINGS

# As a form offers them, in this order; the names are those of `READINGS`.
FIELD_TITLES: Mapping[str, Text] = {
    "person_name": KIND_TITLES[Kind.PERSON_NAME],
    "id_number": KIND_TITLES[Kind.ID_NUMBER],
    "credit_code": KIND_TITLES[Kind.CREDIT_CODE],
    "unit_code": KIND_TITLES[Kind.UNIT_CODE],
    "phone": KIND_TITLES[Kind.PHONE],
    "bank_card": Text(zh="银行卡号", en="bank card"),
    "unit_account": Text(zh="单位账号", en="unit's account"),
}
LAST = 4


@dataclass(frozen=True, slots=True)
class Party:
    """`given`: how each was written, and what it came to."""

    given: Mapping[str, Identifier] = field(repr=False)

    @property
    def rows(self) -> int:
        """How many tokens it makes, whatever versions of the keys there are: 0 for a name alone."""
        return _rows_of(self.given.values())

    @property
    def masks(self) -> list[list[str]]:
        return [[name, masked(one)] for name, one in self.given.items()]

    @property
    def content(self) -> list[list[str]]:
        """What the matcher reads again: how each was written and its canonical value."""
        return [[name, one.canonical] for name, one in self.given.items()]


def read_party(written: Mapping[str, str]) -> Party | Mapping[str, Fault]:
    """What was typed, or what is wrong with it by its field. What is left empty is not there."""
    read = {
        name: READINGS[name](text)
        for name in FIELD_TITLES
        if (text := written.get(name, "").strip())
    }
    faults = {name: one for name, one in read.items() if isinstance(one, Fault)}
    return faults or Party({k: one for k, one in read.items() if isinstance(one, Identifier)})


class MoreThanDeclared(ValueError):
    """A party makes more tokens than the quota was told, or is not one party."""


def party_of(content: object, declared: int) -> list[Identifier]:
    """What was sealed, read again: whoever sealed it may have been anybody, and nobody has seen it since.

    Parameters
    ----------
    content
        As `Party.content` is; or whatever else was sealed. `ValueError`: it is no such thing.
    declared
        The rows by which the quota counted it. `MoreThanDeclared`: it holds a field twice, or makes more.
    """
    given = _fields_of(content)
    if len({name for name, _ in given}) < len(given):
        raise MoreThanDeclared("What was sealed is of more than one party.")
    read = [READINGS[name](value) for name, value in given]
    identifiers = [one for one in read if isinstance(one, Identifier)]
    if len(identifiers) < len(read):
        raise ValueError("What was sealed does not read as identifiers.")
    if _rows_of(identifiers) > declared:
        raise MoreThanDeclared("What was sealed makes more tokens than was declared.")
    return identifiers


def _fields_of(content: object) -> list[tuple[str, str]]:
    match content:
        case list() if all(_is_field(one) for one in content):
            return [(name, value) for name, value in content]
    raise ValueError("What was sealed is no list of fields.")


def _is_field(one: object) -> bool:
    match one:
        case [str(name), str()]:
            return name in READINGS
    return False


def _rows_of(identifiers: Iterable[Identifier]) -> int:
    return len(tokens_of(identifiers, _Counting()))


def masked(one: Identifier) -> str:
    """So much that whoever typed it knows it again, and nobody else learns it."""
    if one.kind is Kind.PERSON_NAME:
        return f"{one.canonical[:1]}…"
    return f"…{one.canonical[-LAST:]}"


class _CountingKey:
    version = 1

    def mac(self, message: bytes) -> bytes:
        return message


class _Counting:
    """A ring of keys that keeps nothing secret: to count tokens without having any."""

    def keys_of(self, token_class: object) -> Sequence[_CountingKey]:
        return (_CountingKey(),)
