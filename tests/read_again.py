"""A docx that we wrote, opened again by python-docx: what stands in it, and where."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from docx import Document

# What somebody types who means no good, or whose name is rare. Of one line, 120 signs at most.
HOSTILE = (
    "& < > \" ' &amp; <w:t> ]]> <!-- -->",
    "{{ 7*7 }} {% import os %} ${x} #{x} %s {0}",
    "{ PAGE } =SUM(A1) DDEAUTO \\fldChar",
    "𠮷野 䶮 㐀 مرحبا",
    "长" * 120,
)


@dataclass(frozen=True, slots=True)
class Again:
    """`cells`: of all tables, each merged cell once. `above`: what stands at the head of pages."""

    paragraphs: tuple[str, ...]
    cells: tuple[str, ...]
    above: tuple[str, ...]
    author: str

    @property
    def text(self) -> str:
        return "\n".join((*self.above, *self.paragraphs, *self.cells))

    @property
    def mark(self) -> str:
        """What an export says on its pages; empty: it bears none."""
        return next((words for words in self.above if words.endswith("导出")), "")

    def beside(self, label: str) -> str:
        """What stands in the cell right of a label."""
        return self.cells[self.cells.index(label) + 1]


def opened_again(content: bytes) -> Again:
    document = Document(BytesIO(content))
    cells: list[str] = []
    for table in document.tables:
        for row in table.rows:
            once = {id(cell._tc): cell.text for cell in row.cells}
            cells += once.values()
    heads = [
        paragraph.text
        for section in document.sections
        for head in (section.header, section.first_page_header, section.even_page_header)
        for paragraph in head.paragraphs
    ]
    return Again(
        tuple(paragraph.text for paragraph in document.paragraphs),
        tuple(cells),
        tuple(heads),
        document.core_properties.author,
    )
