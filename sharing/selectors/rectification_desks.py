"""What stands beside the items: joint cases, talks, outcomes, evaluations, look-backs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.text import Text
from sharing.access.due_days import days_of
from sharing.access.letters import may_draft
from sharing.access.look_backs import (
    access_look_back,
    hands_on,
    items_of,
    look_backs_visible_to,
    rooms_to_visit,
)
from sharing.access.rectification import (
    access_case,
    access_talk,
    cases_led,
    cases_of_office,
    items_of_office,
    must_steer,
    steers,
)
from sharing.domain.life_cycle import Act, Hand
from sharing.domain.look_backs import LOOK_BACK, PLAIN_ACTS
from sharing.mapping.addressees import Addressee, addressees
from sharing.models.contacts import UnitDesk
from sharing.models.letters import Letter
from sharing.models.look_backs import LookBack, LookBackResult, LookBackStep
from sharing.models.rectification import Evaluation, JointCase, Outcome, RectificationItem, Talk
from sharing.models.rooms import Room
from sharing.selectors.rectification import ItemLine, line_of
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

MOST_OFFERED = 500


@dataclass(frozen=True, slots=True)
class CasePage:
    case: JointCase
    lines: Sequence[ItemLine]
    letters: Sequence[Letter]
    may_steer: bool
    may_draft: bool
    is_led: bool  # by the reader, who reads no list of all cases

    @property
    def open(self) -> int:
        return sum(line.item.state != "closed_out" for line in self.lines)


@dataclass(frozen=True, slots=True)
class LookBackPage:
    back: LookBack
    steps: Sequence[LookBackStep]
    results: Sequence[LookBackResult]
    acts: Sequence[Act]
    rooms: Sequence[Room]
    items: Sequence[RectificationItem]
    units: Sequence[UnitDesk]
    may_send: bool
    may_tell: bool

    @property
    def state_title(self) -> Text:
        return LOOK_BACK.states[self.back.state]


def cases_part(actor: Actor, window: Window) -> Part[JointCase]:
    actor.must(Permission.VIEW_RECTIFICATION)
    return part_of(cases_of_office(actor), window, "-pk")


def led_cases(actor: Actor) -> list[JointCase]:
    """Those that the actor leads, the newest first."""
    actor.must(Permission.LEAD_JOINT_CASES)
    return list(cases_led(actor).order_by("-pk")[:MOST_OFFERED])


def case_page(actor: Actor, number: int) -> CasePage:
    case = access_case(actor, number)
    items = case.items.filter(tenant_id=case.tenant_id).select_related("desk").order_by("pk")
    letters = Letter.objects.filter(tenant_id=case.tenant_id, case=case).order_by("pk")
    office, days = actor.may(Permission.VIEW_LETTERS), days_of(case.tenant_id)
    return CasePage(
        case=case,
        lines=[line_of(item, days) for item in items],
        letters=list(letters) if office else [],
        may_steer=steers(actor) and case.closed_on is None,
        may_draft=may_draft(actor) and case.closed_on is None,
        is_led=not actor.may(Permission.VIEW_RECTIFICATION),
    )


def leaders_of(actor: Actor) -> list[Addressee]:
    return [one for one in addressees(actor) if one.person_id is not None]


def items_to_join(actor: Actor) -> list[RectificationItem]:
    """Open items that no joint case holds yet."""
    free = items_of_office(actor).filter(case__isnull=True).exclude(state="closed_out")
    return list(free.select_related("desk").order_by("desk__unit_code", "pk")[:MOST_OFFERED])


def items_beside(actor: Actor, item: RectificationItem) -> list[RectificationItem]:
    """Further items of the same unit, from which an outcome may have come too."""
    beside = RectificationItem.objects.filter(tenant_id=actor.tenant_id, desk_id=item.desk_id)
    return list(beside.exclude(pk=item.pk).order_by("pk")[:MOST_OFFERED])


def talks_part(actor: Actor, window: Window, left: bool = False) -> Part[Talk]:
    actor.must(Permission.VIEW_RECTIFICATION)
    talks = Talk.objects.filter(tenant_id=actor.tenant_id).prefetch_related("desk")
    return part_of(talks.filter(held_on__isnull=True) if left else talks, window, "-pk")


def talk_to_record(actor: Actor, number: int) -> Talk:
    """A talk of the office, for whoever records it."""
    found = access_talk(actor, number)
    must_steer(actor)
    return found


def outcomes_part(actor: Actor, window: Window, kind: str = "") -> Part[Outcome]:
    """The register of what was achieved: rules made, money recovered …"""
    actor.must(Permission.VIEW_RECTIFICATION)
    found = Outcome.objects.filter(tenant_id=actor.tenant_id)
    if kind in Outcome.Kind.values:
        found = found.filter(kind=kind)
    return part_of(found.prefetch_related("desk", "causes__item"), window, "-pk")


def evaluations_part(actor: Actor, window: Window) -> Part[Evaluation]:
    actor.must(Permission.VIEW_RECTIFICATION)
    sheets = Evaluation.objects.filter(tenant_id=actor.tenant_id).prefetch_related("desk")
    return part_of(sheets, window, "-pk")


def look_backs_part(actor: Actor, window: Window) -> Part[LookBack]:
    if not actor.may(Permission.VIEW_RECTIFICATION):
        actor.must(Permission.LEAD_LOOK_BACK)
    return part_of(look_backs_visible_to(actor), window, "-pk")


def look_back_page(actor: Actor, number: int) -> LookBackPage:
    back = access_look_back(actor, number)
    hands = hands_on(actor, back)
    offered = PLAIN_ACTS | {"sampled", "begun"}
    may_tell = back.state == "on_site" and Hand.TEAM_LEADER in hands
    may_send = back.state == "approved" and steers(actor)
    desks = UnitDesk.objects.filter(tenant_id=back.tenant_id, unit_code__in=back.unit_codes)
    results = LookBackResult.objects.filter(tenant_id=back.tenant_id, look_back=back)
    steps = LookBackStep.objects.filter(tenant_id=back.tenant_id, record=back)
    return LookBackPage(
        back=back,
        steps=list(steps.order_by("number")),
        results=list(results.select_related("item").order_by("pk")),
        acts=[
            one
            for one in LOOK_BACK.open_to(back.state, hands)
            if one.name in offered and _holds(actor, one, hands)
        ],
        rooms=list(rooms_to_visit(actor)[:MOST_OFFERED]) if may_send else [],
        items=_to_look_at(back) if may_tell else [],
        units=list(desks.order_by("unit_code")),
        may_send=may_send,
        may_tell=may_tell,
    )


def _to_look_at(back: LookBack) -> list[RectificationItem]:
    return list(items_of(back).select_related("desk").order_by("pk")[:MOST_OFFERED])


def _holds(actor: Actor, act: Act, hands: frozenset[Hand]) -> bool:
    return any(actor.may(Permission(LOOK_BACK.permissions[hand])) for hand in act.hands & hands)
