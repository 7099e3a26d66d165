"""Who handles a round, for its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.clock import today
from scheduling.access.handling import handlers_of, handles, who_names
from scheduling.access.rounds import access_round, rounds_visible_to
from scheduling.models.handlers import RoundHandler
from scheduling.models.rounds import InspectionRound
from tenancy import object_permissions
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import User
from tenancy.object_permissions import seats_with


@dataclass(frozen=True, slots=True)
class HandlerLine:
    """Somebody who was named. `is_seated` False: their seat has ended, and they handle nothing."""

    person: User
    is_seated: bool
    is_me: bool


@dataclass(frozen=True, slots=True)
class HandlersPage:
    """`nameable` and `may_name` are for whoever says who handles the round."""

    round: InspectionRound
    lines: Sequence[HandlerLine]
    nameable: Sequence[User]
    directors: Sequence[User]
    may_name: bool
    handles: bool


def handlers_page(actor: Actor, number: int) -> HandlersPage:
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    may_name = actor.may(Permission.NAME_HANDLERS)
    seated = set(handlers_of(round_))
    return HandlersPage(
        round=round_,
        lines=[
            HandlerLine(person, person in seated, person.pk == actor.user_id)
            for person in object_permissions.named_to(round_)
        ],
        nameable=list(object_permissions.nameable_to(round_)) if may_name else (),
        directors=who_names(actor),
        may_name=may_name,
        handles=handles(actor, number),
    )


def unhandled_rounds(actor: Actor) -> Sequence[InspectionRound]:
    """Rounds that are not over and that nobody with a seat handles: their director is told."""
    if not actor.may(Permission.NAME_HANDLERS):
        return ()
    seats = seats_with(RoundHandler.needs, actor.tenant_id, on=today())
    handled = RoundHandler.objects.filter(
        tenant_id=actor.tenant_id, user_id__in=seats.values("user_id")
    )
    rounds = rounds_visible_to(actor).filter(ends_on__gte=today())
    return list(rounds.exclude(pk__in=handled.values("content_object_id")).order_by("-pk"))
