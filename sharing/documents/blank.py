"""An empty document of ours, and a finished one as bytes.

The parts of the empty document lie in `blank/`, part of the release: nobody uploads one.
python-docx would begin with its own, with a thumbnail, a theme and its author's name.
"""

from __future__ import annotations

import zipfile
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final

from docx import Document as opened
from docx.document import Document

from sharing.documents.imprint import Imprint
from sharing.documents.plain import one_line

_PARTS: Final = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "package_rels.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/document.xml": "document.xml",
    "word/styles.xml": "styles.xml",
    "word/settings.xml": "settings.xml",
    "word/fontTable.xml": "fontTable.xml",
}
_LONGEST_PROPERTY: Final = 255  # what python-docx, and the format's readers, take
_A_TIME: Final = (1980, 1, 1, 0, 0, 0)  # the zip directory's first; the truth is in the properties


@cache
def _blank() -> bytes:
    folder = files("sharing.documents") / "blank"
    with BytesIO() as stream:
        with zipfile.ZipFile(stream, "w") as package:
            for part, file in _PARTS.items():
                package.writestr(part, (folder / file).read_bytes())
        return stream.getvalue()


def blank_document(title: str, imprint: Imprint) -> Document:
    """An upright page in the standard's layout, without a word on it."""
    document = opened(BytesIO(_blank()))
    about = document.core_properties
    about.title = one_line(title)[:_LONGEST_PROPERTY]
    about.author = about.last_modified_by = one_line(imprint.office)[:_LONGEST_PROPERTY]
    about.created = about.modified = imprint.made_at_utc.replace(tzinfo=None)
    about.revision = 1
    about.language = "zh-CN"
    about.comments = about.keywords = about.subject = about.category = ""
    return document


def bytes_of(document: Document) -> bytes:
    """The file. Nothing of the moment or of the machine is in it."""
    with BytesIO() as saved, BytesIO() as stream:
        document.save(saved)
        with (
            zipfile.ZipFile(saved) as theirs,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as ours,
        ):
            for name in theirs.namelist():
                entry = zipfile.ZipInfo(name, date_time=_A_TIME)
                entry.create_system = 0  # else it says which system made it
                entry.compress_type = zipfile.ZIP_DEFLATED
                ours.writestr(entry, theirs.read(name))
        return stream.getvalue()
