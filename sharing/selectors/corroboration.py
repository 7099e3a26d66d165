"""Mutual corroboration for pages and programs: one side of it. Of the other nothing goes in but the offices named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kernel.clock import now, today
from kernel.text import Text
from sharing.access.corroboration import (
    access_hit_notice,
    alerts_visible_to,
    hit_notices_visible_to,
    must_answer_hits,
    parties_of,
    partners_of,
)
from sharing.access.office_clues import access_office_clue, hands_on_office_clue
from sharing.domain.corroboration.asking import (
    QUOTA,
    SUSPICIONS,
    Ask,
    Suspicion,
    asks_left,
    hindrances_to_asking,
    what_taking_back_costs,
)
from sharing.domain.corroboration.consent import (
    ANSWER,
    SECOND,
    Notice,
    Step,
    before_the_second,
    hindrance,
)
from sharing.domain.corroboration.parties import FIELD_TITLES
from sharing.domain.corroboration.views import PHASE_TITLES, Phase, View, seen_with
from sharing.domain.life_cycle import Act, Hand
from sharing.mapping.boxes import public_key
from sharing.mapping.hit_notices import notice_of
from sharing.models.corroboration import (
    ClueParty,
    HitNotice,
    HitNoticeStep,
    LedPartner,
    ProbingAlert,
)
from sharing.models.office_clues import OfficeClue
from tenancy.actor import Actor
from tenancy.paging import Part, Window, part_of

MOST_ALERTS = 20
TONES: Mapping[Phase, str] = {
    Phase.TO_ANSWER: "warn",
    Phase.TO_CONFIRM: "warn",
    Phase.WAITING: "info",
    Phase.REFUSED: "quiet",
    Phase.ENDED: "quiet",
    Phase.LED_TOGETHER: "good",
}
PARTY_STATES = {
    "noted": Text(zh="已登记，未申请", en="noted, not asked about"),
    "asked": Text(zh="已申请比对", en="being compared"),
    "withdrawn": Text(zh="已撤回", en="taken back"),
}
PARTY_TONES = {"noted": "info", "asked": "good", "withdrawn": "quiet"}


@dataclass(frozen=True, slots=True)
class Masked:
    """How an identifier was written, and its last characters."""

    title: Text
    mask: str


@dataclass(frozen=True, slots=True)
class PartyLine:
    party: ClueParty
    identifiers: Sequence[Masked]
    state: str

    @property
    def title(self) -> Text:
        return PARTY_STATES[self.state]

    @property
    def tone(self) -> str:
        return PARTY_TONES[self.state]

    @property
    def may_ask(self) -> bool:
        return self.state == "noted"

    @property
    def may_withdraw(self) -> bool:
        return self.state != "withdrawn"

    @property
    def withdrawal(self) -> Text:
        """What is said before it is taken back."""
        return what_taking_back_costs(was_asked=self.state == "asked")


@dataclass(frozen=True, slots=True)
class HitLine:
    """`acts`: what the actor may do now, as far as their own side goes. `steps`: of that side."""

    notice: HitNotice
    view: View
    steps: Sequence[HitNoticeStep]
    acts: Sequence[Act]
    partners: Sequence[LedPartner]

    @property
    def clue(self) -> OfficeClue:
        return self.notice.clue

    @property
    def phase(self) -> Text:
        return PHASE_TITLES[self.view.phase]

    @property
    def tone(self) -> str:
        return TONES[self.view.phase]

    @property
    def second(self) -> Text | None:
        """Who may be the second, as long as one is needed."""
        return SECOND if self.view.phase in (Phase.TO_ANSWER, Phase.TO_CONFIRM) else None

    @property
    def before_the_second(self) -> Text | None:
        """What keeps the discipline body from confirming."""
        if self.second is None:
            return None
        is_handed_over = self.clue.handed_over_at is not None
        return before_the_second(
            is_taken_in=self.clue.state != "leader_signed", is_handed_over=is_handed_over
        )


@dataclass(frozen=True, slots=True)
class Comparing:
    """Of one clue. `left`: rows of the quota that the actor has today. `is_on`: the matcher is set up."""

    clue: OfficeClue
    parties: Sequence[PartyLine]
    hits: Sequence[HitLine]
    hindrances: Sequence[Text]
    left: int
    of_user: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class AlertLine:
    alert: ProbingAlert
    words: Text


def comparing(actor: Actor, number: int) -> Comparing:
    clue = access_office_clue(actor, number)
    notices = hit_notices_visible_to(actor).filter(clue=clue).order_by("-told_at", "-pk")
    return Comparing(
        clue=clue,
        parties=[_party(one) for one in parties_of(actor, clue)],
        hits=_lines(actor, list(notices)),
        hindrances=list(hindrances_to_asking(clue.state, len(clue.evidence))),
        left=_left(actor),
        of_user=QUOTA.of_user,
        is_on=public_key() is not None,
    )


def hit_lines(actor: Actor, window: Window) -> Part[HitLine]:
    """The newest first, for whoever answers them."""
    must_answer_hits(actor)
    part = part_of(hit_notices_visible_to(actor), window, "-told_at", "-pk")
    return part.showing(_lines(actor, part.lines))


def hit_line(actor: Actor, number: int) -> HitLine:
    return _lines(actor, [access_hit_notice(actor, number)])[0]


def probing_alerts(actor: Actor) -> Sequence[AlertLine]:
    """The newest first, so many as a page shows."""
    found = alerts_visible_to(actor).order_by("-raised_at", "-pk")[:MOST_ALERTS]
    return [AlertLine(one, SUSPICIONS[Suspicion(one.suspicion)]) for one in found]


def party_line(actor: Actor, number: int, party: int) -> PartyLine:
    clue = access_office_clue(actor, number)
    return _party(parties_of(actor, clue).get(pk=party))


def _party(party: ClueParty) -> PartyLine:
    state = "noted" if party.asked_at is None else "asked"
    return PartyLine(
        party,
        [Masked(FIELD_TITLES[name], mask) for name, mask in party.masks],
        "withdrawn" if party.withdrawn_at is not None else state,
    )


def _left(actor: Actor) -> int:
    asked = ClueParty.objects.filter(tenant_id=actor.tenant_id, asked_on=today())
    rows = [
        Ask(user, actor.tenant_id, today())
        for user, many in asked.values_list("asked_by_id", "rows")
        for _ in range(many)
        if user is not None
    ]
    return asks_left(rows, QUOTA, user=actor.person_id, office=actor.tenant_id, on=today())


def _lines(actor: Actor, notices: Sequence[HitNotice]) -> list[HitLine]:
    numbers = [one.pk for one in notices]
    steps: dict[int, list[HitNoticeStep]] = defaultdict(list)
    walked = HitNoticeStep.objects.filter(tenant_id=actor.tenant_id, record__in=numbers)
    for step in walked.order_by("number"):
        steps[step.record_id].append(step)
    partners: dict[int, list[LedPartner]] = defaultdict(list)
    for partner in partners_of(actor).filter(notice__in=numbers).order_by("led_at", "reference"):
        partners[partner.notice_id].append(partner)
    hands = hands_on_office_clue(actor)
    lines = (_line(actor, one, steps[one.pk], partners[one.pk], hands) for one in notices)
    return [line for line in lines if line is not None]


def _line(
    actor: Actor,
    row: HitNotice,
    steps: Sequence[HitNoticeStep],
    partners: Sequence[LedPartner],
    hands: frozenset[Hand],
) -> HitLine | None:
    notice = notice_of(row, steps)
    view = seen_with(notice, {one.partner_id for one in partners}, now())
    if view is None:
        return None
    return HitLine(row, view, steps, _acts(actor, notice, hands), partners)


def _acts(actor: Actor, notice: Notice, hands: frozenset[Hand]) -> Sequence[Act]:
    # Steps bear the database's time, and its clock may be ahead of ours.
    at = max([now(), *(one.at for one in notice.steps)])
    return [
        one
        for one in ANSWER.open_to(notice.state, hands)
        if hindrance(notice, Step(one.name, actor.person_id, at)) is None
    ]
