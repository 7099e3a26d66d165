"""One part of a Word or Excel file: parsed without following anything, and swept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from kernel.text import Text
from sharing.attachments import office_names as names
from sharing.attachments.kinds import Remark
from sharing.attachments.refusals import Damaged, External, NotCleanable

Element = Any  # lxml's are written in C and bring no types

_FETCHING_FORMULAS = re.compile(names.FETCHING_FORMULAS, re.I)
_REFERENCES_LEFT_OUT = frozenset(
    ["pageSetup", "printerSettings", "legacyDrawingHF", "control", "hyperlink", "commentEx"]
)


def parsed(content: bytes) -> Element:
    """`Damaged`: not well-formed, or with a DTD, which no office program writes."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise Damaged(where=Text(zh="内部 XML", en="its XML")) from fault
    if root.getroottree().docinfo.doctype:
        raise Damaged(where=Text(zh="内部含 DTD", en="a DTD in it"))
    return root


def written(root: Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def swept(root: Element, ids: Mapping[str, str]) -> set[Remark]:
    """Take out of the tree what says who or when, and what leads outside. `ids`: the relationships
    that are kept, with their new names. `NotCleanable`: something refers to one that is not."""
    remarks: set[Remark] = set()
    _forget_commentators(root, remarks)
    _judge_fields(root, remarks)
    for one in list(root.iter(etree.Element)):
        space, local = _name(one)
        if (space, local) in names.ELEMENTS_LEFT_OUT or (None, local) in names.ELEMENTS_LEFT_OUT:
            _remove(one)
        elif (space, local) == (names.S, "hyperlink"):
            _forget_link(one, remarks)
        elif space == names.S and local == "f" and _FETCHING_FORMULAS.search(one.text or ""):
            raise External(where=Text(zh="公式", en="a formula"))
    for one in root.iter(etree.Element):
        _sweep_attributes(one, ids, remarks)
    return remarks


def _sweep_attributes(one: Element, ids: Mapping[str, str], remarks: set[Remark]) -> None:
    space, local = _name(one)
    for key, value in list(one.attrib.items()):
        of = etree.QName(key)
        word, around = of.localname, of.namespace or ""
        if around == names.R or word == "relid":
            if value in ids:
                one.set(key, ids[value])
            elif local in _REFERENCES_LEFT_OUT or value == "":
                del one.attrib[key]
            else:
                raise NotCleanable(where=local)
        elif word == "author" and space != names.S:
            one.set(key, names.NOBODY)
            remarks.add(Remark.NAMES_REMOVED)
        elif word.startswith("rsid") or _tells(word, around, space):
            del one.attrib[key]
        elif word == "href" and space in (names.VML, names.OFFICE):
            del one.attrib[key]
            remarks.add(Remark.LINKS_REMOVED)
        elif word == "src" and space == names.VML:
            raise External(where=local)
        elif word == "name" and local in names.DRAWN:
            one.set(key, one.get("id", names.NOBODY))


def _tells(word: str, around: str, space: str) -> bool:
    if around.startswith(names.REVISION) and word == "uid":
        return True
    if word in ("date", "title", "done") and space == names.S:
        return False  # of a cell's or a filter's own
    if word == "title" and not around and space == names.VML:
        return True
    return word in names.ATTRIBUTES_LEFT_OUT


def _forget_commentators(root: Element, remarks: set[Remark]) -> None:
    """Excel begins a comment with its author's name, in the text itself."""
    authors = root.findall(f"{{{names.S}}}authors/{{{names.S}}}author")
    called = [(one.text or "").strip() for one in authors]
    for one in authors:
        one.text = names.NOBODY
        remarks.add(Remark.NAMES_REMOVED)
    for comment in root.iter(f"{{{names.S}}}comment"):
        number = comment.get("authorId", "")
        author = called[int(number)] if number.isdecimal() and int(number) < len(called) else ""
        texts = list(comment.iter(f"{{{names.S}}}t"))
        if author and texts:
            first = (texts[0].text or "").lstrip()
            for end in (":", "："):
                if first.startswith(author + end):
                    texts[0].text = first[len(author) + 1 :].lstrip()


def _forget_link(one: Element, remarks: set[Remark]) -> None:
    """Within the workbook a link may stay."""
    if any(etree.QName(key).namespace == names.R for key in one.attrib):
        parent = one.getparent()
        _remove(one)
        remarks.add(Remark.LINKS_REMOVED)
        if parent is not None and len(parent) == 0:
            _remove(parent)


def _judge_fields(root: Element, remarks: set[Remark]) -> None:
    """Fields that fetch are refused; a link that a reader would have to click becomes its text."""
    for simple in list(root.iter(f"{{{names.W}}}fldSimple")):
        word = _first_word(simple.get(f"{{{names.W}}}instr", ""))
        if word == "HYPERLINK":
            _unwrap(simple)
            remarks.add(Remark.LINKS_REMOVED)
    stack: list[list[Element]] = []
    kinds = {f"{{{names.W}}}{name}" for name in ("fldChar", "instrText", "delInstrText")}
    for one in [one for one in root.iter(etree.Element) if one.tag in kinds]:
        kind = one.get(f"{{{names.W}}}fldCharType", "instr")
        if kind == "begin":
            stack.append([one])
        elif stack:
            stack[-1].append(one)
            if kind == "end":
                _judge_field(stack.pop(), remarks)


def _judge_field(marks: list[Element], remarks: set[Remark]) -> None:
    said = "".join(one.text or "" for one in marks if etree.QName(one).localname != "fldChar")
    if _first_word(said) == "HYPERLINK" and r"\l" not in said:
        for one in marks:
            _remove(one)
        remarks.add(Remark.LINKS_REMOVED)


def _first_word(said: str) -> str:
    word = (said.split() or [""])[0].strip('"').upper()
    if word in names.FETCHING_FIELDS:
        raise External(where=word)
    return word


def _unwrap(one: Element) -> None:
    parent = one.getparent()
    at = parent.index(one)
    for number, child in enumerate(list(one)):
        parent.insert(at + number, child)
    parent.remove(one)


def _remove(one: Element) -> None:
    """Without the text behind it, which lxml would take along."""
    parent = one.getparent()
    if parent is None:
        return
    if one.tail:
        before = one.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + one.tail
        else:
            parent.text = (parent.text or "") + one.tail
    parent.remove(one)


def _name(one: Element) -> tuple[str, str]:
    name = etree.QName(one)
    return name.namespace or "", name.localname
