"""Petitions: of those who hold the post in the direct room, and of who leads the team from outside."""

from __future__ import annotations

from kernel.errors import NotVisible
from sharing.access.posts import access_post
from sharing.domain.posts import Post
from sharing.models.petitions import Petition
from tenancy.actor import Actor
from tenancy.visibility import OfficeQuerySet


def petitions_of_room(actor: Actor, number: int) -> OfficeQuerySet[Petition]:
    room = access_post(actor, number, Post.PETITIONS)
    return Petition.objects.filter(tenant_id=actor.tenant_id, room=room)


def access_petition(actor: Actor, number: int, nth: int) -> Petition:
    """The `nth` of room `number`."""
    found = petitions_of_room(actor, number).filter(number=nth).first()
    if found is None:
        raise NotVisible(what="petition", number=nth)
    return found
