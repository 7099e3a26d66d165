"""A hit on its way, as a page draws it: of one's own side alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sharing.domain.corroboration.views import Phase
from sharing.selectors.corroboration import HitLine

STAGES: tuple[tuple[str | Promise, str | Promise], ...] = (
    (_("We were told"), _("at a fixed moment, chosen by chance")),
    (_("One agrees"), _("of those who handle the clue")),
    (_("Another confirms"), _("or it is no consent")),
    (_("Waits for its day"), _("whether the other side agrees is never told")),
    (_("Offices named"), _("to both at the same moment")),
)
# How many of the stages are behind each phase, and whether one is at the next.
REACHED: Mapping[Phase, tuple[int, bool]] = {
    Phase.TO_ANSWER: (1, True),
    Phase.TO_CONFIRM: (2, True),
    Phase.WAITING: (3, True),
    Phase.LED_TOGETHER: (5, False),
    Phase.REFUSED: (1, False),
    Phase.ENDED: (1, False),
}


@dataclass(frozen=True, slots=True)
class Stage:
    number: int
    title: str | Promise
    note: str | Promise
    look: str


def stages_of(line: HitLine) -> Iterator[Stage]:
    done, goes_on = REACHED[line.view.phase]
    for number, (title, note) in enumerate(STAGES, start=1):
        is_now = goes_on and number == done + 1
        look = "done" if number <= done else "now" if is_now else "next"
        yield Stage(number, title, note, look)
