"""The register of petitions as its room shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kernel.text import Text
from sharing.access.clues import clues_of_team
from sharing.access.petitions import access_petition, petitions_of_room
from sharing.domain.petitions import (
    HANDLING_TITLES,
    OPEN,
    SUBJECT_TITLES,
    WAY_TITLES,
    Handling,
    Subject,
    Way,
)
from sharing.models.clues import Clue
from sharing.models.petitions import Petition
from tenancy.actor import Actor
from tenancy.paging import Part, Window, part_of


@dataclass(frozen=True, slots=True)
class PetitionLine:
    """`handling` None: nobody has handled it. `clue`: its number, for whoever sees that clue."""

    petition: Petition
    way: Text
    subject: Text
    handling: Text | None
    clue: int | None

    @property
    def is_open(self) -> bool:
        return self.petition.handling in OPEN


def room_petitions(actor: Actor, number: int, window: Window) -> Part[PetitionLine]:
    """The newest first."""
    part = part_of(petitions_of_room(actor, number), window, "-number")
    linked = [one.clue_id for one in part.lines if one.clue_id is not None]
    seen = set(clues_of_team(actor).filter(pk__in=linked).values_list("pk", flat=True))
    return part.showing([_line(one, seen) for one in part.lines])


def petition_line(actor: Actor, number: int, nth: int) -> PetitionLine:
    petition = access_petition(actor, number, nth)
    seen = set(clues_of_team(actor).filter(pk=petition.clue_id or 0).values_list("pk", flat=True))
    return _line(petition, seen)


def clues_to_link(actor: Actor, number: int) -> Sequence[Clue]:
    """Of the same room, as far as the actor sees them, the newest first."""
    petitions_of_room(actor, number)
    return list(clues_of_team(actor).filter(room_id=number).order_by("-pk")[:50])


def _line(petition: Petition, seen: set[int]) -> PetitionLine:
    return PetitionLine(
        petition,
        WAY_TITLES[Way(petition.way)],
        SUBJECT_TITLES[Subject(petition.subject)],
        HANDLING_TITLES[Handling(petition.handling)] if petition.handling else None,
        petition.clue_id if petition.clue_id in seen else None,
    )
