"""Classes of tokens: which identifiers make one, and what an owner is told that a hit is about.

A strong identifier is one person's or one organisation's and stands alone. A weak one is many people's: it counts
only together with another, because a token of a name alone is found by its frequency.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from kernel.text import Text
from sharing.domain.identifiers.identifier import Kind


class About(StrEnum):
    """All that a hit says of what was found. Of a pair with several, the first of these is told."""

    PERSON = "person"
    ORGANISATION = "organisation"
    CONTACT = "contact"


ABOUT_TITLES: Mapping[About, Text] = MappingProxyType(
    {
        About.PERSON: Text(zh="人员", en="a person"),
        About.ORGANISATION: Text(zh="单位", en="an organisation"),
        About.CONTACT: Text(zh="联系方式或账户", en="a phone or an account"),
    }
)


class TokenClass(StrEnum):
    """The name is part of every token of the class: it never changes."""

    ID_NUMBER = "id_number"
    CREDIT_CODE = "credit_code"
    PHONE = "phone"
    ACCOUNT = "account"
    NAME_AND_UNIT = "name_and_unit"
    SOUND_AND_UNIT = "sound_and_unit"


@dataclass(frozen=True, slots=True)
class ClassRule:
    """`parts`: what a token is made of, in this order; of each part one of the kinds."""

    about: About
    parts: tuple[frozenset[Kind], ...]

    @property
    def is_strong(self) -> bool:
        return len(self.parts) == 1


_UNIT = frozenset({Kind.CREDIT_CODE, Kind.UNIT_CODE})

CLASS_RULES: Mapping[TokenClass, ClassRule] = MappingProxyType(
    {
        TokenClass.ID_NUMBER: ClassRule(About.PERSON, (frozenset({Kind.ID_NUMBER}),)),
        TokenClass.CREDIT_CODE: ClassRule(About.ORGANISATION, (frozenset({Kind.CREDIT_CODE}),)),
        TokenClass.PHONE: ClassRule(About.CONTACT, (frozenset({Kind.PHONE}),)),
        TokenClass.ACCOUNT: ClassRule(About.CONTACT, (frozenset({Kind.ACCOUNT}),)),
        TokenClass.NAME_AND_UNIT: ClassRule(About.PERSON, (frozenset({Kind.PERSON_NAME}), _UNIT)),
        TokenClass.SOUND_AND_UNIT: ClassRule(About.PERSON, (frozenset({Kind.NAME_SOUND}), _UNIT)),
    }
)
