"""Offices that are asked and offered something, and groups of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sharing.access.shares import access_group, groups_of
from sharing.models.share_groups import ShareGroup
from tenancy.access import neighbours_of
from tenancy.actor import Actor
from tenancy.models import Office
from tenancy.paging import Part, Window, part_of


def offices_to_ask(actor: Actor) -> Sequence[Office]:
    return list(neighbours_of(actor).order_by("name_key", "pk"))


def beside_part(actor: Actor, window: Window) -> Part[Office]:
    """Offices that may be asked and offered something, by name."""
    return part_of(neighbours_of(actor), window, "name_key", "pk")


def groups_page(actor: Actor) -> Sequence[tuple[ShareGroup, Sequence[Office]]]:
    groups = list(groups_of(actor).order_by("name", "pk"))
    known = {office.pk: office for office in neighbours_of(actor)}
    return [(one, [known[pk] for pk in one.members if pk in known]) for one in groups]


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


def _known(actor: Actor) -> dict[int, Office]:
    return {office.pk: office for office in neighbours_of(actor)}


def _line(group: ShareGroup, known: dict[int, Office]) -> GroupLine:
    return GroupLine(group, [known[pk] for pk in group.members if pk in known])
