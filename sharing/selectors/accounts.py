"""Who of the roster has an account by which they could work in a room, and who has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scheduling.access.rosters import people_visible_to
from sharing.access.accounts import Rostered, access_person_to_link, accounts_visible_to
from sharing.models.authorisations import PersonAccount
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

ROWS = 50


@dataclass(frozen=True, slots=True)
class AccountLine:
    person: Rostered
    link: PersonAccount | None


def account_of_person(actor: Actor, number: int) -> AccountLine | None:
    """For the person's page; None: it is not the reader's to know."""
    if not actor.may(Permission.LINK_ACCOUNTS):
        return None
    return _lines(actor, [access_person_to_link(actor, number)])[0]


def people_without_account(actor: Actor, window: Window) -> Part[AccountLine]:
    """Those of the pool who could be sent, by number."""
    return _part(actor, window, has_account=False)


def people_with_account(actor: Actor, window: Window) -> Part[AccountLine]:
    return _part(actor, window, has_account=True)


def _part(actor: Actor, window: Window, *, has_account: bool) -> Part[AccountLine]:
    actor.must(Permission.LINK_ACCOUNTS)
    linked = accounts_visible_to(actor).values("person_number")
    people = people_visible_to(actor)
    if has_account:
        people = people.filter(number__in=linked)
    else:
        people = people.active().exclude(number__in=linked)
    part = part_of(people, window, "number")
    shown = [Rostered(one.pk, one.number, one.name, one.post) for one in part.lines]
    return part.showing(_lines(actor, shown))


def _lines(actor: Actor, people: Sequence[Rostered]) -> Sequence[AccountLine]:
    numbers = [person.number for person in people]
    links = {
        link.person_number: link
        for link in accounts_visible_to(actor)
        .filter(person_number__in=numbers)
        .select_related("user")
    }
    return [AccountLine(person, links.get(person.number)) for person in people]
