"""线索移交清单: what an office hands to the discipline body, signed on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sharing.documents.blank import blank_document, bytes_of
from sharing.documents.closings import day
from sharing.documents.heads import put_title
from sharing.documents.imprint import Imprint
from sharing.documents.measures import TURNED
from sharing.documents.pages import lay_out, turned
from sharing.documents.styles import Style
from sharing.documents.tables import Column, put_form, put_list
from sharing.documents.writing import numbered, put

TITLE = "问题线索移交清单"
_COLUMNS = (
    Column("序号", 6, centred=True),
    Column("线索编号", 13, centred=True),
    Column("反映对象", 10),
    Column("单位及职务", 13),
    Column("管理权限", 10, centred=True),
    Column("主要内容", 23),
    Column("证据目录", 16),
    Column("来源", 9, centred=True),
)


@dataclass(frozen=True, slots=True)
class HandedClue:
    """One clue, without a word about who told it: `source` is a kind, never a person."""

    number: str
    subject: str
    post: str
    level: str
    gist: str
    evidence: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the hand-over. Empty where the hand signs."""

    body: str
    person: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class HandOver:
    """`receipt`: the number of the receipt; empty until the other side has signed. The terms run
    from there: in working days until then, and by their last days afterwards."""

    number: str
    secrecy: str
    clues: tuple[HandedClue, ...]
    gives: Side
    takes: Side
    receipt: str
    opinion_days: int
    result_days: int
    opinion_on: date | None
    result_on: date | None


def hand_over_docx(hand_over: HandOver, imprint: Imprint) -> bytes:
    document = blank_document(f"{TITLE} {hand_over.number}", imprint)
    lay_out(document, imprint)
    turned(document)
    if hand_over.secrecy:
        put(document, Style.TOP_LEFT, hand_over.secrecy)
    put_title(document, TITLE, lines_above=1 if hand_over.secrecy else 0)
    count = len(hand_over.clues)
    put(document, Style.BESIDE_TABLE, f"清单编号：{hand_over.number}    共{count}件")
    rows = [_row(number, clue) for number, clue in enumerate(hand_over.clues, start=1)]
    put_list(document, _COLUMNS, rows, wide=TURNED.text_wide)
    put(document, Style.BESIDE_TABLE, _terms(hand_over))
    _put_sides(document, hand_over)
    return bytes_of(document)


def _row(number: int, clue: HandedClue) -> tuple[str, ...]:
    return (
        str(number),
        clue.number,
        clue.subject,
        clue.post,
        clue.level,
        clue.gist,
        numbered(clue.evidence),
        clue.source,
    )


def _terms(hand_over: HandOver) -> str:
    if hand_over.opinion_on is None or hand_over.result_on is None:
        opinion, result = hand_over.opinion_days, hand_over.result_days
        return f"请自签收之日起{opinion}个工作日内反馈处置意见，{result}个工作日内反馈办理结果。"
    return f"请于{day(hand_over.opinion_on)}前反馈处置意见，于{day(hand_over.result_on)}前反馈办理结果。"


def _put_sides(document: object, hand_over: HandOver) -> None:
    gives, takes = hand_over.gives, hand_over.takes
    put_form(
        document,
        (
            (("移交单位", gives.body), ("接收单位", takes.body)),
            (("移交人签字", gives.person), ("接收人签字", takes.person)),
            (("移交日期", day(gives.on)), ("接收日期", day(takes.on))),
            (("回执编号", hand_over.receipt),),
        ),
        wide=TURNED.text_wide,
    )
