"""约谈记录: whom the office talked to after the feedback, about what, and what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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

TITLE = "约谈记录"


@dataclass(frozen=True, slots=True)
class TalkRecord:
    number: str
    round_name: str
    unit: str
    began_at: datetime
    ended_at: datetime
    place: str
    talker: str
    talker_post: str
    talked_to: str
    talked_to_post: str
    recorder: str
    matter: str
    said: str
    commitment: str


def talk_record_docx(record: TalkRecord, imprint: Imprint) -> bytes:
    document = blank_document(f"{TITLE} {record.number}", imprint)
    lay_out(document, imprint)
    put_plain_title(document, TITLE)
    put(document, Style.BESIDE_TABLE, f"编号：{record.number}")
    put_form(
        document,
        (
            (("巡察轮次", record.round_name), ("被约谈单位", record.unit)),
            (("约谈时间", _when(record)), ("约谈地点", record.place)),
            (("约谈人", record.talker), ("职务", record.talker_post)),
            (("被约谈人", record.talked_to), ("职务", record.talked_to_post)),
            (("记录人", record.recorder),),
            (("约谈事由", record.matter),),
            (("约谈内容", record.said),),
            (("表态承诺", record.commitment),),
            (("约谈人签字", f"\n{day(None)}"), ("被约谈人签字", f"\n{day(None)}")),
        ),
        wide=UPRIGHT.text_wide,
    )
    put(document, Style.BESIDE_TABLE, "本记录经被约谈人核对无误后签字。")
    return bytes_of(document)


def _when(record: TalkRecord) -> str:
    began, ended = record.began_at.astimezone(CHINA), record.ended_at.astimezone(CHINA)
    until = (
        f"{ended:%H:%M}" if ended.date() == began.date() else f"{day(ended.date())} {ended:%H:%M}"
    )
    return f"{day(began.date())}\n{began:%H:%M}至{until}"
