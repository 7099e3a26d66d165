"""What the workbooks of both ledgers have in common: cells that are kept as they were written.

A column that tells who gave a hint is refused, whatever it is called: no identity comes by a workbook.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from kernel.text import Text
from scheduling.domain.vocabulary import Vocabulary, Word
from scheduling.workbooks.columns import CellReader, Header, Reading, ReadRow
from scheduling.workbooks.dates import read_day
from scheduling.workbooks.words import Cell, Unreadable, clean, code_of, phrase, shown
from sharing.workbooks.rules import as_written

Code = TypeVar("Code", bound=str)

MOST_QUOTED = 5_000
MOST_GIST = 200
MOST_CENTS = 10**15
_WAN, _YI = Decimal(10_000), Decimal(100_000_000)
_MONEY = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?)\s*(亿元|亿|万元|万|元)?")
_UNITS: Mapping[str, Decimal] = {
    "亿元": _YI, "亿": _YI, "万元": _WAN, "万": _WAN, "元": Decimal(1),
}  # fmt: skip
# Who reports, complains or writes in; 被反映人 and 被举报人 are whom it is about.
_WHO_TOLD = re.compile(
    r"(?<!被)(举报人|检举人|控告人|信访人|来信人|来访人|来电人|反映人|申诉人|投诉人|提供人|线人|知情人|inform(?:ant|er)|whistle)"
    r"|反映者|举报者|(身份证|证件号|联系电话|联系方式|电话|手机|住址|地址)",
    re.I,
)

GENERAL_NOTES = (
    "橙色表头的列必须填写，红色表头的列按实际情况填写。",
    "列的顺序可以调整，不需要的列可以删去；表头上方可以保留标题行。一行一条，合并的单元格请拆开。",
    "日期写到日，如 2023年3月5日、2023-03-05、2023/3/5。",
    "请填数值和文字，不要使用公式、宏和外部链接，不要设打开密码。最多 10,000 行。",
    "不得有举报人、信访人及其电话、证件号等列：反映人身份不通过工作簿导入。",
    "上传后先比对，不写入任何内容；有一行有误，整份都不导入。确认后照原文存为历史，不再改动。",
)


def vocabulary(titles: Mapping[Code, Text], synonyms: Mapping[Code, tuple[str, ...]]) -> Vocabulary:
    return {
        # Cells are compared with plain brackets, whichever kind a title has.
        code: Word(title, (unicodedata.normalize("NFKC", title.zh), *synonyms.get(code, ())))
        for code, title in titles.items()
    }


def within(most: int) -> CellReader:
    """A name in one line."""

    def read(value: Cell, _reading: Reading) -> str:
        said = phrase(value)
        if len(said) > most:
            raise Unreadable(
                Text(
                    zh=f"内容过长（{len(said)} 字，最多 {most} 字）。",
                    en=f"Too long: {len(said)} characters, at most {most}.",
                )
            )
        return said

    return read


def day(value: Cell, reading: Reading) -> date | None:
    if not phrase(value):
        return None
    return read_day(value, epoch_1904=reading.epoch_1904)


def code(words: Vocabulary) -> CellReader:
    def read(value: Cell, _reading: Reading) -> str:
        return code_of(value, words) if phrase(value) else ""

    return read


def words(most: int) -> Callable[[Cell, Reading], str]:
    """Several lines, as they are written."""
    return as_written(most)


def cents(measure: str) -> CellReader:
    """Of a column in yuan or in 万元; a measure in the cell itself goes before."""

    def read(value: Cell, _reading: Reading) -> int | None:
        text = clean(value)
        if not phrase(value):
            return None
        match = _MONEY.fullmatch(text)
        if match is None:
            raise _no_money(text)
        try:
            exact = Decimal(match[1].replace(",", "")) * _UNITS[match[2] or measure] * 100
        except InvalidOperation:
            raise _no_money(text) from None
        whole = exact.to_integral_value()
        # What a spreadsheet has reckoned is off by a hair.
        if abs(exact - whole) > Decimal("0.001") or whole > MOST_CENTS:
            raise _no_money(text)
        return int(whole)

    return read


def check_measures(row: ReadRow, header: Header) -> None:
    """Sums in yuan under a heading that says otherwise, or in two columns, are not guessed."""
    if re.search(r"[千万亿]", header.headings.get("money", "")):
        row.faults.append(
            header.fault(
                "money",
                row.number,
                Text(
                    zh="看不出这一列的金额单位。表头请写“涉及金额（元）”或“涉及金额（万元）”。",
                    en="The measure of this column is not clear. Head it 涉及金额（元） or 涉及金额（万元）.",
                ),
            )
        )
    elif row.values.get("money") is not None and row.values.get("money_wan") is not None:
        row.faults.append(
            header.fault(
                "money",
                row.number,
                Text(
                    zh="“元”和“万元”两列都填了，请只留一列。",
                    en="Both columns of money are filled; keep one.",
                ),
            )
        )


def headings_of_who_told(headings: Iterable[str]) -> list[str]:
    """Those that would tell who gave a hint, or where they are reached."""
    return [one for one in headings if _WHO_TOLD.search(clean(one))]


def quoted(row: ReadRow) -> list[dict[str, str]]:
    """The cells of a line as they were written: [{heading, words}], in the order of the layout."""
    told = [(heading, _as_text(value)) for heading, value in row.written.items()]
    return [{"heading": heading, "words": words} for heading, words in told if words]


def gist_of(row: ReadRow, key: str) -> str:
    """What a row is recognised by: its column `key`, else whatever it begins with."""
    said = row.values.get(key) or next((one["words"] for one in quoted(row)), "")
    return str(said)[:MOST_GIST]


def _as_text(value: Cell) -> str:
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return as_written(10**6)(value, Reading())[:MOST_QUOTED]


def _no_money(text: str) -> Unreadable:
    return Unreadable(
        Text(
            zh=f"“{shown(text)}”不是金额，请写成 1234.56 或 12.5万元。",
            en=f"“{shown(text)}” is no sum; write it like 1234.56 or 12.5万元.",
        )
    )
