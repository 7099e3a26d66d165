"""What is refused before a cell is read, by the zip directory and by counting while inflating.

A workbook is a zip of XML parts written by somebody else. Nothing here trusts a declared
size, and nothing is parsed: the parts are inflated piece by piece, searched, and dropped.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from posixpath import normpath
from typing import IO

from kernel.text import Text
from scheduling.workbooks.refusals import (
    DamagedWorkbook,
    EmptyFile,
    EncryptedWorkbook,
    EntityDeclaration,
    ExternalLinks,
    FormulaCell,
    MacroWorkbook,
    NotAWorkbook,
    OldWorkbook,
    TooManyColumns,
    UnpacksTooLarge,
)

MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
RATIO_COUNTS_FROM = 1024 * 1024  # tiny parts of blank cells compress better than 100, harmlessly
MAX_PARTS = 2_000
MAX_COLUMNS = 702  # A to ZZ
MAX_ROW_NUMBER = 1_048_576  # the last row that Excel knows

_PIECE = 256 * 1024
_OVERLAP = 4 * 1024  # a tag that straddles two pieces is found in the second

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO_PARTS = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|macrosheets/|dialogsheets/)", re.I)
_LINK_PARTS = re.compile(r"(^|/)(externalLinks/|connections\.xml$|queryTables/)", re.I)
_SHEET_PART = re.compile(r"^/?xl/worksheets/[^/]+\.xml$", re.I)

# Excel offers to save in this dialect, beside “Excel workbook”; it names all elements otherwise.
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_ENTITY = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.I)
# `xm:f` belongs to drop-downs and conditional formats, which only point at cells.
_FORMULA = re.compile(rb"<(?!xm:)(?:[A-Za-z_][\w.-]*:)?f(?=[\s/>])")
_CELL_NAME = re.compile(
    rb"<(?:[A-Za-z_][\w.-]*:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,7}[0-9]{1,9})[\"']"
)
_FAR_CELL = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{3,}[0-9]{1,12})[\"']")
_FAR_ROW = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?row\s[^>]*?\br\s*=\s*[\"']0*([1-9][0-9]{6,})[\"']")

_LOOKS_LIKE: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", Text(zh="PDF 文件", en="a PDF file")),
    (b"\x89PNG", Text(zh="图片", en="a picture")),
    (b"\xff\xd8\xff", Text(zh="图片", en="a picture")),
    (b"GIF8", Text(zh="图片", en="a picture")),
    (b"Rar!", Text(zh="RAR 压缩包", en="a RAR archive")),
    (b"7z\xbc\xaf", Text(zh="7z 压缩包", en="a 7z archive")),
    (b"\x1f\x8b", Text(zh="gzip 压缩包", en="a gzip archive")),
    (b"{\\rtf", Text(zh="RTF 文档", en="an RTF document")),
    (b"\x7fELF", Text(zh="可执行程序", en="a program")),
    (b"MZ", Text(zh="可执行程序", en="a program")),
)


class Format(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes unpacked, and unpacked over packed."""

    unpacked: int = MAX_UNPACKED
    ratio: int = MAX_RATIO


DEFAULT_LIMITS = Limits()


def inspect(path: Path, *, limits: Limits = DEFAULT_LIMITS) -> Format:
    """Say what the file is, or refuse it in words. Reads the bytes, never the name."""
    with path.open("rb") as file:
        head = file.read(4096)
        if not head:
            raise EmptyFile()
        if head.startswith(_OLE):
            raise _refusal_of_ole(file, head)
        if head.startswith(b"PK"):
            _inspect_zip(path, limits)
            return Format.XLSX
    for magic, name in _LOOKS_LIKE:
        if head.startswith(magic):
            raise NotAWorkbook(found=name)
    if re.match(rb"\s*(\xef\xbb\xbf)?\s*<(\?xml|!doctype|html|table|workbook)", head, re.I):
        raise NotAWorkbook(found=Text(zh="网页或 XML", en="a web page or XML"))
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAWorkbook(found=Text(zh="二进制文件", en="a binary file"))
    if path.stat().st_size > limits.unpacked:
        raise UnpacksTooLarge(found=_mb(path.stat().st_size), limit=_mb(limits.unpacked))
    return Format.CSV


