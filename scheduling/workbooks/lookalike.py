"""Names that a person could mistake for one another: same sound, or same shape.

Two keys, compared for equality. They flag a pair for a human eye; they never merge anything.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

# Characters of other scripts, and Han characters, that look like one another in print.
_SAME_SHAPE = str.maketrans(
    {
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "х": "x", "і": "i", "ο": "o", "α": "a",
        "ー": "一", "―": "一", "—": "一", "工": "工", "エ": "工", "ロ": "口", "囗": "口", "力": "力",
        "カ": "力", "ニ": "二", "ハ": "八", "卜": "卜", "ト": "卜", "夕": "夕", "タ": "夕", "千": "千",
        "チ": "千", "己": "己", "已": "己", "巳": "己", "曰": "日", "戊": "戌", "戍": "戌", "未": "末",
        "士": "土", "人": "人", "入": "人", "冼": "洗", "侯": "候", "傅": "傳", "荼": "茶", "晓": "晓",
        "祎": "祎", "袆": "祎", "笫": "第", "彧": "或", "洺": "洛", "凃": "涂",
    }
)  # fmt: skip


@lru_cache(maxsize=20_000)
def sound_key(name: str) -> str:
    """The name in pinyin without tones: `wangfang` for 王芳 and for 王方."""
    return "".join(lazy_pinyin(name, style=Style.NORMAL)).lower().replace(" ", "")


@lru_cache(maxsize=20_000)
def initials_key(name: str) -> str:
    """First letters, for search: `wf` for 王芳."""
    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower().replace(" ", "")


def shape_key(name: str) -> str:
    """The name with look-alike characters folded: combining marks gone, 巳 and 已 as 己."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = unicodedata.normalize("NFKC", plain).casefold()
    return plain.translate(_SAME_SHAPE).replace("·", "")
