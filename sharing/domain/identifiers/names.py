"""Persons' names in one form: narrow letters, no spaces or middle dots, characters as a register writes them.

A name alone says little: it becomes part of a token only together with the person's unit.
"""

from __future__ import annotations

import re
import unicodedata

from pypinyin import Style, lazy_pinyin

from scheduling.workbooks.words import clean
from sharing.domain.identifiers.identifier import Fault, Identifier, Kind
from sharing.domain.identifiers.variants import VARIANTS

LONGEST = 60
# Whatever people put between the parts of a name: spaces, middle dots of all kinds, hyphens.
_BETWEEN_PARTS = re.compile(r"[\s·•‧∙⋅・･᛫.\-‐‑'’]")
_ZERO = str.maketrans({"○": "〇", "◯": "〇"})
_HAN = r"\u3400-\u4dbf\u4e00-\u9fff〇\U00020000-\U0003ffff"
_NAME = re.compile(rf"[{_HAN}a-z]{{2,{LONGEST}}}")
_FOLDED = str.maketrans(VARIANTS)
_UNKNOWN = re.compile(r"某|不详|不明|不清|未知|匿名|无名|佚名|保密")
# Surnames that are read otherwise than the same character elsewhere.
SURNAME_READINGS = {
    "万俟": "moqi", "尉迟": "yuchi", "长孙": "zhangsun", "澹台": "tantai", "单于": "chanyu",
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "盖": "ge", "朴": "piao",
    "区": "ou", "缪": "miao", "翟": "zhai", "任": "ren", "宁": "ning", "华": "hua", "洗": "xian",
}  # fmt: skip


def person_name(written: str) -> Identifier | Fault:
    text = clean(written).translate(_ZERO)
    text = _BETWEEN_PARTS.sub("", _plain_letters(text)).translate(_FOLDED)
    if not text:
        return _fault("没有填写姓名。", "There is no name.")
    if _UNKNOWN.search(text):
        return _fault(
            "姓名不详的不作比对，请核实后填写全名。",
            "Who is not known by name is not compared: find out the full name first.",
        )
    if not _NAME.fullmatch(text):
        return _fault(
            "请只填写姓名全称（至少两个字），不要加称谓、职务、括号或数字。",
            "Give the full name alone, two characters at least: no title, no brackets, no digits.",
        )
    return Identifier(Kind.PERSON_NAME, text)


def sound_of(name: Identifier) -> Identifier:
    """The name in pinyin without tones, the surname as surnames are read; ü is yu, as in passports (GB/T 28039-2011)."""
    text = name.canonical
    surname = next((one for one in (text[:2], text[:1]) if one in SURNAME_READINGS), "")
    rest = lazy_pinyin(text.removeprefix(surname), style=Style.NORMAL)
    sound = SURNAME_READINGS.get(surname, "") + "".join(rest)
    return Identifier(Kind.NAME_SOUND, re.sub(r"(?<=[ln])v", "yu", sound))


def _plain_letters(text: str) -> str:
    """Small letters without tones and accents; marks that choose a glyph of a character go with them."""
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    apart = apart.replace("u\u0308", "yu")
    apart = re.sub(r"u([\u0300-\u036f])\u0308", "yu", apart)
    return "".join(one for one in apart if unicodedata.category(one) != "Mn")


def _fault(zh: str, en: str) -> Fault:
    return Fault.saying(Kind.PERSON_NAME, zh, en)
