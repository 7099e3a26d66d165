"""A letter of the office as the document that is sent."""

from __future__ import annotations

from collections.abc import Sequence

from kernel.text import day_text
from sharing.documents import letters as documents
from sharing.documents.closings import Copies, Signature
from sharing.documents.heads import DocumentNumber, Head
from sharing.documents.letters import PAPERS, Paper
from sharing.domain.letters import SERIES, LetterKind
from sharing.models.letters import Letter, LetterCopy


def letter_document(
    letter: Letter, copies: Sequence[LetterCopy], *, office: str
) -> documents.Letter:
    """`office`: its full name. Of a letter that nobody signed, number and day are left open."""
    kind = LetterKind(letter.kind)
    return documents.Letter(
        kind=kind,
        head=Head(issuer=office, number=_number(letter)),
        title=letter.title,
        addressees=(letter.addressee,),
        text=letter.body,
        signature=Signature(office, letter.signed_on),
        note=_term(letter),
        copies=_copies(letter, copies, office),
    )


def _number(letter: Letter) -> DocumentNumber | None:
    if letter.year is None or letter.number is None:
        return None
    return DocumentNumber(SERIES[LetterKind(letter.kind)], letter.year, letter.number)


def _term(letter: Letter) -> str:
    """The text speaks of the term that was set; the day itself comes with the signature."""
    if letter.due_on is None:
        return f"回复期限：签发之日起{letter.reply_days}个工作日"
    return f"回复期限：{day_text(letter.due_on).zh}"


def _copies(letter: Letter, copies: Sequence[LetterCopy], office: str) -> Copies:
    receivers = tuple(copy.addressee for copy in copies)
    if PAPERS[LetterKind(letter.kind)] is Paper.LETTER:
        return Copies(receivers)
    return Copies(receivers, printed_by=office, printed_on=letter.signed_on)
