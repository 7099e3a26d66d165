"""Reading a docx as a stranger would: its parts, its words, what it points at."""

from __future__ import annotations

import zipfile
from io import BytesIO

from defusedxml.ElementTree import fromstring

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SAID = {f"{_W}tab": "\t", f"{_W}br": " ", f"{_W}p": " "}


def parts_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def words_of(content: bytes) -> str:
    """All words of the body, the headers and the footers; a new line and a break are a space."""
    out = []
    for name, part in parts_of(content).items():
        if name.startswith(("word/document", "word/header", "word/footer")):
            for element in fromstring(part).iter():
                in_run = element.tag != f"{_W}tab" or "val" not in str(element.attrib)
                if element.tag == f"{_W}t":
                    out.append(element.text or "")
                elif element.tag in _SAID and in_run:
                    out.append(_SAID[element.tag])
    return "".join(out)


def fields_of(content: bytes) -> set[str]:
    """What programs would work out: the instructions of fields."""
    return {
        (element.text or "").strip()
        for name, part in parts_of(content).items()
        if name.endswith(".xml")
        for element in fromstring(part).iter()
        if element.tag in (f"{_W}instrText", f"{_W}fldSimple", f"{_W}delInstrText")
    }


def relationships_of(content: bytes) -> set[tuple[str, str]]:
    """(Internal or External, target) of every relationship."""
    return {
        (element.get("TargetMode", "Internal"), element.get("Target", ""))
        for name, part in parts_of(content).items()
        if name.endswith(".rels")
        for element in fromstring(part)
    }
