"""约谈记录: whom the office talked to after the feedback, about what, and what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
    """What is empty is left to the hand; without `held_on` it is a form to take along."""

    round_name: str
    unit: str
    held_on: date | None
    talker: str
    talked_to: str
    talked_to_post: str
    recorder: str
    matter: str
    commitment: str
    place: str = ""
    said: str = ""


def talk_record_docx(record: TalkRecord, imprint: Imprint) -> bytes:
    document = blank_document(f"{TITLE} {record.unit}", imprint)
    lay_out(document, imprint)
    put_plain_title(document, TITLE)
    put_form(
        document,
        (
            (("巡察轮次", record.round_name), ("被约谈单位", record.unit)),
            (("约谈日期", day(record.held_on)), ("约谈地点", record.place)),
            (("约谈人", record.talker), ("记录人", record.recorder)),
            (("被约谈人", record.talked_to), ("职务", record.talked_to_post)),
            (("约谈事由", record.matter),),
            (("约谈内容", _or_room(record.said)),),
            (("表态承诺", _or_room(record.commitment)),),
            (("约谈人签字", f"\n{day(None)}"), ("被约谈人签字", f"\n{day(None)}")),
        ),
        wide=UPRIGHT.text_wide,
    )
    put(document, Style.BESIDE_TABLE, "本记录经被约谈人核对无误后签字。")
    return bytes_of(document)


def _or_room(said: str) -> str:
    """What was said, or lines for the hand."""
    return said or "\n" * 5
