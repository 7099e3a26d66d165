"""What the pages of deadlines show, from what the selectors found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.deadline_forms import WHICH, BoardForm, PauseForm, after_of
from sharing.selectors.deadlines import (
    MOST_COUNTED,
    DeadlineLine,
    DeadlinePage,
    Figures,
    Which,
    deadlines_part,
    figures,
    has_any,
)
from tenancy.actor import Actor
from tenancy.domain.roles import Permission

# How a state is marked (webui's `mark`), and in which words.
STATES: dict[str, tuple[str, str | Promise]] = {
    "running": ("info", _("running")),
    "paused": ("quiet", _("paused")),
    "kept": ("good", _("done in time")),
    "kept_late": ("warn", _("done late")),
    "stopped": ("quiet", _("not waited for any more")),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line, how it is marked, and where its record is."""

    line: DeadlineLine
    mark: str
    state: str | Promise
    record: str


@dataclass(frozen=True, slots=True)
class Tab:
    which: str
    title: str | Promise
    count: str
    is_here: bool
    is_alarm: bool


def shown(line: DeadlineLine) -> Shown:
    mark, words = STATES[line.state]
    if line.state == "running" and line.late:
        mark, words = "bad", _("overdue")
    elif line.is_soon:
        mark, words = "warn", _("due soon")
    record = reverse(f"portal:{line.page}", args=[line.record]) if line.page else ""
    return Shown(line, mark, words, record)


def shown_page(page: DeadlinePage, form: PauseForm) -> dict[str, Any]:
    return {"page": page, "one": shown(page.line), "form": form}


def board_context(actor: Actor, form: BoardForm) -> dict[str, Any]:
    counts = figures(actor)
    context: dict[str, Any] = {
        "form": form,
        "may_set": actor.may(Permission.SET_TERMS),
        "lines": [],
        "after": "",
        "tabs": _tabs(counts, form.chosen if form.is_valid() else None),
        "is_empty": False,
    }
    if not form.is_valid():
        return context
    part = deadlines_part(actor, form.window(), **form.asked())
    narrowed = any(form.cleaned_data.values())
    return context | {
        "lines": [shown(line) for line in part.lines],
        "after": after_of(part.next_after),
        "which": form.chosen.value,
        "told": form.cleaned_data["told"],
        "is_empty": not part.lines and not narrowed and not has_any(actor),
    }


def _tabs(counts: Figures, here: Which | None) -> Sequence[Tab]:
    numbers = {
        Which.OPEN: counts.open,
        Which.SOON: counts.soon,
        Which.OVERDUE: counts.overdue,
        Which.PAUSED: counts.paused,
    }
    return [
        Tab(
            which.value,
            title,
            _counted(numbers[which]) if which in numbers else "",
            which is here,
            which is Which.OVERDUE and counts.overdue > 0,
        )
        for which, title in WHICH
    ]


def _counted(count: int) -> str:
    return "99+" if count >= MOST_COUNTED else str(count)
