"""What is seen in a clue or a list: the row alone. No office is told that another looked: the line
stays in the record of whoever looks."""

from __future__ import annotations

from sharing.access.clues import access_clue
from sharing.access.corroboration import access_hit_notice
from sharing.access.interference import access_entry
from sharing.access.office_clues import access_list, access_office_clue
from sharing.access.past_clues import access_past_clue
from tenancy.actor import Actor
from tenancy.services.reading import Sight, sees


@sees("team_clue")
def of_team_clue(actor: Actor, number: int) -> Sight:
    return Sight(access_clue(actor, number))


@sees("office_clue")
def of_office_clue(actor: Actor, number: int) -> Sight:
    return Sight(access_office_clue(actor, number))


@sees("hit")
def of_hit(actor: Actor, number: int) -> Sight:
    return Sight(access_hit_notice(actor, number))


@sees("hand_over_list")
def of_hand_over_list(actor: Actor, number: int) -> Sight:
    return Sight(access_list(actor, number))


@sees("interference")
def of_interference(actor: Actor, number: int) -> Sight:
    return Sight(access_entry(actor, number))


@sees("clue_register")
def of_register(actor: Actor, number: int) -> Sight:
    return Sight()


@sees("past_clue")
def of_past_clue(actor: Actor, number: int) -> Sight:
    return Sight(access_past_clue(actor, number))
