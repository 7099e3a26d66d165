"""Which clues may be asked about, how much in a day, and what looks like guessing instead of working.

An ask is a new row of the index: a token of a clue, also where the office has asked about it before. Whoever writes
clues to learn whom others inspect writes one with evidence for each few guesses, has it signed, and stays within
the quota meanwhile. The versions of a key count as one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kernel.text import Text
from sharing.domain.clues import CLUE
from sharing.domain.life_cycle import LifeCycle


def _states_after(life: LifeCycle, act: str) -> frozenset[str]:
    """Where a record can be once the act was done."""
    reached = {life.by_name[act].to}
    while True:
        further = {one.to for one in life.acts if one.to is not None and reached & one.since}
        if further <= reached:
            return frozenset(state for state in reached if state is not None)
        reached |= further


# A clue that its leader signed, until it is closed.
ASKED_ABOUT = _states_after(CLUE, "signed") - CLUE.finals

UNSIGNED = Text(
    zh="线索经组长签字后、办结前，才能申请比对。",
    en="A clue is compared once its leader has signed it, and until it is closed.",
)
NO_EVIDENCE = Text(zh="没有佐证材料的线索不作比对。", en="A clue without evidence is not compared.")

TAKEN_BACK_ASKED = Text(
    zh="撤回后不能恢复，占用的额度不退还。已申请的标识全部撤回的，本线索的印证通知随之结束。",
    en="It cannot be undone, and what it took of the quota is not given back. Once everything that was"
    " asked about is taken back, the notices of this clue are over.",
)
TAKEN_BACK_NOTED = Text(
    zh="撤回后不能恢复，需要时须重新登记。尚未申请比对，没有占用额度。",
    en="It cannot be undone: it would have to be noted anew. It was not asked about, so nothing of the"
    " quota was used.",
)


def what_taking_back_costs(*, was_asked: bool) -> Text:
    return TAKEN_BACK_ASKED if was_asked else TAKEN_BACK_NOTED


def hindrances_to_asking(state: str, pieces_of_evidence: int) -> Iterator[Text]:
    """Why a clue is not asked about. `state`: of its life (`sharing.domain.clues`)."""
    if state not in ASKED_ABOUT:
        yield UNSIGNED
    if pieces_of_evidence < 1:
        yield NO_EVIDENCE


@dataclass(frozen=True, slots=True)
class Ask:
    """One new row. `on`: the day in China. `was_hit`: None until it was matched. `withdrawn`: its clue is gone."""

    user: int
    office: int
    on: date
    was_hit: bool | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Quota:
    """New tokens a day."""

    of_user: int = 10
    of_office: int = 20


# What every office has. The database holds to the same two numbers (a test compares them).
QUOTA = Quota()


def asks_left(asked: Collection[Ask], quota: Quota, *, user: int, office: int, on: date) -> int:
    """How many new tokens the person may still ask about on the day. `asked`: withdrawn ones count as well."""
    that_day = [one for one in asked if one.on == on]
    by_user = sum(one.user == user for one in that_day)
    by_office = sum(one.office == office for one in that_day)
    return max(0, min(quota.of_user - by_user, quota.of_office - by_office))


class Suspicion(StrEnum):
    LOW_YIELD = "low_yield"
    MANY_WITHDRAWN = "many_withdrawn"
    # Of one ask, and seen by the matcher as it opens what was sealed (`parties.MoreThanDeclared`).
    UNDECLARED = "undeclared"


SUSPICIONS = {
    Suspicion.LOW_YIELD: Text(
        zh="近期申请比对很多而印证很少，请核查是否为试探。",
        en="Many clues were compared and few met anything: look whether somebody is guessing.",
    ),
    Suspicion.MANY_WITHDRAWN: Text(
        zh="近期申请比对的线索大量撤销，请核查是否为试探。",
        en="Many clues were withdrawn after they were compared: look whether somebody is guessing.",
    ),
    Suspicion.UNDECLARED: Text(
        zh="申请比对的内容多于所申报的数量，未予比对；请核查录入过程。",
        en="More was asked about than was declared, and not compared: look how it was noted.",
    ),
}


@dataclass(frozen=True, slots=True)
class ProbingRule:
    """Looked at over `window` days, of at least `fewest` asks: hits below `lowest_yield` of those that were matched,
    or withdrawn clues above `most_withdrawn` of all."""

    window: int = 30
    fewest: int = 40
    lowest_yield: float = 0.02
    most_withdrawn: float = 0.5


@dataclass(frozen=True, slots=True, order=True)
class Alert:
    """`user` None: the office as a whole, where its people share the guessing out. No figure of hits is in it."""

    suspicion: Suspicion
    office: int
    user: int | None = None


def alerts(asked: Iterable[Ask], rule: ProbingRule, on: date) -> list[Alert]:
    """Who is to be looked at on the day, each once for each reason."""
    recent = [one for one in asked if timedelta(0) <= on - one.on < timedelta(days=rule.window)]
    whoms = {(one.office, whom) for one in recent for whom in (one.user, None)}
    return [
        Alert(suspicion, office, user)
        for office, user in sorted(whoms, key=lambda whom: (whom[0], whom[1] or 0))
        for suspicion in _suspicions(
            [one for one in recent if one.office == office and user in (None, one.user)], rule
        )
    ]


def _suspicions(asked: Collection[Ask], rule: ProbingRule) -> Iterator[Suspicion]:
    matched = [one for one in asked if one.was_hit is not None]
    hits = sum(one.was_hit is True for one in matched)
    if len(matched) >= rule.fewest and hits < rule.lowest_yield * len(matched):
        yield Suspicion.LOW_YIELD
    withdrawn = sum(one.withdrawn for one in asked)
    if len(asked) >= rule.fewest and withdrawn > rule.most_withdrawn * len(asked):
        yield Suspicion.MANY_WITHDRAWN
