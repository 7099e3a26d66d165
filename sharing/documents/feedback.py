"""反馈意见: what the inspection found, as it is read out and served. Its day is clock zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docx.document import Document

from kernel.text import day_text
from sharing.documents.blank import blank_document, bytes_of
from sharing.documents.closings import (
    NO_COPIES,
    Copies,
    Signature,
    put_annexes,
    put_copies,
    put_signature,
)
from sharing.documents.heads import Head, put_document_head, put_title
from sharing.documents.imprint import Imprint
from sharing.documents.pages import lay_out
from sharing.documents.plain import one_line
from sharing.documents.styles import Style
from sharing.documents.writing import chinese, is_numbered, put, put_lines, put_text


@dataclass(frozen=True, slots=True)
class FedBackFinding:
    """One finding in its three parts. Parts that are empty are left out."""

    title: str
    fact: str
    nature: str
    responsibility: str


@dataclass(frozen=True, slots=True)
class FindingClass:
    """The findings of one class, under its name."""

    title: str
    findings: tuple[FedBackFinding, ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """`overview` and `duty`: as they were written; where they are empty, words of ours stand in their
    place, with the days. A line of `advice` that has a number of its own keeps it."""

    head: Head
    unit: str
    committee: str  # whose inspection it is: 中共东屿县委
    team: str
    round_name: str
    began_on: date
    ended_on: date
    overview: str
    evaluation: str
    classes: tuple[FindingClass, ...]
    advice: tuple[str, ...]
    duty: str
    plan_on: date | None  # until when the plan of rectification is due; None: not served yet
    report_on: date | None
    signature: Signature
    annexes: tuple[str, ...] = ()
    copies: Copies = NO_COPIES

    @property
    def title(self) -> str:
        return f"关于巡察{one_line(self.unit)}的反馈意见"


def feedback_docx(feedback: Feedback, imprint: Imprint) -> bytes:
    document = blank_document(feedback.title, imprint)
    lay_out(document, imprint)
    put_document_head(document, feedback.head)
    put_title(document, feedback.title)
    put(document, Style.ADDRESSEE, f"{one_line(feedback.unit)}：")
    put_lines(document, Style.BODY, feedback.overview or _opening(feedback))
    put(document, Style.LEVEL_1, "一、总体评价")
    put_lines(document, Style.BODY, feedback.evaluation)
    put(document, Style.LEVEL_1, "二、巡察发现的主要问题")
    for number, one_class in enumerate(feedback.classes, start=1):
        _put_class(document, number, one_class)
    put(document, Style.LEVEL_1, "三、意见建议")
    _put_advice(document, feedback.advice)
    put(document, Style.LEVEL_1, "四、整改要求")
    put_lines(document, Style.BODY, feedback.duty or _duty(feedback))
    put_annexes(document, feedback.annexes)
    put_signature(document, feedback.signature)
    put_copies(document, feedback.copies, ruled=True)
    return bytes_of(document)


def _opening(feedback: Feedback) -> str:
    began, ended = day_text(feedback.began_on).zh, day_text(feedback.ended_on).zh
    return (
        f"根据{one_line(feedback.committee)}统一部署，{began}至{ended}，{one_line(feedback.team)}"
        f"对{one_line(feedback.unit)}开展了{one_line(feedback.round_name)}。"
        "经巡察工作领导小组批准，现将巡察情况反馈如下。"
    )


def _put_class(document: Document, number: int, one_class: FindingClass) -> None:
    put(document, Style.LEVEL_2, f"（{chinese(number)}）{one_line(one_class.title)}")
    for place, finding in enumerate(one_class.findings, start=1):
        put(document, Style.BODY, f"{place}. {one_line(finding.title)}")
        for part in (finding.fact, finding.nature, finding.responsibility):
            if part:
                put_lines(document, Style.BODY, part)


def _put_advice(document: Document, advice: Sequence[str]) -> None:
    if is_numbered(advice):
        put_text(document, "\n".join(advice))
        return
    for number, words in enumerate(advice, start=1):
        put_text(document, f"（{chinese(number)}）{words}")


def _duty(feedback: Feedback) -> str:
    return (
        "请对照反馈意见逐项研究，建立问题清单、任务清单、责任清单，"
        f"{_until(feedback.plan_on)}报送整改方案，"
        f"{_until(feedback.report_on)}报送整改情况报告和主要负责人组织落实情况的报告。"
        "整改情况应在党内通报，并以适当方式向社会公开。"
    )


def _until(on: date | None) -> str:
    return f"于{day_text(on).zh}前" if on else "在规定期限内"
