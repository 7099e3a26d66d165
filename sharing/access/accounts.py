"""Whose account somebody of the roster has: for the directors of their own office."""

from __future__ import annotations

from dataclasses import dataclass

from scheduling.access.rosters import access_person
from sharing.models.authorisations import PersonAccount
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import OfficeQuerySet


def accounts_visible_to(actor: Actor) -> OfficeQuerySet[PersonAccount]:
    return PersonAccount.objects.readable_by(actor, Permission.LINK_ACCOUNTS)


@dataclass(frozen=True, slots=True)
class Rostered:
    """Somebody of the own roster, as far as their account goes. `key`: as addresses count them."""

    key: int
    number: str
    name: str
    post: str = ""


def access_person_to_link(actor: Actor, number: int) -> Rostered:
    """The person of the own roster, for whoever says which account is theirs."""
    person = access_person(actor, number)
    actor.must(Permission.LINK_ACCOUNTS)
    return Rostered(person.pk, person.number, person.name, person.post)
