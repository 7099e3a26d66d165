"""共享信息副本: a view of another office's record, as somebody who may carries it away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kernel.clock import CHINA
from sharing.documents.blank import blank_document, bytes_of
from sharing.documents.closings import day
from sharing.documents.heads import put_plain_title
from sharing.documents.imprint import Imprint
from sharing.documents.measures import UPRIGHT
from sharing.documents.pages import lay_out
from sharing.documents.styles import Style
from sharing.documents.tables import put_form
from sharing.documents.writing import put
from sharing.domain.shared_views import EMPTY

TITLE = "共享信息副本"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SharedViewCopy:
    """`until`: exclusive. `digest`: SHA-256 of the view, in hexadecimal. `fields`: title and words."""

    owner: str
    receiver: str
    taken_by: str
    taken_at: datetime
    kind: str
    purpose: str
    until: date
    digest: str
    fields: Sequence[tuple[str, str]]


def shared_view_docx(copy: SharedViewCopy, imprint: Imprint) -> bytes:
    """The imprint is that of an export: its mark stands across each page."""
    document = blank_document(f"{TITLE} {copy.kind}", imprint)
    lay_out(document, imprint)
    put_plain_title(document, TITLE)
    put(document, Style.BESIDE_TABLE, mark_of(copy))
    put_form(document, _about(copy), wide=UPRIGHT.text_wide)
    rows = tuple(((title, words or EMPTY.zh),) for title, words in copy.fields)
    put(document, Style.BESIDE_TABLE, f"内容（{copy.kind}）")
    put_form(document, rows, wide=UPRIGHT.text_wide)
    put(document, Style.BESIDE_TABLE, f"校验值：{copy.digest}")
    put(
        document,
        Style.BESIDE_TABLE,
        "本副本仅限上述用途使用，不得转送。授权到期或收回后应当销毁，并向提供单位报告。",
    )
    return bytes_of(document)


def mark_of(copy: SharedViewCopy) -> str:
    """Who carried it away, when, for which purpose: in the text too, where a page is photographed."""
    here = copy.taken_at.astimezone(CHINA)
    return (
        f"{copy.receiver} {copy.taken_by} {here:%Y-%m-%d %H:%M} 取得，"
        f"用途：{copy.purpose}，版本：{copy.digest[:16]}"
    )


def _about(one: SharedViewCopy) -> tuple[tuple[tuple[str, str], ...], ...]:
    return (
        (("提供单位", one.owner), ("接收单位", one.receiver)),
        (("使用目的", one.purpose), ("授权期限", f"至{day(one.until - ONE_DAY)}（含当日）")),
    )
