"""Items of rectification: the office sees its own, a unit, its supervisors and leaders theirs."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from kernel.errors import NotVisible
from sharing.access.contacts import units_spoken_for, units_supervised_by
from sharing.access.deadlines import clocked
from sharing.domain.hands import hands_of_roles
from sharing.domain.life_cycle import Hand
from sharing.domain.rectification import RECTIFICATION
from sharing.models.rectification import Evaluation, JointCase, RectificationItem, Talk
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import OfficeQuerySet

Items = OfficeQuerySet[RectificationItem]


def items_of_office(actor: Actor) -> Items:
    return RectificationItem.objects.readable_by(actor, Permission.VIEW_RECTIFICATION)


def items_of_my_units(actor: Actor) -> Items:
    items = RectificationItem.objects.readable_by(actor, Permission.SPEAK_FOR_UNIT)
    return items.filter(desk__in=units_spoken_for(actor).values("pk"))


def items_supervised(actor: Actor) -> Items:
    items = RectificationItem.objects.readable_by(actor, Permission.SUPERVISE_UNIT)
    return items.filter(desk__in=units_supervised_by(actor).values("pk"))


def items_led(actor: Actor) -> Items:
    """Of the units that the county leader has in charge, and of the joint cases that they lead."""
    items = RectificationItem.objects.readable_by(actor, Permission.LEAD_JOINT_CASES)
    return items.filter(Q(leader_id=actor.user_id) | Q(case__leader_id=actor.user_id))


# In whatever capacity somebody reads an item.
_RIGHTS = (items_of_office, items_of_my_units, items_supervised, items_led)


@clocked("rectification_item", title=RECTIFICATION.title, page="item-detail")
def items_visible_to(actor: Actor) -> Items:
    """The office's, and those of units that the actor speaks for, supervises or has in charge."""
    found = items_of_office(actor) | items_of_my_units(actor) | items_supervised(actor)
    # A case may be none: the join for it stays out of the others' condition.
    led = items_led(actor).values("pk")
    return found | RectificationItem.objects.filter(tenant_id=actor.tenant_id, pk__in=led)


def access_item(actor: Actor, number: int) -> RectificationItem:
    found = items_seen(actor, [number]).get(number)
    if found is None:
        raise NotVisible(what="rectification_item", number=number)
    return found


def access_plan(actor: Actor, number: int) -> list[RectificationItem]:
    """The items of the same unit and round as item `number`, as far as the actor reads them by the same
    right: of a county leader those in their charge."""
    for items in _RIGHTS:
        there = items(actor)
        item = there.filter(pk=number).first()
        if item is not None:
            beside = there.filter(desk_id=item.desk_id, round_name=item.round_name)
            return list(beside.select_related("desk").order_by("position"))
    raise NotVisible(what="rectification_item", number=number)


def items_seen(actor: Actor, numbers: Collection[int]) -> dict[int, RectificationItem]:
    """Those of them that the actor sees, in whatever capacity."""
    seen: dict[int, RectificationItem] = {}
    for items in _RIGHTS:
        left = [number for number in numbers if number not in seen]
        if left:
            found = items(actor).select_related("desk", "case").filter(pk__in=left)
            seen |= {item.pk: item for item in found}
    return seen


def hands_on(actor: Actor, item: RectificationItem) -> frozenset[Hand]:
    """The unit's hand for who speaks for it, the supervisor's for who supervises it."""
    hands = hands_of_roles(actor.roles)
    if not items_of_my_units(actor).filter(pk=item.pk).exists():
        hands -= {Hand.UNIT}
    if not items_supervised(actor).filter(pk=item.pk).exists():
        hands -= {Hand.SUPERVISOR}
    if not actor.may(Permission.VIEW_RECTIFICATION):
        hands -= {Hand.OFFICE_CLERK, Hand.OFFICE_DIRECTOR}
    return hands - {Hand.TEAM_LEADER}


def cases_of_office(actor: Actor) -> OfficeQuerySet[JointCase]:
    return JointCase.objects.readable_by(actor, Permission.VIEW_RECTIFICATION)


def cases_led(actor: Actor) -> OfficeQuerySet[JointCase]:
    cases = JointCase.objects.readable_by(actor, Permission.LEAD_JOINT_CASES)
    return cases.filter(leader_id=actor.user_id)


def access_case(actor: Actor, number: int) -> JointCase:
    for cases in (cases_of_office(actor), cases_led(actor)):
        found = cases.filter(pk=number).first()
        if found is not None:
            return found
    raise NotVisible(what="joint_case", number=number)


def access_talk(actor: Actor, number: int) -> Talk:
    talks = Talk.objects.readable_by(actor, Permission.VIEW_RECTIFICATION)
    found = talks.select_related("desk").filter(pk=number).first()
    if found is None:
        raise NotVisible(what="talk", number=number)
    return found


def access_evaluation(actor: Actor, number: int) -> Evaluation:
    sheets = Evaluation.objects.readable_by(actor, Permission.VIEW_RECTIFICATION)
    found = sheets.select_related("desk").filter(pk=number).first()
    if found is None:
        raise NotVisible(what="evaluation", number=number)
    return found


def steers(actor: Actor) -> bool:
    """Clerks assign and urge, and so do directors, who close."""
    return actor.may(Permission.STEER_RECTIFICATION) or actor.may(Permission.CLOSE_RECTIFICATION)


def must_steer(actor: Actor) -> None:
    if not steers(actor):
        actor.must(Permission.STEER_RECTIFICATION)
