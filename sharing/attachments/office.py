"""A Word or Excel file put together anew: the parts that its main part reaches, each cleaned.

Parts that tell of its making (properties, people, printers, thumbnails) are not taken along, and
nobody's name or time stands in those that are. A relationship of an unknown kind is refused: what
is not known cannot be said to be clean.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from kernel.text import Text
from sharing.attachments import office_names as names
from sharing.attachments.kinds import Cleaned, Kind, Remark
from sharing.attachments.office_xml import parsed, swept, written
from sharing.attachments.pictures import redrawn
from sharing.attachments.refusals import (
    Damaged,
    Enclosed,
    External,
    Macros,
    NotCleanable,
    UnknownKind,
)
from sharing.attachments.zips import packed, unpacked

MAIN: Final = {Kind.DOCX: "word/document.xml", Kind.XLSX: "xl/workbook.xml"}
_CONTENT_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9.+-]+")
_RELATIONSHIPS = f"{names.PACKAGE}/relationships"
_TYPES = f"{names.PACKAGE}/content-types"
_PICTURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\xff\xd8\xff", "JPEG", "jpeg"),
    (b"\x89PNG", "PNG", "png"),
    (b"GIF8", "GIF", "gif"),
    (b"BM", "BMP", "bmp"),
    (b"II*\0", "TIFF", "tiff"),
    (b"MM\0*", "TIFF", "tiff"),
    (b"RIFF", "WEBP", "webp"),
)


@dataclass
class _Package:
    """`parts`: as they came in. `made`: as they go out, in the order in which they were reached."""

    parts: dict[str, bytes]
    types: dict[str, str]
    new_names: dict[str, str] = field(default_factory=dict)
    made: dict[str, bytes] = field(default_factory=dict)
    made_types: dict[str, str] = field(default_factory=dict)
    remarks: set[Remark] = field(default_factory=set)


def cleaned_office(kind: Kind, content: bytes) -> Cleaned:
    """`FileRefused`."""
    parts = unpacked(content)
    main = MAIN[kind]
    if main not in parts or "[Content_Types].xml" not in parts:
        raise Damaged(where=Text(zh="缺少主要部件", en="its main part"))
    if names.STRICT in parts[main][:4096]:
        raise UnknownKind(found=Text(zh="“严格 Open XML”", en="“Strict Open XML”"))
    package = _Package(parts, _content_types(parts))
    if "macro" in package.types.get(main, "").lower():
        raise Macros
    for name, type_ in package.types.items():
        if "vbaproject" in type_.lower() or "vbaproject" in name.lower():
            raise Macros
    package.new_names[main] = main
    waiting = [main]
    while waiting:
        waiting += _take(package, waiting.pop(0))
    package.made_types[main] = names.MAIN_TYPES[main]
    return Cleaned(_packed(package, main), frozenset(package.remarks))


def _take(package: _Package, name: str) -> list[str]:
    """Clean one part into the new package; the parts that it reaches for the first time."""
    content = package.parts.get(name)
    if content is None:
        raise Damaged(where=Text(zh="缺少部件", en="a part that is missing"))
    new_name = package.new_names[name]
    if _is_picture(package, name):
        package.made[new_name] = _picture(content, new_name)
        return []
    targets, found = _relationships(package, name)
    ids = {old: f"rId{number}" for number, old in enumerate(targets, start=1)}
    tree = parsed(content)
    package.remarks |= swept(tree, ids)
    package.made[new_name] = written(tree)
    package.made_types[new_name] = _checked_type(package, name)
    if targets:
        package.made[_rels_of(new_name)] = _written_relationships(package, new_name, targets, ids)
    return found


def _relationships(package: _Package, name: str) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """By their ids: type and target of those that are kept; and targets not reached before."""
    rels = package.parts.get(_rels_of(name))
    kept: dict[str, tuple[str, str]] = {}
    found: list[str] = []
    if rels is None:
        return kept, found
    for one in parsed(rels):
        type_, target = one.get("Type", ""), one.get("Target", "")
        word = type_.rpartition("/")[2]
        if not _is_kept(package, word, one.get("TargetMode", ""), name):
            continue
        part = posixpath.normpath(posixpath.join("/", posixpath.dirname(name), target)).lstrip("/")
        kept[one.get("Id", "")] = (type_, part)
        if part not in package.new_names:
            package.new_names[part] = _new_name(package, name, word, part)
            found.append(part)
    return kept, found


def _is_kept(package: _Package, word: str, mode: str, name: str) -> bool:
    if word in names.MACROS:
        raise Macros
    if word == "package" and "/charts/" in f"/{name}":
        # The figures behind a chart, all of them: the chart keeps those that it shows.
        package.remarks.add(Remark.FILES_REMOVED)
        return False
    if word in names.ENCLOSED:
        raise Enclosed(where=word)
    if word == "hyperlink":
        package.remarks.add(Remark.LINKS_REMOVED)
    if word in names.LEFT_OUT:
        return False
    if word in names.EXTERNAL or mode == "External":
        raise External(where=word)
    if word not in names.SHOWN:
        raise NotCleanable(where=word[:60] or Text(zh="未知部件", en="an unknown part"))
    return True


def _new_name(package: _Package, source: str, word: str, part: str) -> str:
    """Parts are called by what they are: what the author called them may tell of the author."""
    folder = source.partition("/")[0]
    count = len(package.new_names)
    if word == "image":
        content = package.parts.get(part, b"")
        for magic, _, ending in _PICTURES:
            if content.startswith(magic):
                return f"{folder}/media/image{count}.{ending}"
        raise NotCleanable(where=Text(zh="其中的矢量图", en="a drawing in it"))
    # A chart's own parts are told by their folder.
    inner = "charts" if "chart" in word.lower() else word
    return f"{folder}/{inner}/{word}{count}.{'vml' if word == 'vmlDrawing' else 'xml'}"


def _is_picture(package: _Package, name: str) -> bool:
    return "/media/image" in package.new_names[name]


def _picture(content: bytes, new_name: str) -> bytes:
    wanted = new_name.rpartition(".")[2]
    form = next(form for _, form, ending in _PICTURES if ending == wanted)
    formats = (form, "MPO") if form == "JPEG" else (form,)
    return redrawn(content, formats)[0]


def _content_types(parts: dict[str, bytes]) -> dict[str, str]:
    defaults: dict[str, str] = {}
    found: dict[str, str] = {}
    for one in parsed(parts["[Content_Types].xml"]):
        type_ = one.get("ContentType", "")
        if one.tag == f"{{{_TYPES}}}Override":
            found[one.get("PartName", "").lstrip("/")] = type_
        else:
            defaults[one.get("Extension", "").lower()] = type_
    for name in parts:
        found.setdefault(name, defaults.get(name.rpartition(".")[2].lower(), ""))
    return found


def _checked_type(package: _Package, name: str) -> str:
    type_ = package.types.get(name, "")
    if not _CONTENT_TYPE.fullmatch(type_) or "macro" in type_.lower():
        raise NotCleanable(where=Text(zh="部件类型", en="the type of a part"))
    return type_


def _rels_of(name: str) -> str:
    folder, _, last = name.rpartition("/")
    return f"{folder}/_rels/{last}.rels".lstrip("/")


def _written_relationships(
    package: _Package, name: str, targets: dict[str, tuple[str, str]], ids: dict[str, str]
) -> bytes:
    root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})
    for old, (type_, part) in targets.items():
        etree.SubElement(
            root,
            f"{{{_RELATIONSHIPS}}}Relationship",
            Id=ids[old],
            Type=type_,
            Target=posixpath.relpath(package.new_names[part], posixpath.dirname(name)),
        )
    return written(root)


def _packed(package: _Package, main: str) -> bytes:
    types = etree.Element(f"{{{_TYPES}}}Types", nsmap={None: _TYPES})
    endings = {"rels": f"{_vnd('relationships')}", "xml": "application/xml"}
    endings |= {"vml": "application/vnd.openxmlformats-officedocument.vmlDrawing"}
    endings |= {ending: f"image/{ending}" for _, _, ending in _PICTURES}
    used = {name.rpartition(".")[2] for name in package.made} | {"rels", "xml"}
    for ending in sorted(used):
        etree.SubElement(
            types, f"{{{_TYPES}}}Default", Extension=ending, ContentType=endings[ending]
        )
    for name, type_ in package.made_types.items():
        if not name.endswith(".vml"):
            etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=type_)
    root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})
    etree.SubElement(
        root,
        f"{{{_RELATIONSHIPS}}}Relationship",
        Id="rId1",
        Type=f"{names.R}/officeDocument",
        Target=main,
    )
    first = {"[Content_Types].xml": written(types), "_rels/.rels": written(root)}
    return packed(first | package.made)


def _vnd(word: str) -> str:
    return f"application/vnd.openxmlformats-package.{word}+xml"
