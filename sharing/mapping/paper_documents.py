"""A working paper as the document that is kept on file, from its newest text and its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kernel.clock import CHINA
from kernel.text import day_text
from sharing.documents import working_paper as documents
from sharing.documents.working_paper import CitedRule
from sharing.domain.dictionary import DISCIPLINES, SEVERITIES, Discipline, Severity
from sharing.domain.findings import EVIDENCE_TITLES, EvidenceKind
from sharing.models.papers import (
    PaperBasis,
    PaperEvidence,
    PaperStep,
    PaperVersion,
    WorkingPaper,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A text with what it cites and rests on, and all steps of its paper in their order."""

    version: PaperVersion
    bases: Sequence[PaperBasis]
    evidence: Sequence[PaperEvidence]
    steps: Sequence[PaperStep]


def working_paper_document(
    paper: WorkingPaper, written: Written, *, office: str
) -> documents.WorkingPaper:
    version = written.version
    judged = _judged(written.steps)
    return documents.WorkingPaper(
        number=paper.mark,
        office=office,
        round_name=paper.room.round_name,
        team=paper.room.team_name,
        unit=paper.unit_name,
        title=version.title,
        category=_category(version),
        disciplines=tuple(DISCIPLINES[Discipline(one)].zh for one in version.disciplines),
        severity=SEVERITIES[Severity(version.severity)].zh if version.severity else "",
        money=yuan(version.money_cents),
        people="" if version.people_count is None else f"{version.people_count}人",
        fact=version.fact,
        nature=version.nature,
        responsibility=version.responsibility,
        basis=tuple(CitedRule(one.text_title, one.article, one.edition) for one in written.bases),
        evidence=tuple(_evidence(one) for one in written.evidence),
        finder=paper.finder_name,
        found_on=paper.begun_at.astimezone(CHINA).date() if paper.begun_at else None,
        meeting_opinion=judged.opinion,
        meeting_on=judged.met_on,
        leader=judged.leader,
        signed_on=judged.signed_on,
    )


def yuan(cents: int | None) -> str:
    """1,260,000.50元: exact, however large."""
    return "" if cents is None else f"{cents // 100:,}.{cents % 100:02d}元"


@dataclass(frozen=True, slots=True)
class _Judged:
    opinion: str = ""
    met_on: date | None = None
    leader: str = ""
    signed_on: date | None = None


def _judged(steps: Sequence[PaperStep]) -> _Judged:
    """By the steps since the text was last given back: what a further text is not yet judged by,
    its document does not say."""
    judged = _Judged()
    for step in steps:
        if step.act in ("sent_back", "taken_back"):
            judged = _Judged()
        elif step.act == "meeting_passed":
            met_on = date.fromisoformat(step.facts["met_on"])
            judged = _Judged(step.facts["meeting_opinion"], met_on)
        elif step.act == "not_upheld":
            judged = _Judged(f"问题不成立：{step.reason}")
        elif step.act == "signed" and step.at is not None:
            on = step.at.astimezone(CHINA).date()
            judged = _Judged(judged.opinion, judged.met_on, step.by_name, on)
    return judged


def _category(version: PaperVersion) -> str:
    parent = version.category.parent if version.category else None
    return " / ".join(filter(None, (parent.title if parent else "", version.class_name)))


def _evidence(one: PaperEvidence) -> str:
    more = (
        EVIDENCE_TITLES[EvidenceKind(one.kind)].zh,
        day_text(one.dated_on).zh if one.dated_on else "",
        f"{one.pages}页" if one.pages else "",
        f"存{one.kept_at}" if one.kept_at else "",
    )
    return f"{one.title}（{'，'.join(filter(None, more))}）"
