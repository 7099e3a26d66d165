"""The register of interference, for pages and programs."""

from __future__ import annotations

from dataclasses import dataclass

from kernel.text import Text
from sharing.access.interference import access_entry, entries_visible_to
from sharing.domain.interference import APPROACH_TITLES, OUTCOME_TITLES, Approach, Outcome
from sharing.models.interference import InterferenceEntry
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class EntryLine:
    """`outcome` None: nobody dealt with it yet."""

    entry: InterferenceEntry
    approach: Text
    outcome: Text | None
    may_deal: bool = False


def interference_part(actor: Actor, window: Window) -> Part[EntryLine]:
    """The newest first."""
    part = part_of(entries_visible_to(actor), window, "-pk")
    return part.showing([_line(one) for one in part.lines])


def entry_line(actor: Actor, number: int) -> EntryLine:
    entry = access_entry(actor, number)
    is_open = entry.outcome != Outcome.TO_DISCIPLINE
    return _line(entry, may_deal=is_open and actor.may(Permission.DEAL_WITH_INTERFERENCE))


def _line(entry: InterferenceEntry, *, may_deal: bool = False) -> EntryLine:
    return EntryLine(
        entry,
        APPROACH_TITLES[Approach(entry.approach)],
        OUTCOME_TITLES[Outcome(entry.outcome)] if entry.outcome else None,
        may_deal,
    )
