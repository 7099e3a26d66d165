"""Letters of all kinds, on the head that each kind is sent under.

What a letter says is its text, as it was reviewed and signed: `drafts` offers one to begin with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from sharing.documents.blank import blank_document, bytes_of
from sharing.documents.closings import (
    NO_COPIES,
    Copies,
    Signature,
    put_annexes,
    put_copies,
    put_note,
    put_signature,
)
from sharing.documents.heads import Head, put_document_head, put_letter_head, put_title
from sharing.documents.imprint import Imprint
from sharing.documents.pages import lay_out
from sharing.documents.plain import one_line
from sharing.documents.styles import Style
from sharing.documents.writing import put, put_text
from sharing.domain.letters import LetterKind


class Paper(Enum):
    """文件格式 with 文件 in the head, or 信函格式 with the red double lines."""

    DOCUMENT = "document"
    LETTER = "letter"


# 函 go in the form of letters (10.1); a notice and a formal proposal in that of documents.
PAPERS: Final[Mapping[LetterKind, Paper]] = MappingProxyType(
    {
        LetterKind.NOTIFICATION: Paper.LETTER,
        LetterKind.LEAD_HANDLING: Paper.LETTER,
        LetterKind.PROPOSAL: Paper.DOCUMENT,
        LetterKind.RECTIFICATION_NOTICE: Paper.DOCUMENT,
        LetterKind.SECONDMENT: Paper.LETTER,
        LetterKind.URGING: Paper.LETTER,
    }
)


@dataclass(frozen=True, slots=True)
class Letter:
    """`text`: the body, a paragraph a line; lines that begin 一、 or （一） are set as titles."""

    kind: LetterKind
    head: Head
    title: str
    addressees: tuple[str, ...]
    text: str
    signature: Signature
    annexes: tuple[str, ...] = ()
    note: str = ""
    copies: Copies = NO_COPIES


def letter_docx(letter: Letter, imprint: Imprint) -> bytes:
    """The letter as it is sent; with an `imprint` that names who takes it away, as an export."""
    document = blank_document(letter.title, imprint)
    as_letter = PAPERS[letter.kind] is Paper.LETTER
    lay_out(document, imprint, first_is_other=as_letter)
    if as_letter:
        put_letter_head(document, letter.head)
    else:
        put_document_head(document, letter.head)
    put_title(document, letter.title)
    put(document, Style.ADDRESSEE, "，".join(map(one_line, letter.addressees)) + "：")
    put_text(document, letter.text)
    put_annexes(document, letter.annexes)
    put_signature(document, letter.signature)
    if letter.note:
        put_note(document, letter.note)
    put_copies(document, letter.copies, ruled=not as_letter)
    return bytes_of(document)
