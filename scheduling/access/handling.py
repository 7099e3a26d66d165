"""Who handles a round: the others of the office read it and change nothing."""

from __future__ import annotations

from typing import Final

from kernel.clock import today
from kernel.text import Text
from scheduling.errors import RoundHandledByOthers
from scheduling.models.rounds import InspectionRound
from tenancy import object_permissions
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import User
from tenancy.object_permissions import seats_with

# What in a round takes more than the seat. Approving, returning and publishing are the
# director's, who never handles it: two pairs of eyes.
HANDLERS_ONLY: Final = frozenset(
    {
        Permission.EDIT_ROUND,
        Permission.SOLVE_ROUND,
        Permission.EDIT_PLAN,
        Permission.PROPOSE_PLAN,
        Permission.IMPORT_PLAN,
    }
)


def handles(actor: Actor, round_number: int) -> bool:
    """In one's own name; or as the deputy of somebody who does, when preparing was passed on."""
    named = _named(actor, round_number)
    if object_permissions.handles(actor.user_id, named):
        return True
    principal = actor.on_behalf_of
    if principal is None or not actor.may(Permission.EDIT_ROUND):
        return False
    return object_permissions.handles(principal.user_id, named)


def may_in_round(actor: Actor, permission: Permission, round_number: int) -> bool:
    """What a page offers: the seat lets them, and where it takes that, they handle the round."""
    if not actor.may(permission):
        return False
    return permission not in HANDLERS_ONLY or handles(actor, round_number)


def must_handle(actor: Actor, permission: Permission, round_number: int) -> None:
    """Refuse who sees the round and does not handle it, and say whom to ask."""
    if permission not in HANDLERS_ONLY or handles(actor, round_number):
        return
    round_ = InspectionRound.objects.get(tenant_id=actor.tenant_id, pk=round_number)
    raise RoundHandledByOthers(
        name=round_.name,
        handlers=names_of(handlers_of(round_)),
        directors=names_of(who_names(actor)),
    )


def handlers_of(round_: InspectionRound) -> list[User]:
    return list(object_permissions.handlers_of(round_))


def who_names(actor: Actor) -> list[User]:
    """Those of the office who say who handles what."""
    seats = seats_with(Permission.NAME_HANDLERS, actor.tenant_id, on=today())
    people = User.objects.filter(pk__in=seats.values("user_id"), is_active=True)
    return list(people.only("pk", "display_name").order_by("display_name", "pk"))


def names_of(people: list[User]) -> Text:
    names = [person.display_name for person in people]
    return Text(zh="、".join(names) or "（无人）", en=", ".join(names) or "(nobody)")


def _named(actor: Actor, round_number: int) -> InspectionRound:
    """The round as far as its handlers are concerned; nothing of it is read."""
    return InspectionRound(tenant_id=actor.tenant_id, pk=round_number)
