"""Lists of what others let our office read, and of its groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.errors import NotVisible
from sharing.access.shared_records import record_to_share
from sharing.access.shares import access_group, groups_of, shown_to
from sharing.domain.shared_views import Shareable
from sharing.models.share_grants import ShareGroup, ShownView
from sharing.selectors.shares import OutsideSight, sights_of
from tenancy.access import neighbours_of
from tenancy.actor import Actor
from tenancy.models import Office
from tenancy.paging import Part, Window, part_of


def shown_part(actor: Actor, window: Window) -> Part[ShownView]:
    """Views that the actor may open now, the newest first; without their words."""
    return part_of(shown_to(actor).select_related("sender"), window, "-shown_from", "pk")


def beside_part(actor: Actor, window: Window) -> Part[Office]:
    """Offices that may be asked and offered something, by name."""
    return part_of(neighbours_of(actor), window, "name_key", "pk")


@dataclass(frozen=True, slots=True)
class GroupLine:
    """`offices`: those of its members that are there today."""

    group: ShareGroup
    offices: Sequence[Office]


def groups_part(actor: Actor, window: Window) -> Part[GroupLine]:
    part = part_of(groups_of(actor), window, "name", "pk")
    known = _known(actor)
    return part.showing([_line(one, known) for one in part.lines])


def group_line(actor: Actor, number: int) -> GroupLine:
    return _line(access_group(actor, number), _known(actor))


def sights_of_record(actor: Actor, kind: Shareable, number: int) -> Sequence[OutsideSight]:
    """As `sights_of`, for whoever has nothing but the record's number. `NotVisible`."""
    if record_to_share(actor, kind, number) is None:
        raise NotVisible(what="record", number=number)
    return sights_of(actor, kind, number)


def _known(actor: Actor) -> dict[int, Office]:
    return {office.pk: office for office in neighbours_of(actor)}


def _line(group: ShareGroup, known: dict[int, Office]) -> GroupLine:
    return GroupLine(group, [known[pk] for pk in group.members if pk in known])
