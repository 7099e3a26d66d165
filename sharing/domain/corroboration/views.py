"""What one side sees of a hit. Of the other side nothing goes in but whether both are led together.

`seen` takes the own notice, and of the others only the offices with which `led_at` says so. Refusal, silence, a
consent of one person, a consent that came late or was taken back, a deleted clue and the end of the term all
give the same: nothing, before the end and after it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.text import Text
from sharing.domain.corroboration.classes import ABOUT_TITLES, About
from sharing.domain.corroboration.consent import ANSWER, Notice
from sharing.domain.corroboration.moments import Moments

TOLD = Text(
    zh="至少还有一个单位可能掌握与本线索相关的线索（{about}）。",
    en="At least one other office may hold a clue related to this one ({about}).",
)


class Phase(StrEnum):
    TO_ANSWER = "told"
    TO_CONFIRM = "proposed"
    WAITING = "consented"
    REFUSED = "refused"
    ENDED = "ended"
    LED_TOGETHER = "led_together"


PHASE_TITLES = {Phase(state): title for state, title in ANSWER.states.items()} | {
    Phase.ENDED: Text(zh="已结束，没有结果", en="over, and nothing came of it"),
    Phase.LED_TOGETHER: Text(zh="双方均同意，已互告单位", en="both consented: offices named"),
}


@dataclass(frozen=True, slots=True)
class View:
    """`offices`: those with which this side was led together."""

    about: About
    phase: Phase
    answer_until: datetime
    offices: frozenset[int]

    @property
    def words(self) -> Text:
        return TOLD.format(about=ABOUT_TITLES[self.about])


def led_at(one: Notice, other: Notice, moments: Moments) -> datetime | None:
    """The first daily moment at which both consents stood and neither term was over; None: there is none."""
    met = (
        moments.next_after(max(since, other_since))
        for since, until in one.consents()
        for other_since, other_until in other.consents()
        if moments.next_after(max(since, other_since)) < min(until, other_until)
    )
    return min(met, default=None)


def seen(own: Notice, others: Iterable[Notice], now: datetime, moments: Moments) -> View | None:
    """What the owner of `own` sees at `now`; None: nothing yet.

    Parameters
    ----------
    others
        The notices of the clues that `own`'s is paired with.
    """
    led = {each.holder.office for each in others if is_led(own, each, now, moments)}
    return seen_with(own, led, now)


def seen_with(own: Notice, led: Collection[int], now: datetime) -> View | None:
    """The same, where the offices that were named to this side by now are known."""
    if now < own.told_at:
        return None
    return View(own.about, _phase(own, now, is_led=bool(led)), own.answer_until, frozenset(led))


def have_one_person(one: Notice, other: Notice) -> bool:
    """Whether somebody spoke for both sides: they moved from one office to the other meanwhile. Such a
    pair is not led together, and neither side is told why: two people agreed with themselves."""
    return bool(_spoke_for(one) & _spoke_for(other))


def _spoke_for(notice: Notice) -> frozenset[int]:
    return frozenset(each.by for each in notice.steps if each.act in ("proposed", "confirmed"))


def is_led(one: Notice, other: Notice, now: datetime, moments: Moments) -> bool:
    """Whether the offices are named to each other. From then on each may ask the other for a redacted
    view of the clue, by a share grant."""
    led = led_at(one, other, moments)
    return led is not None and led <= now


def _phase(own: Notice, now: datetime, *, is_led: bool) -> Phase:
    if is_led:
        return Phase.LED_TOGETHER
    steps = [one.act for one in own.steps if one.at <= now]
    state = ANSWER.replayed(steps)
    if state == Phase.REFUSED or now < own.ends_at:
        return Phase(state)
    return Phase.ENDED
