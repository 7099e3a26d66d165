"""Saying who handles a round. Whoever makes it handles it: that is the database's doing."""

from __future__ import annotations

from django.db import transaction

from scheduling.access.handling import handlers_of
from scheduling.access.rounds import access_round
from scheduling.errors import HandlerWithoutSeat, LastHandler
from scheduling.models.rounds import InspectionRound
from tenancy import audit, object_permissions
from tenancy.actor import Actor
from tenancy.db import refused_by
from tenancy.domain.roles import Permission
from tenancy.models import User


@transaction.atomic
def name_handler(*, actor: Actor, number: int, person: int) -> InspectionRound:
    """Let somebody of the office handle round `number`. Naming twice does it once."""
    round_ = access_round(actor, number, Permission.NAME_HANDLERS, lock=True)
    if _named(round_, person) is not None:
        return round_
    if not object_permissions.nameable_to(round_).filter(pk=person).exists():
        raise HandlerWithoutSeat
    with refused_by("round_handler_holds_a_seat", HandlerWithoutSeat()):
        object_permissions.name_handler(person, round_)
    audit.record(actor, "scheduling.handler.named", round_, person=person)
    return round_


@transaction.atomic
def remove_handler(*, actor: Actor, number: int, person: int) -> InspectionRound:
    """Take round `number` from somebody. Taking twice does it once.

    The last one who can work on it stays while it is not over: the database decides, so that of
    two who take the last two away at once, one is refused.
    """
    round_ = access_round(actor, number, Permission.NAME_HANDLERS, lock=True)
    named = _named(round_, person)
    if named is None:
        return round_
    refusal = LastHandler(person=named.display_name, name=round_.name)
    with refused_by("round_keeps_a_handler", refusal):
        object_permissions.take_from(person, round_)
    audit.record(
        actor,
        "scheduling.handler.removed",
        round_,
        person=person,
        left=len(handlers_of(round_)),
    )
    return round_


def _named(round_: InspectionRound, person: int) -> User | None:
    return object_permissions.named_to(round_).filter(pk=person).first()
