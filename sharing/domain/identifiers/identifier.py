"""What reading an identifier gives back: its canonical value, or what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from kernel.text import Text
from scheduling.workbooks.words import clean

# What people put between the groups of a number. NFKC has made the full-width ones narrow before.
_BETWEEN_GROUPS = re.compile(r"[\s'’‘\-‐‑‒–—―−_.·]")


class Kind(StrEnum):
    PERSON_NAME = "person_name"
    NAME_SOUND = "name_sound"  # a person's name in pinyin without tones
    ID_NUMBER = "id_number"
    CREDIT_CODE = "credit_code"
    PHONE = "phone"
    ACCOUNT = "account"
    UNIT_CODE = "unit_code"  # the offices' own code of a unit, where it has no credit code


KIND_TITLES = {
    Kind.PERSON_NAME: Text(zh="姓名", en="name"),
    Kind.NAME_SOUND: Text(zh="姓名拼音", en="name in pinyin"),
    Kind.ID_NUMBER: Text(zh="公民身份号码", en="ID number"),
    Kind.CREDIT_CODE: Text(zh="统一社会信用代码", en="unified social credit code"),
    Kind.PHONE: Text(zh="电话号码", en="phone number"),
    Kind.ACCOUNT: Text(zh="银行账号", en="bank account"),
    Kind.UNIT_CODE: Text(zh="单位编码", en="unit code"),
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """`canonical` is never part of the repr, so that no log and no traceback shows it."""

    kind: Kind
    canonical: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why what was written is no identifier of the kind. `words` hold no character of it."""

    kind: Kind
    words: Text

    @classmethod
    def saying(cls, kind: Kind, zh: str, en: str) -> Self:
        return cls(kind, Text(zh=zh, en=en))


def bare(written: str) -> str:
    """A number as it would stand in a form: narrow characters, upper case, nothing between the groups."""
    return _BETWEEN_GROUPS.sub("", clean(written)).upper()
