"""The words of a record, field by field, as a view can show them: of findings, clues, items, letters.

Documents of offices are Chinese, and so are these words, whoever reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from kernel.clock import CHINA
from sharing.domain.dictionary import SEVERITIES, Severity
from sharing.domain.letters import LETTER_RULES, LetterKind
from sharing.domain.outcomes import OUTCOME_TITLES, OutcomeCode
from sharing.domain.routing import LEVEL_TITLES, ManagementLevel
from sharing.domain.shared_views import Shareable
from sharing.mapping.paper_documents import yuan
from sharing.models.letters import Letter
from sharing.models.office_clues import OfficeClue
from sharing.models.papers import PaperVersion, WorkingPaper
from sharing.models.rectification import RectificationItem
from sharing.models.steps import Step


def words_of(kind: Shareable, record: Any) -> Mapping[str, str]:
    """Each field of the kind; "" where the record has nothing."""
    return READ[kind](record)


def name_of(kind: Shareable, record: Any) -> str:
    """By what the owner's people know the record: in no view. On paper it stands in the owner's own
    certificate alone."""
    if kind is Shareable.ITEM:
        return f"{record.desk.name} · {record.brief}"
    if kind is Shareable.CLUE:
        return f"{record.subject_name} · {record.subject_unit}"
    if kind is Shareable.FINDING:
        return f"{record.unit_name} · {record.title}"
    return " ".join(filter(None, (record.reference, record.title)))


def _finding(paper: WorkingPaper) -> Mapping[str, str]:
    """The text that was fed back: the newest one that was in a report."""
    put = paper.done.filter(act="put_in_report").order_by("-number").first()
    number = (put.facts.get("version") if put else None) or paper.version
    text = PaperVersion.objects.get(tenant_id=paper.tenant_id, paper_id=paper.pk, number=number)
    served = paper.done.filter(act="fed_back").order_by("-number").first()
    return {
        "unit": paper.unit_name,
        "round": paper.room.round_name,
        "title": text.title,
        "category": text.class_name,
        "fact": text.fact,
        "nature": text.nature,
        "responsibility": text.responsibility,
        "bases": "；".join(
            f"《{one.text_title}》{one.article}{one.edition}"
            for one in text.bases.order_by("position")
        ),
        "severity": SEVERITIES[Severity(text.severity)].zh if text.severity else "",
        "money": yuan(text.money_cents),
        "people": "" if text.people_count is None else f"{text.people_count}人",
        "fed_back_on": _day(_on(served)),
    }


def _clue(clue: OfficeClue) -> Mapping[str, str]:
    told = clue.outcomes.filter(person=1).order_by("-telling", "code")
    last = [one for one in told if one.telling == told[0].telling] if told else []
    return {
        "subject": clue.subject_name,
        "post": clue.subject_post,
        "unit": clue.subject_unit,
        "level": LEVEL_TITLES[ManagementLevel(clue.management_level)].zh,
        "gist": clue.gist,
        "evidence": "\n".join(str(one) for one in clue.evidence),
        "state": clue.life.states[clue.state].zh,
        "outcome": "、".join(OUTCOME_TITLES[OutcomeCode(one.code)].zh for one in last),
    }


def _item(item: RectificationItem) -> Mapping[str, str]:
    outcomes = [cause.outcome for cause in item.outcomes.select_related("outcome").order_by("pk")]
    closed = item.acts.filter(act="closed_out").order_by("-number").first()
    is_closed = item.state in item.life.finals
    return {
        "unit": item.desk.name,
        "round": item.round_name,
        "issue": item.issue,
        "category": item.category,
        "goal": item.goal,
        "measures": item.measures,
        "department": item.department,
        "state": item.life.states[item.state].zh,
        "due_on": _day(item.due_on),
        "closed_on": _day(_on(closed)) if is_closed else "",
        "outcomes": "\n".join(
            " ".join(filter(None, (one.title, one.yuan and f"{one.yuan}元"))) for one in outcomes
        ),
    }


def _letter(letter: Letter) -> Mapping[str, str]:
    replies = letter.replies.order_by("pk")
    return {
        "kind": LETTER_RULES[LetterKind(letter.kind)].title.zh,
        "reference": letter.reference,
        "addressee": letter.addressee,
        "title": letter.title,
        "body": letter.body,
        "signed_on": _day(letter.signed_on),
        "reply": "\n".join(one.text for one in replies),
    }


READ: Mapping[Shareable, Callable[[Any], Mapping[str, str]]] = {
    Shareable.FINDING: _finding,
    Shareable.CLUE: _clue,
    Shareable.ITEM: _item,
    Shareable.LETTER: _letter,
}


def _on(step: Step | None) -> date | None:
    return step.at.astimezone(CHINA).date() if step and step.at else None


def _day(on: date | None) -> str:
    return "" if on is None else f"{on.year}年{on.month}月{on.day}日"
