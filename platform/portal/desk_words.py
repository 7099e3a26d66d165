"""Prices and breaches at the desk, in words and colours. Lower is better in every measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scheduling.domain.goals import GOALS
from scheduling.domain.vocabulary import TEAM_ROLES, said
from scheduling.selectors.desk_page import Broken, broken_lines
from webui.language import spoken

# What stands in the strip, where a whole title has no room.
SHORT: Mapping[str, str | Promise] = {
    "uncovered": _("Left out"),
    "soft_conflict": _("Soft conflicts"),
    "peak_share": _("Peak share ‰"),
    "recent_load": _("Days served"),
    "skill_gap": _("Skill gap"),
    "green_leader": _("Junior leaders"),
    "travel": _("Travel km"),
    "changes": _("Changes"),
}
TITLES = {goal.measure: goal.title for goal in GOALS}
UNITS = {goal.measure: goal.unit for goal in GOALS}


@dataclass(frozen=True, slots=True)
class Step:
    """One measure, before and after. `tone`: good, bad or same."""

    short: str | Promise
    title: str
    unit: str
    before: int
    after: int

    @property
    def delta(self) -> int:
        return self.after - self.before

    @property
    def tone(self) -> str:
        return "same" if not self.delta else "bad" if self.delta > 0 else "good"

    @property
    def signed(self) -> str:
        """+12, −3, ±0: with the minus that is as wide as the plus."""
        if not self.delta:
            return "±0"
        return f"+{self.delta:,}" if self.delta > 0 else f"−{-self.delta:,}"


@dataclass(frozen=True, slots=True)
class PriceView:
    steps: Sequence[Step]
    new: Sequence[Broken]
    gone: Sequence[Broken]

    @property
    def moving(self) -> Sequence[Step]:
        """Those that the edit changes."""
        return [step for step in self.steps if step.delta]

    @property
    def is_nothing(self) -> bool:
        return not self.moving and not self.new and not self.gone


def price_view(price: Mapping[str, Any]) -> PriceView:
    """A stored price; the opening of a draft has figures and no breaches."""
    pairs: Mapping[str, Sequence[int]] = price.get("measures", {})
    steps = [step_of(code, *pair) for code, pair in pairs.items() if code != "changes" or any(pair)]
    return PriceView(steps, broken_lines(price.get("new", ())), broken_lines(price.get("gone", ())))


def step_of(code: str, before: int, after: int) -> Step:
    return Step(SHORT[code], TITLES[code][spoken()], UNITS[code][spoken()], before, after)


def role_word(role: str) -> str:
    return said(TEAM_ROLES, role)[spoken()]
