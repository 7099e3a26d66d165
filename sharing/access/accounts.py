"""Whose account somebody of the roster has: for the directors of their own office."""

from __future__ import annotations

from scheduling.access.rosters import access_person
from scheduling.models.rosters import Person
from sharing.models.authorisations import PersonAccount
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.visibility import OfficeQuerySet


def accounts_visible_to(actor: Actor) -> OfficeQuerySet[PersonAccount]:
    return PersonAccount.objects.readable_by(actor, Permission.LINK_ACCOUNTS)


def access_person_to_link(actor: Actor, number: int) -> Person:
    """The person of the own roster, for whoever says which account is theirs."""
    person = access_person(actor, number)
    actor.must(Permission.LINK_ACCOUNTS)
    return person
