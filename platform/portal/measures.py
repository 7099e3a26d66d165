"""What a plan's measures mean, in one plain sentence each. Titles and units are the engine's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scheduling.domain.goals import GOALS
from webui.language import spoken

MEANINGS: Mapping[str, str | Promise] = {
    "uncovered": _(
        "Units that could be visited but are not, each counted with its priority. 0: all are visited."
    ),
    "soft_conflict": _("Ties that bar nobody but are best avoided, each counted with its weight."),
    "peak_share": _(
        "The load on the office drawn on most heavily: people it sends, per thousand on its list."
    ),
    "recent_load": _(
        "Days of inspection that the people sent had already served in the last twelve months. Fewer is fairer."
    ),
    "skill_gap": _(
        "Specialities that a unit calls for and its team lacks, weighted by the unit's risk."
    ),
    "green_leader": _("High-risk units whose leader has served fewer than three rounds."),
    "travel": _("Kilometres between the people's offices and the counties that they inspect."),
    "changes": _("People and units placed differently from the published plan."),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of a plan, ready to read."""

    title: str
    unit: str
    value: int
    meaning: str | Promise


def measures_in_words(values: Mapping[str, int]) -> Sequence[Measure]:
    """In the engine's order, those that the plan has."""
    return tuple(
        Measure(
            goal.title[spoken()],
            goal.unit[spoken()],
            values[goal.measure],
            MEANINGS[goal.measure],
        )
        for goal in GOALS
        if goal.measure in values
    )


def tier_in_words(measures: Sequence[str]) -> str:
    """The goals that one tier weighs against each other, in the engine's order."""
    separator = "; " if spoken() == "en" else "；"
    return separator.join(goal.title[spoken()] for goal in GOALS if goal.measure in measures)
