"""The frame around every page: who is here, for which office, and where they may go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from portal.http import has_several_seats
from portal.menu import MENU, Door
from portal.rules import opens
from scheduling.selectors.notices import MOST_COUNTED, unread_count
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from webui.language import spoken

# What the eye takes in at one look needs no headings.
MOST_WITHOUT_HEADINGS = 9


@dataclass(frozen=True, slots=True)
class Entry:
    title: str | Promise
    href: str
    icon: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Part:
    """Entries below a heading; "" where so few are open to somebody that none is needed."""

    title: str | Promise
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Bell:
    """The notices that somebody has not looked at. Counted when a page shows it, and once."""

    href: str
    is_here: bool
    actor: Actor

    @cached_property
    def count(self) -> int:
        return unread_count(self.actor)

    @property
    def shown(self) -> str:
        return "99+" if self.count >= MOST_COUNTED else str(self.count)


@dataclass(frozen=True, slots=True)
class Shell:
    """What `webui/base.html` reads. A stranger has no person, office or menu."""

    language: str
    here: str
    home: str
    change_language: str
    sign_out: str
    change_seat: str
    my_seat: str = ""
    person: str = ""
    office: str = ""
    roles: str = ""
    navigation: Sequence[Part] = ()
    bell: Bell | None = None


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor."""
    return {"shell": frame_of(request)}


def frame_of(request: HttpRequest) -> Shell:
    actor: Actor | None = getattr(request, "actor", None)
    user = getattr(request, "user", None)
    is_known = user is not None and user.is_authenticated
    person = actor.name if actor else (str(user) if is_known else "")
    return Shell(
        language=spoken(),
        here=request.get_full_path() if request.method == "GET" else "",
        home=reverse("portal:home"),
        change_language=reverse("portal:language"),
        sign_out=reverse("portal:sign-out"),
        change_seat=reverse("portal:office") if actor and has_several_seats(request) else "",
        my_seat=reverse("portal:my-seat") if actor else "",
        person=person,
        office=actor.office_name if actor else "",
        roles=role_words(actor) if actor else "",
        navigation=menu_of(actor, request.path) if actor else (),
        bell=bell_of(actor, request.path) if actor else None,
    )


def bell_of(actor: Actor, path: str) -> Bell | None:
    if not actor.may(Permission.VIEW_NOTICES):
        return None
    address = reverse("portal:notices")
    return Bell(address, path == address, actor)


def role_words(actor: Actor) -> str:
    separator = ", " if spoken() == "en" else "、"
    return separator.join(title[spoken()] for title in actor.titles)


def menu_of(actor: Actor, path: str) -> Sequence[Part]:
    area = path.strip("/").partition("/")[0]
    parts = tuple(
        Part(group.title or "", entries)
        for group in MENU
        if (entries := tuple(_entries(group.doors, actor, area)))
    )
    if sum(len(part.entries) for part in parts) > MOST_WITHOUT_HEADINGS:
        return parts
    return (Part("", tuple(entry for part in parts for entry in part.entries)),)


def _entries(doors: Sequence[Door], actor: Actor, area: str) -> Iterator[Entry]:
    for door in doors:
        if _leads_in(door, actor):
            yield Entry(door.title, reverse(door.url_name), door.icon, area in door.areas)


def _leads_in(door: Door, actor: Actor) -> bool:
    """Nobody is shown a door that is closed to them."""
    is_theirs = door.permission is None or door.permission in actor.permissions
    return is_theirs and opens(actor, door.url_name.removeprefix("portal:"))
