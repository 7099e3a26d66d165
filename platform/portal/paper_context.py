"""What the pages of papers and reports have in common: words for codes, acts with their forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from kernel.text import Text
from portal.attachment_forms import EvidenceFileForm
from portal.paper_forms import ACT_FORMS, ActForm
from sharing.domain.dictionary import DISCIPLINES, SEVERITIES
from sharing.domain.findings import EVIDENCE_TITLES
from sharing.domain.life_cycle import Act
from sharing.domain.needs import NEED_TITLES
from sharing.domain.working_papers import WORKING_PAPER
from sharing.selectors.papers import EvidenceLine, PaperPage, PaperQuery, headings
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window

ROWS = 50
# What one does to go on; the others lead back.
ONWARD = frozenset(
    {
        "evidence_completed",
        "meeting_passed",
        "signed",
        "put_in_report",
        "submitted",
        "approved",
        "head_told",
        "meeting_held",
        "served",
    }
)
CODES: Mapping[str, Text] = {
    **{f"severity:{key.value}": text for key, text in SEVERITIES.items()},
    **{f"discipline:{key.value}": text for key, text in DISCIPLINES.items()},
    **{f"evidence:{key.value}": text for key, text in EVIDENCE_TITLES.items()},
    **{f"need:{key}": text for key, text in NEED_TITLES.items()},
    "need:money": Text(zh="涉及金额（元）", en="money involved (yuan)"),
    "need:people": Text(zh="涉及人数", en="people involved"),
}


@dataclass(frozen=True, slots=True)
class OfferedAct:
    act: Act
    form: ActForm
    is_onward: bool
    is_open: bool


def form_of(
    forms: Mapping[str, type[ActForm]], name: str, typed: QueryDict | None = None
) -> ActForm:
    """Of that act; several stand on one page, so its fields are named by it."""
    word = name if name in forms else "act"
    return forms.get(name, ActForm)(typed, auto_id=f"id_{word}_%s")


def offered(
    acts: Sequence[Act],
    forms: Mapping[str, type[ActForm]],
    name: str = "",
    typed: ActForm | None = None,
) -> list[OfferedAct]:
    """Each act with what it asks for; the one that was refused with what was typed."""
    return [
        OfferedAct(
            one,
            typed if typed is not None and one.name == name else form_of(forms, one.name),
            one.name in ONWARD,
            one.name == name,
        )
        for one in acts
    ]


def paper_context(
    page: PaperPage,
    name: str = "",
    typed: ActForm | None = None,
    file_form: EvidenceFileForm | None = None,
) -> dict[str, Any]:
    return {
        "page": page,
        "evidence": [(line, _file_form(page, line, file_form)) for line in page.evidence],
        "file_form": file_form,
        "acts": offered(page.acts, ACT_FORMS, name, typed),
        "life": WORKING_PAPER,
        "states": WORKING_PAPER.states,
    }


def _file_form(
    page: PaperPage, line: EvidenceLine, sent: EvidenceFileForm | None
) -> EvidenceFileForm | None:
    """To hand in a file for that line, where the reader may; the one that was refused says why."""
    position = line.evidence.position
    if sent is not None and sent.data.get("line") == str(position):
        return sent
    if not page.may_attach:
        return None
    return EvidenceFileForm(initial={"line": position}, auto_id=f"id_{position}_%s")


def query_of(request: HttpRequest) -> PaperQuery:
    """What the sieve of the list says. What is no number of anybody finds nobody's."""
    asked = request.GET
    finder = asked.get("finder", "")
    return PaperQuery(
        search=asked.get("q", ""),
        unit=asked.get("unit", ""),
        level=asked.get("level", ""),
        state=asked.get("state", ""),
        severity=asked.get("severity", ""),
        finder=key_of(finder) if finder else None,
    )


def window_of(request: HttpRequest) -> Window:
    after = key_of(request.GET.get("after", ""))
    return Window(ROWS, (after,) if after else None)


def key_of(typed: object) -> int:
    """A number that an address or a form names; 0, which is nobody's, for anything else."""
    text = typed if isinstance(typed, str) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0


def listed(actor: Actor, part: Part[Any], query: PaperQuery) -> dict[str, Any]:
    asked = {
        "q": query.search,
        "unit": query.unit,
        "level": query.level,
        "state": query.state,
        "severity": query.severity,
        "finder": query.finder or "",
    }
    kept = {name: value for name, value in asked.items() if value}
    after = part.next_after[0] if part.next_after else None
    return {
        "rows": part.lines,
        "more": f"?{urlencode({**kept, 'after': after})}" if after else "",
        "as_board": f"?{urlencode({**kept, 'view': 'board'})}",
        "as_list": f"?{urlencode(kept)}",
        "query": query,
        "is_sieved": bool(kept),
        "states": WORKING_PAPER.states,
        "levels": headings(actor),
    }


def must_any(actor: Actor, *either: Permission) -> None:
    """One of them is enough; refused by the first."""
    if not any(actor.may(one) for one in either):
        actor.must(either[0])
