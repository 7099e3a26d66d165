"""What the page of one's own seat shows: taken from the table of roles and from nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.http import has_several_seats
from portal.rules import RULES, alternatives, opens
from portal.who_may import Record, of_person
from tenancy.actor import Actor


@dataclass(frozen=True, slots=True)
class RecordOfMine:
    """One record with what one may; `href` "": no page shows it by itself."""

    record: Record
    href: str


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page about oneself, whatever seat one wears."""

    title: str | Promise
    text: str | Promise
    url_name: str
    icon: str

    @property
    def href(self) -> str:
        return reverse(self.url_name)


_CHANGE_SEAT = OwnPage(
    _("Change seat"),
    _("You hold further seats. What was saved is kept."),
    "portal:office",
    "swap",
)
OWN_PAGES = (
    OwnPage(
        _("Who may do what"),
        _("The table for every seat of an office, to read and to print."),
        "portal:who-may",
        "shield",
    ),
    OwnPage(
        _("My password"),
        _("Change it; your other sign-ins end with the old one."),
        "portal:password",
        "shield",
    ),
    OwnPage(
        _("Sign-in code"),
        _("An authenticator on your telephone, and recovery codes for when it is not at hand."),
        "portal:second-factor",
        "shield",
    ),
    OwnPage(
        _("My sign-ins"),
        _("When and from where you signed in; end what you do not know."),
        "portal:sign-ins",
        "clock",
    ),
    OwnPage(
        _("Tokens"),
        _("For a program that acts for you in this office."),
        "portal:tokens",
        "plan",
    ),
)


def records_of(actor: Actor) -> tuple[RecordOfMine, ...]:
    return tuple(RecordOfMine(one, _page_of(one.name, actor)) for one in of_person(actor))


def own_pages(actor: Actor, request: HttpRequest) -> Iterator[OwnPage]:
    if has_several_seats(request):
        yield _CHANGE_SEAT
    yield from (page for page in OWN_PAGES if opens(actor, page.url_name.removeprefix("portal:")))


def _page_of(record: str, actor: Actor) -> str:
    """The first address that shows such rows without being told a number."""
    for name, address in RULES.items():
        is_of_it = any(rule.record == record for rule in alternatives(address.get))
        if is_of_it and opens(actor, name):
            try:
                return reverse(f"portal:{name}")
            except NoReverseMatch:
                continue
    return ""
