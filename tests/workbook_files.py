"""Workbooks as counties, mishaps and attackers send them; made in the test, small."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

PEOPLE_HEAD = ("人员编号", "姓名", "身份证号", "工作单位", "专长", "入库类别", "籍贯")
LIN = ("A001", "林一", None, "甲县财政局", "财务", "组长库", "浙江省舟山市嵊泗县")
WU = ("A002", "吴二", None, "甲县教育局", "法律、审计", "干部库", "")
UNIT_HEAD = ("单位编码", "单位名称", "风险等级", "驻点工作日")

Rows = Sequence[Sequence[Any]]


def book(sheets: Mapping[str, Rows]) -> Workbook:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return made


def saved(made: Workbook, folder: Path, name: str = "名册.xlsx") -> Path:
    path = folder / name
    made.save(path)
    return path


def roster(folder: Path, *people: Sequence[Any], **facts: Rows) -> Path:
    """A roster workbook: people, and the fact sheets by their Chinese names."""
    return saved(book({"人员": [PEOPLE_HEAD, *(people or (LIN, WU))], **facts}), folder)


def good_parts() -> dict[str, bytes]:
    """The parts of a good roster workbook, to be spoilt one by one."""
    buffer = io.BytesIO()
    book({"人员": [PEOPLE_HEAD, LIN]}).save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: Mapping[str, bytes], folder: Path, name: str = "名册.xlsx") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return path


def spoilt(folder: Path, part: str, content: bytes) -> Path:
    """A good workbook with one part replaced or added."""
    return zipped(good_parts() | {part: content}, folder)


def in_sheet(folder: Path, before: bytes, after: bytes) -> Path:
    """A good workbook whose sheet's XML says something else."""
    parts = good_parts()
    assert before in parts["xl/worksheets/sheet1.xml"]
    return spoilt(
        folder,
        "xl/worksheets/sheet1.xml",
        parts["xl/worksheets/sheet1.xml"].replace(before, after, 1),
    )


def csv_file(folder: Path, text: str, encoding: str) -> Path:
    path = folder / "名册.csv"
    path.write_bytes(text.encode(encoding))
    return path
