"""One act in a record's life: the table, the hand, what must be there first, the step, the line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from django.db import transaction

from kernel.text import Text, listed
from sharing.domain.life_cycle import HAND_TITLES, Act, Hand
from sharing.domain.needs import title_of_need
from sharing.errors.walking import StepLacks, StepOfAnotherHand, StepOutOfTurn, StepWantsAReason
from sharing.models.steps import Living, Step
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_as

Record = TypeVar("Record", bound=Living)
Follow = Callable[[Actor, Any, Step], None]
_following: defaultdict[type[Living], list[Follow]] = defaultdict(list)


def follows(model: type[Living]) -> Callable[[Follow], Follow]:
    """Register what follows each act on such a record, in the act's transaction: it is called with
    who acted, the record where the act led, and the step."""

    def register(follow: Follow) -> Follow:
        _following[model].append(follow)
        return follow

    return register


@transaction.atomic
def walk(
    *,
    actor: Actor,
    record: Living,
    act: str,
    hands: Collection[Hand],
    holds: Collection[str] = (),
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    **written: Any,
) -> Step:
    """Do the act and leave its step and its line; `record` is then where the act leads.

    `hands`: those that the actor has on this record (`sharing.access`), `holds`: what of the act's
    needs the record has. The first of its hands that fits signs. `written`: what such a step has
    besides. `StepOutOfTurn`,
    `StepOfAnotherHand`, `StepLacks` (field names are the needs'), `StepWantsAReason`.
    """
    one = _lawful(record, act)
    hand = signing_hand(one, hands)
    _must_hold(one, holds)
    if one.needs_reason and not reason.strip():
        raise StepWantsAReason(act=one.title).at("reason")
    out_of_turn = StepOutOfTurn(state=record.life.states[record.state], act=one.title)
    another_hand = of_another_hand(one)
    done: dict[str, Any] = {
        "tenant_id": record.tenant_id,
        "record_id": record.pk,
        "act": one.name,
        "hand": hand,
        "after": one.to or record.state,
        "reason": reason.strip(),
        "facts": dict(facts or {}),
        **written,
    }
    with refused_as({"step_in_turn": out_of_turn, "step_in_ones_own_hand": another_hand}):
        step: Step = record.step_model._default_manager.create(**done)
    step.refresh_from_db()
    record.refresh_from_db(fields=["state", "steps"])
    # The facts are content, and stay in the step: the line says which one.
    audit.record(
        actor, f"sharing.{record.life.name}.{one.name}", record, step=step.number, hand=hand
    )
    for follow in _following[type(record)]:
        follow(actor, record, step)
    return step


def _lawful(record: Living, act: str) -> Act:
    one = record.life.by_name[act]
    if record.state not in one.since:
        raise StepOutOfTurn(state=record.life.states[record.state], act=one.title)
    return one


def signing_hand(one: Act, hands: Collection[Hand]) -> Hand:
    """The first of them that does such an act. `StepOfAnotherHand`."""
    for hand in Hand:
        if hand in one.hands and hand in hands:
            return hand
    raise of_another_hand(one)


def of_another_hand(one: Act) -> StepOfAnotherHand:
    """The refusal that says whose the act is."""
    return StepOfAnotherHand(act=one.title, hands=_titles(one.hands))


def _must_hold(one: Act, holds: Collection[str]) -> None:
    missing = [need for need in one.needs if need not in holds]
    if missing:
        titles = [title_of_need(one.name, need) for need in missing]
        raise StepLacks(act=one.title, needs=listed(titles)).at(*missing)


def _titles(hands: Collection[Hand]) -> Text:
    return listed(HAND_TITLES[hand] for hand in Hand if hand in hands)
