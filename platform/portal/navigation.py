"""The frame around every page: who is here, for which office, and where they may go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.http import has_several_seats
from portal.rules import opens
from scheduling.selectors.notices import MOST_COUNTED, unread_count
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from webui.language import spoken


@dataclass(frozen=True, slots=True)
class Door:
    """An entry of the menu, for those who hold the permission (None: for everybody).

    `areas` are the first parts of the addresses that belong to it, to mark where one is.
    """

    title: str | Promise
    url_name: str
    icon: str
    areas: tuple[str, ...]
    permission: Permission | None = None


PACKAGE_AREAS = (
    "packages-received",
    "packages-sent",
    "packages-brought",
    "package-records",
    "package-keys",
)
CLUE_AREAS = ("clue-ledger", "hand-over-lists", "clue-counts")

MENU: tuple[Door, ...] = (
    Door(_("My desk"), "portal:home", "home", ("",)),
    Door(_("Roster"), "portal:roster", "people", ("roster",), Permission.VIEW_ROSTER),
    Door(_("Units to inspect"), "portal:units", "units", ("units",), Permission.VIEW_UNITS),
    Door(
        _("Rectification"),
        "portal:rectification",
        "tick",
        ("rectification", "items", "joint-cases", "talks", "outcomes", "evaluations", "look-backs"),
        Permission.VIEW_RECTIFICATION,
    ),
    Door(
        _("Look-backs"), "portal:look-backs", "search", ("look-backs",), Permission.LEAD_LOOK_BACK
    ),
    Door(
        _("Our rectification"),
        "portal:my-rectification",
        "tick",
        ("my-rectification", "items"),
        Permission.SPEAK_FOR_UNIT,
    ),
    Door(
        _("To be checked"),
        "portal:supervision",
        "tick",
        ("supervision", "items"),
        Permission.SUPERVISE_UNIT,
    ),
    Door(
        _("In my charge"),
        "portal:in-charge",
        "tick",
        ("in-charge", "items", "joint-cases"),
        Permission.LEAD_JOINT_CASES,
    ),
    Door(_("Letters"), "portal:letters", "send", ("letters",), Permission.VIEW_LETTERS),
    Door(
        _("Letters received"),
        "portal:inbox",
        "inbox",
        ("inbox", "letters"),
        Permission.READ_OWN_LETTERS,
    ),
    Door(
        _("Contacts of units"),
        "portal:unit-contacts",
        "people",
        ("unit-contacts",),
        Permission.VIEW_CONTACTS,
    ),
    Door(_("My units"), "portal:my-units", "units", ("my-units",), Permission.SPEAK_FOR_UNIT),
    Door(_("My units"), "portal:my-units", "units", ("my-units",), Permission.SUPERVISE_UNIT),
    Door(_("Releases"), "portal:releases", "send", ("releases",), Permission.VIEW_RELEASES),
    # The discipline body reads no roster; everybody else who declares about own people does.
    Door(_("Recusal"), "portal:ties", "shield", ("ties",), Permission.VIEW_ROSTER),
    Door(_("Cannot come"), "portal:ties", "shield", ("ties",), Permission.DECLARE_UNAVAILABLE),
    Door(
        _("Going out and coming in"),
        "portal:ours",
        "swap",
        ("ours", "requests"),
        Permission.VIEW_DISPATCH,
    ),
    Door(
        _("Rounds"),
        "portal:rounds",
        "round",
        ("rounds", "runs", "plans", "publications"),
        Permission.VIEW_ROUND,
    ),
    Door(
        _("Categories of findings"),
        "portal:categories",
        "file",
        ("categories",),
        Permission.VIEW_CATEGORIES,
    ),
    Door(
        _("Rule library"),
        "portal:rules",
        "search",
        ("rules", "rule-imports"),
        Permission.VIEW_RULES,
    ),
    Door(
        _("Rooms"),
        "portal:rooms",
        "people",
        ("rooms", "my-room"),
        Permission.WORK_IN_ROOM,
    ),
    Door(
        _("Authorising teams"),
        "portal:authorisations",
        "shield",
        ("authorisations",),
        Permission.VIEW_AUTHORISATIONS,
    ),
    Door(_("Working papers"), "portal:papers", "plan", ("papers",), Permission.WORK_IN_ROOM),
    Door(_("Findings"), "portal:findings", "inbox", ("findings",)),
    Door(_("Reports of teams"), "portal:reports", "file", ("reports",)),
    Door(_("Clues of my team"), "portal:clues", "inbox", ("clues",), Permission.REGISTER_CLUE),
    Door(_("Register of clues"), "portal:clue-ledger", "inbox", CLUE_AREAS, Permission.HANDLE_CLUE),
    Door(
        _("Register of clues"), "portal:clue-ledger", "inbox", CLUE_AREAS, Permission.DISPOSE_CLUE
    ),
    Door(
        _("Who gave hints"),
        "portal:informants",
        "shield",
        ("informants",),
        Permission.KEEP_INFORMANTS,
    ),
    Door(
        _("Custodians"), "portal:custodians", "shield", ("custodians",), Permission.NAME_CUSTODIANS
    ),
    Door(
        _("Custodians"),
        "portal:custodians",
        "shield",
        ("custodians",),
        Permission.CONFIRM_CUSTODIANS,
    ),
    Door(
        _("Interference"),
        "portal:interference",
        "warn",
        ("interference",),
        Permission.REPORT_INTERFERENCE,
    ),
    Door(
        _("Interference"),
        "portal:interference",
        "warn",
        ("interference",),
        Permission.DEAL_WITH_INTERFERENCE,
    ),
    Door(
        _("Packages"),
        "portal:packages-received",
        "download",
        PACKAGE_AREAS,
        Permission.VIEW_PACKAGES,
    ),
    Door(
        _("Packages received"),
        "portal:packages-received",
        "download",
        PACKAGE_AREAS,
        Permission.DISPOSE_CLUE,
    ),
    Door(
        _("Keys of packages"),
        "portal:package-keys",
        "shield",
        ("package-keys",),
        Permission.CONFIRM_PACKAGE_KEYS,
    ),
    Door(
        _("Deadlines"),
        "portal:deadlines",
        "clock",
        ("deadlines", "deadline-terms"),
        Permission.VIEW_DEADLINES,
    ),
    Door(_("Past terms"), "portal:history", "history", ("history",), Permission.VIEW_HISTORY),
    Door(
        _("Security policy"),
        "portal:security-policy",
        "shield",
        ("security-policy",),
        Permission.SET_SECURITY,
    ),
    Door(
        _("Sign-in codes"),
        "portal:second-factors",
        "people",
        ("second-factors",),
        Permission.SET_SECURITY,
    ),
    Door(
        _("Reports of browsers"),
        "portal:violations",
        "warn",
        ("violations",),
        Permission.SET_SECURITY,
    ),
    Door(_("Offices"), "portal:offices", "units", ("offices",), Permission.MANAGE_OFFICES),
    Door(_("Accounts"), "portal:accounts", "people", ("accounts",), Permission.MANAGE_ACCOUNTS),
    Door(_("Locks and resets"), "portal:locks", "shield", ("locks",), Permission.SET_SECURITY),
    Door(
        _("Hosts for webhooks"),
        "portal:webhook-hosts",
        "send",
        ("webhook-hosts",),
        Permission.KEEP_WEBHOOK_HOSTS,
    ),
    Door(_("Webhooks"), "portal:webhooks", "send", ("webhooks",), Permission.MANAGE_WEBHOOKS),
    Door(
        _("Seats and their holders"),
        "portal:seats",
        "shield",
        ("seats", "seat-changes", "transfers"),
        Permission.PROPOSE_SEATS,
    ),
    Door(_("Emergency access"), "portal:emergency", "stop", ("emergency",)),
    Door(_("Deputies"), "portal:deputies", "person", ("deputies",)),
    Door(
        _("Who saw what is ours"),
        "portal:own-record",
        "search",
        ("own-record",),
        Permission.VIEW_OWN_RECORD,
    ),
    Door(_("Audit record"), "portal:record", "search", ("record",), Permission.READ_ALL_RECORDS),
    Door(
        _("My seat"),
        "portal:my-seat",
        "person",
        ("my-seat", "who-may", "tokens", "sign-ins", "password", "second-factor", "mail"),
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    title: str | Promise
    href: str
    icon: str
    is_here: bool


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
    navigation: Sequence[Entry] = ()
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


def menu_of(actor: Actor, path: str) -> Sequence[Entry]:
    area = path.strip("/").partition("/")[0]
    return tuple(
        Entry(door.title, reverse(door.url_name), door.icon, area in door.areas)
        for door in MENU
        if _leads_in(door, actor)
    )


def _leads_in(door: Door, actor: Actor) -> bool:
    """Nobody is shown a door that is closed to them."""
    is_theirs = door.permission is None or door.permission in actor.permissions
    return is_theirs and opens(actor, door.url_name.removeprefix("portal:"))
