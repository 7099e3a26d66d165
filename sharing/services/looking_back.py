"""A look-back: its population set, drawn by the database, approved, visited, its result told."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from kernel.clock import now, today
from sharing.access.look_backs import access_look_back, hands_on, items_of, rooms_to_visit
from sharing.access.rectification import must_steer
from sharing.domain.life_cycle import Hand
from sharing.domain.look_backs import LOOK_BACK, PLAIN_ACTS, drawn
from sharing.errors.rectification import CannotBeDrawn, NotDrawn, UnitUnknown
from sharing.errors.walking import StepUnknown
from sharing.models.contacts import UnitDesk
from sharing.models.look_backs import LookBack, LookBackResult
from sharing.models.rectification import RectificationItem
from sharing.services.finding_ends import reopen_findings
from sharing.services.walking import walk
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_by
from tenancy.domain.roles import Permission

METHOD = "SHA-256"


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at one of those drawn. `item`: number of the item whose end was looked at."""

    name: str
    verdict: str
    text: str = ""
    item: int | None = None


@transaction.atomic
def plan_look_back(
    *,
    actor: Actor,
    title: str,
    population: Sequence[str],
    count: int,
    seed: str = "",
    units: Sequence[str] = (),
) -> LookBack:
    """Set the population. Without a seed the product draws one; an office may bring one from a public
    lottery. `units`: codes of those whose closed items the team may look at and open again.
    `CannotBeDrawn`, `UnitUnknown`."""
    must_steer(actor)
    names = [" ".join(one.split()) for one in population if one.strip()]
    seed = seed.strip() or secrets.token_hex(16)
    try:
        drawn(names, count, seed)
    except ValueError as fault:
        raise CannotBeDrawn from fault
    covered = sorted(set(units))
    if UnitDesk.objects.of_office(actor).filter(unit_code__in=covered).count() != len(covered):
        raise UnitUnknown().at("units")
    back = LookBack.objects.create(
        tenant_id=actor.tenant_id, title=title.strip(), population=names, count=count, seed=seed,
        unit_codes=covered, made_by=actor.name, made_on=today(),
    )  # fmt: skip
    walk(
        actor=actor, record=back, act="population_set", hands=hands_on(actor, back),
        holds={"population"}, facts={"size": len(names)},
    )  # fmt: skip
    return back


@transaction.atomic
def draw_look_back(*, actor: Actor, number: int) -> LookBack:
    """The database draws; what it drew by which seed stays in the act."""
    back = _locked(actor, number)
    must_steer(actor)
    with refused_by("look_back_can_be_drawn", CannotBeDrawn()):
        walk(
            actor=actor, record=back, act="sampled", hands=hands_on(actor, back),
            holds={"population", "count", "seed"},
            facts={"method": METHOD, "seed": back.seed, "count": back.count},
        )  # fmt: skip
    back.refresh_from_db()
    return back


@transaction.atomic
def send_team(*, actor: Actor, number: int, room: int) -> LookBack:
    """Say which team visits: one that was authorised, by its room."""
    back = _locked(actor, number)
    must_steer(actor)
    if back.state != "approved" or not rooms_to_visit(actor).filter(pk=room).exists():
        raise NotDrawn().at("room")
    back.room_id = room
    back.save(update_fields=["room"])
    audit.record(actor, "sharing.look_back.team_sent", back, number=room)
    return back


@transaction.atomic
def begin_look_back(*, actor: Actor, number: int) -> LookBack:
    back = _locked(actor, number)
    actor.must(Permission.LEAD_LOOK_BACK)
    holds = {"authorisation"} if back.room and back.room.document_number else set()
    walk(actor=actor, record=back, act="begun", hands=hands_on(actor, back), holds=holds)
    return back


@transaction.atomic
def tell_result(*, actor: Actor, number: int, results: Sequence[Found]) -> LookBack:
    """What was found at each of those drawn. An item whose end was false is opened again."""
    back = _locked(actor, number)
    actor.must(Permission.LEAD_LOOK_BACK)
    hands = hands_on(actor, back)
    if back.state == "on_site" and Hand.TEAM_LEADER in hands:
        items = _items(back, results)
        for one in results:
            _fitting(back, one, items)
            LookBackResult.objects.create(
                tenant_id=back.tenant_id, look_back=back, name=one.name, verdict=one.verdict,
                text=one.text.strip(), item=items.get(one.item or 0), at=now(),
            )  # fmt: skip
    told = {one.name for one in results}
    holds = {"results"} if told >= set(back.drawn) else set()
    walk(actor=actor, record=back, act="result_told", hands=hands, holds=holds)
    for found in back.results.filter(verdict="false").select_related("item").order_by("pk"):
        item = found.item
        if item is not None and item.state == "closed_out":
            walk(
                actor=actor, record=item, act="reopened", hands=hands, holds={"look_back"},
                reason=found.text, facts={"look_back": back.pk},
            )  # fmt: skip
            reopen_findings(actor, item, look_back=back.pk, reason=found.text)
    return back


@transaction.atomic
def act_on_look_back(*, actor: Actor, number: int, act: str, reason: str = "") -> LookBack:
    """Any act that needs no more than a reason. `StepUnknown`."""
    special = {"sampled": draw_look_back, "begun": begin_look_back}
    if act in special:
        return special[act](actor=actor, number=number)
    back = _locked(actor, number)
    if act not in PLAIN_ACTS:
        raise StepUnknown
    one = LOOK_BACK.by_name[act]
    needed = [Permission(LOOK_BACK.permissions[hand]) for hand in sorted(one.hands)]
    if not any(actor.may(permission) for permission in needed):
        actor.must(needed[0])
    walk(actor=actor, record=back, act=act, hands=hands_on(actor, back), reason=reason)
    back.refresh_from_db()
    return back


def _locked(actor: Actor, number: int) -> LookBack:
    access_look_back(actor, number)
    backs = LookBack.objects.select_for_update(no_key=True, of=("self",)).select_related("room")
    return backs.get(tenant_id=actor.tenant_id, pk=number)


def _items(back: LookBack, results: Sequence[Found]) -> dict[int, RectificationItem]:
    numbers = {one.item for one in results if one.item is not None}
    return {item.pk: item for item in items_of(back).filter(pk__in=numbers)}


def _fitting(back: LookBack, one: Found, items: dict[int, RectificationItem]) -> None:
    unknown = one.item is not None and one.item not in items
    silent = one.verdict != "confirmed" and not one.text.strip()
    false_of_nothing = one.verdict == "false" and one.item is None
    if one.name not in back.drawn or unknown or silent or false_of_nothing:
        raise NotDrawn