def _refusal_of_ole(file: IO[bytes], head: bytes) -> EncryptedWorkbook | OldWorkbook:
    """Encrypted xlsx and old xls share one container; the stream's name tells them apart."""
    rest = head + file.read(4 * 1024 * 1024)
    encrypted = "EncryptedPackage".encode("utf-16-le") in rest
    return EncryptedWorkbook() if encrypted else OldWorkbook()


def _inspect_zip(path: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            _inspect_directory(archive, path.stat().st_size, limits)
            _inspect_parts(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as fault:
        raise DamagedWorkbook(where=Text(zh="压缩包损坏", en="the zip container")) from fault
    except RuntimeError as fault:  # zipfile: "password required"
        raise EncryptedWorkbook() from fault


def _inspect_directory(archive: zipfile.ZipFile, packed: int, limits: Limits) -> None:
    """Refuse by what the zip directory declares; a directory that lies is caught later."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    declared = sum(part.file_size for part in parts)
    if declared > limits.unpacked:
        raise UnpacksTooLarge(found=_mb(declared), limit=_mb(limits.unpacked))
    if declared > max(RATIO_COUNTS_FROM, limits.ratio * packed):
        raise UnpacksTooLarge(found=_ratio(declared, packed), limit=_ratio_limit(limits))
    if len(parts) > MAX_PARTS:
        raise DamagedWorkbook(where=Text(zh=f"{len(parts)} 个部件", en=f"{len(parts)} parts"))
    if len(set(names)) != len(names):
        raise DamagedWorkbook(where=Text(zh="部件重名", en="two parts of one name"))
    if any(part.flag_bits & 0x1 for part in parts):
        raise EncryptedWorkbook()
    for name in names:
        if _MACRO_PARTS.search(name):
            raise MacroWorkbook(where=name.rpartition("/")[2] or name)
        if _LINK_PARTS.search(name):
            raise ExternalLinks(where=name.rpartition("/")[2] or name)
    if "xl/workbook.xml" not in names:
        raise NotAWorkbook(found=_kind_of_zip(archive, set(names)))


def _kind_of_zip(archive: zipfile.ZipFile, names: set[str]) -> Text:
    if "xl/workbook.bin" in names:
        return Text(zh="二进制工作簿 .xlsb", en="a binary workbook, .xlsb")
    if "word/document.xml" in names:
        return Text(zh="Word 文档", en="a Word document")
    if "ppt/presentation.xml" in names:
        return Text(zh="演示文稿", en="a presentation")
    if "mimetype" in names and "content.xml" in names:
        return Text(zh="ODF 文档（.ods 等）", en="an ODF document (.ods or the like)")
    return Text(zh="普通压缩包", en="an ordinary zip archive")


def _inspect_parts(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Inflate every part once, counting, and search it for what is never accepted."""
    sheets = _sheet_names(archive, limits)
    unpacked = 0
    for part in archive.infolist():
        allowed = min(
            limits.unpacked - unpacked,
            max(RATIO_COUNTS_FROM, limits.ratio * max(part.compress_size, 1)),
        )
        size = 0
        for offset, piece in _pieces(archive, part, allowed, limits):
            size = offset + len(piece)
            _search(part.filename, piece, offset, sheets)
        unpacked += size


def _pieces(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, allowed: int, limits: Limits
) -> Iterator[tuple[int, bytes]]:
    """(offset, bytes) of one part, each piece beginning with the tail of the one before."""
    tail, size = b"", 0
    with archive.open(part) as stream:
        while fresh := stream.read(_PIECE):
            yield size - len(tail), tail + fresh
            size += len(fresh)
            tail = (tail + fresh)[-_OVERLAP:]
            if size > allowed:
                raise UnpacksTooLarge(found=f"> {_mb(size)}", limit=_mb(limits.unpacked))


def _search(name: str, piece: bytes, offset: int, sheets: dict[str, str]) -> None:
    is_xml = name.lower().endswith((".xml", ".rels", ".vml"))
    if not is_xml:
        return
    if offset == 0 and (piece[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in piece[:64]):
        # UTF-16 would hide everything below from a search of bytes; no office writes it.
        raise DamagedWorkbook(where=Text(zh=f"{name} 编码异常", en=f"the encoding of {name}"))
    if _ENTITY.search(piece):
        raise EntityDeclaration(where=name)
    if name == "xl/workbook.xml" and _STRICT in piece:
        raise NotAWorkbook(found=Text(zh="“严格 Open XML 电子表格”", en="“Strict Open XML”"))
    if name == "[Content_Types].xml" and b"macroEnabled" in piece:
        raise MacroWorkbook(where=Text(zh="启用宏的类型", en="a macro-enabled type"))
    if name.endswith(".rels") and b"externalLink" in piece:
        raise ExternalLinks(where=name.rpartition("/")[2])
    if not (_SHEET_PART.match(name) or name in sheets):
        return
    sheet = sheets.get(name, name.rpartition("/")[2])
    if formula := _FORMULA.search(piece):
        raise FormulaCell(
            sheet=sheet, cell=_cell_before(piece, formula.start()), more=_count(piece)
        )
    if far := _FAR_CELL.search(piece):
        raise TooManyColumns(sheet=sheet, cell=far.group(1).decode(), limit=MAX_COLUMNS)
    if (row := _FAR_ROW.search(piece)) and int(row.group(1)) > MAX_ROW_NUMBER:
        raise DamagedWorkbook(where=Text(zh=f"《{sheet}》行号异常", en=f"row numbers of “{sheet}”"))


def _cell_before(piece: bytes, at: int) -> str:
    names = _CELL_NAME.findall(piece, max(0, at - _OVERLAP), at)
    return str(names[-1].decode()) if names else "?"


def _count(piece: bytes) -> Text:
    others = len(_FORMULA.findall(piece)) - 1
    if others <= 0:
        return Text(zh="", en="")
    return Text(zh=f"（另有至少 {others} 个）", en=f" (and at least {others} more)")


def _sheet_names(archive: zipfile.ZipFile, limits: Limits) -> dict[str, str]:
    """Part name -> the sheet's name on its tab, by plain search; only messages depend on it."""
    book = _text_of(archive, "xl/workbook.xml", limits)
    links = _text_of(archive, "xl/_rels/workbook.xml.rels", limits)
    targets: dict[str, str] = {}
    for tag in re.findall(r"<(?:\w+:)?Relationship\s[^>]*>", links):
        key, target = _attribute(tag, "Id"), _attribute(tag, "Target")
        # Sheets usually lie in xl/worksheets, and may lie anywhere.
        targets[key] = normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    names: dict[str, str] = {}
    for tag in re.findall(r"<(?:\w+:)?sheet\s[^>]*>", book):
        part = targets.get(_attribute(tag, r"\w+:id"))
        if part:
            names[part] = _unescaped(_attribute(tag, "name"))
    return names


def _text_of(archive: zipfile.ZipFile, name: str, limits: Limits) -> str:
    if name not in archive.namelist():
        return ""
    part = archive.getinfo(name)
    allowed = min(limits.unpacked, RATIO_COUNTS_FROM * 4)
    with archive.open(part) as stream:
        return stream.read(allowed).decode("utf-8", "replace")


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf"\s{name}\s*=\s*[\"']([^\"']*)[\"']", tag)
    return match.group(1) if match else ""


def _unescaped(text: str) -> str:
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")):
        text = text.replace(entity, char)
    return text.replace("&amp;", "&")


def _mb(size: int) -> str:
    return f"{size / 1024 / 1024:.0f} MB"


def _ratio(declared: int, packed: int) -> Text:
    ratio = declared // max(packed, 1)
    return Text(zh=f"压缩比 {ratio} 倍", en=f"a ratio of {ratio}")


def _ratio_limit(limits: Limits) -> Text:
    return Text(zh=f"{limits.ratio} 倍", en=str(limits.ratio))
