"""Whose facts are seen in a letter and in an item of rectification: the own office's."""

from __future__ import annotations

from sharing.models.letters import Letter
from sharing.models.rectification import RectificationItem
from tenancy.actor import Actor
from tenancy.services.reading import Sight, sees


@sees("letter")
def of_letter(actor: Actor, number: int) -> Sight:
    return Sight(Letter(pk=number), people={actor.tenant_id: None})


@sees("rectification_item")
def of_item(actor: Actor, number: int) -> Sight:
    return Sight(RectificationItem(pk=number), people={actor.tenant_id: None})
