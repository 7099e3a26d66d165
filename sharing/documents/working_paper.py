"""问题底稿: one issue a paper, in three parts, with what it rests on and who found it."""

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
from sharing.documents.writing import numbered, put

TITLE = "巡察问题底稿"


@dataclass(frozen=True, slots=True)
class CitedRule:
    """A rule of the library, in the version that was in force. `article` and `version` may be empty."""

    title: str
    article: str
    version: str

    def __str__(self) -> str:
        version = f"（{self.version}）" if self.version else ""
        return f"《{self.title}》{self.article}{version}"


@dataclass(frozen=True, slots=True)
class WorkingPaper:
    """`number`: 〔year〕round-team-sequence. `meeting_on` and `signed_on` None: not yet."""

    number: str
    office: str
    round_name: str
    team: str
    unit: str
    title: str
    category: str
    disciplines: tuple[str, ...]
    severity: str
    money: str
    people: str
    fact: str
    nature: str
    responsibility: str
    basis: tuple[CitedRule, ...]
    evidence: tuple[str, ...]
    finder: str
    found_on: date | None
    meeting_opinion: str
    meeting_on: date | None
    leader: str
    signed_on: date | None


def working_paper_docx(paper: WorkingPaper, imprint: Imprint) -> bytes:
    document = blank_document(f"{TITLE} {paper.number}", imprint)
    lay_out(document, imprint)
    put_plain_title(document, TITLE)
    put(document, Style.BESIDE_TABLE, f"编号：{paper.number}")
    put_form(
        document,
        (
            (("巡察轮次", paper.round_name), ("巡察组", paper.team)),
            (("被巡察单位", paper.unit), ("问题类别", paper.category)),
            (("问题标题", paper.title),),
            (("涉及纪律", "、".join(paper.disciplines)), ("严重程度", paper.severity)),
            (("涉及金额", paper.money), ("涉及人员", paper.people)),
            (("问题事实", paper.fact),),
            (("问题性质", paper.nature),),
            (("责任认定", paper.responsibility),),
            (("定性依据", numbered(map(str, paper.basis))),),
            (("证据清单", numbered(paper.evidence)),),
            (("发现人", paper.finder), ("发现日期", day(paper.found_on))),
            (("组务会意见", paper.meeting_opinion),),
            (("组务会日期", day(paper.meeting_on)), ("组长签字", _signed(paper))),
        ),
        wide=UPRIGHT.text_wide,
    )
    put(document, Style.BESIDE_TABLE, f"本底稿一事一稿，由{paper.office}留存归档。")
    return bytes_of(document)


def _signed(paper: WorkingPaper) -> str:
    return f"{paper.leader}\n{day(paper.signed_on)}"
