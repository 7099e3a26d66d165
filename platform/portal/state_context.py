"""A plan's way into force, arranged for the top of its page: stages, the next step, the differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from portal.publication_forms import WordsForm
from scheduling.domain.goals import GOALS
from scheduling.selectors.publication import DifferenceView, PlanStateView, plan_state
from tenancy.actor import Actor
from webui.language import spoken

STAGES = ("candidate", "proposed", "confirmed", "approved", "published")


@dataclass(frozen=True, slots=True)
class Stage:
    """`look`: done, now or todo."""

    number: int
    title: str
    look: str
    by: str = ""
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DifferenceWords:
    view: DifferenceView
    measures: Sequence[tuple[str, int, int]]


def state_context(actor: Actor, number: int, form: WordsForm | None = None) -> dict[str, Any]:
    """`form`: the director's words, when they were not accepted."""
    way = plan_state(actor, number)
    return {
        "way": way,
        "stages": tuple(_stages(way)),
        "next_step": _next_step(way),
        "way_difference": difference_in_words(way.difference),
        "words_form": form or WordsForm(),
        "is_returning": form is not None,
    }


def difference_in_words(view: DifferenceView | None) -> DifferenceWords | None:
    if view is None:
        return None
    titles = {goal.measure: goal.title[spoken()] for goal in GOALS}
    return DifferenceWords(view, [(titles.get(name, name), a, b) for name, a, b in view.measures])


def _stages(way: PlanStateView) -> Iterator[Stage]:
    titles = {
        "candidate": gettext("Candidate"),
        "proposed": gettext("Proposal"),
        "confirmed": gettext("Confirmation by the offices"),
        "approved": gettext("Approval"),
        "published": gettext("Publication"),
    }
    reached = _reached(way)
    for number, code in enumerate(STAGES):
        look = "done" if number < reached else "now" if number == reached else "todo"
        by, at = _signed(way, code) if number < reached else ("", None)
        yield Stage(number + 1, titles[code], look, by, at, _note(way, code))


def _signed(way: PlanStateView, code: str) -> tuple[str, datetime | None]:
    """Who took the stage, and when."""
    if code == "candidate":
        return way.made_by, way.made_at
    step = way.newest(code)
    return (step.by, step.at) if step else ("", None)


def _reached(way: PlanStateView) -> int:
    """How many stages are behind it."""
    if way.state == "candidate":
        return 1
    if way.state == "proposed":
        return 3 if way.is_confirmed else 2
    return 4 if way.state == "approved" else len(STAGES)


def _note(way: PlanStateView, code: str) -> str:
    if code == "confirmed" and way.answers:
        return gettext("%(done)d of %(all)d offices") % {
            "done": way.confirmed,
            "all": len(way.answers),
        }
    if code == "published" and way.state == "superseded":
        return gettext("corrected by a later version")
    if code == "published" and way.state == "withdrawn":
        return gettext("withdrawn")
    if code == "published" and way.published is not None:
        return gettext("version %(n)d") % {"n": way.published.number}
    return ""


def _next_step(way: PlanStateView) -> str:
    """One sentence: whose turn it is, and for what."""
    if way.state == "candidate":
        if way.other:
            return ""
        if way.obstacles:
            return gettext("Next: put this right, then propose the plan.")
        if "propose" in way.may and way.is_to_be_checked:
            return gettext(
                "Next: propose it. The independent check looks first and, if it finds nothing, the"
                " proposal goes on by itself."
            )
        return gettext("Next: the scheduler proposes it for approval.")
    if way.obstacles and way.is_confirmed:
        return gettext(
            "Next: take the plan back or return it, put this right and propose it again."
        )
    if way.state == "proposed" and not way.is_confirmed:
        return gettext("Next: the offices that send people confirm whom they send.")
    if way.state == "proposed":
        return gettext("Next: the director of the city office approves it or returns it.")
    if way.state == "approved":
        return gettext("Next: the director of the city office publishes it.")
    return ""
