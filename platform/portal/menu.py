"""The menu: what there is, in the order of the work, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tenancy.domain.roles import Permission


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


@dataclass(frozen=True, slots=True)
class Group:
    """Doors below one heading; without a title they need none."""

    title: str | Promise | None
    doors: tuple[Door, ...]


CLUE_AREAS = ("clue-ledger", "hand-over-lists", "clue-counts", "past-clues", "clue-imports")
PACKAGE_AREAS = (
    "packages-received",
    "packages-sent",
    "packages-brought",
    "package-records",
    "package-keys",
)

MENU: tuple[Group, ...] = (
    Group(
        None,
        (Door(_("My desk"), "portal:home", "home", ("",)),),
    ),
    Group(
        _("Rounds and teams"),
        (
            Door(
                _("Rounds"),
                "portal:rounds",
                "round",
                ("rounds", "runs", "plans", "publications"),
                Permission.VIEW_ROUND,
            ),
            Door(
                _("Going out and coming in"),
                "portal:ours",
                "swap",
                ("ours", "requests"),
                Permission.VIEW_DISPATCH,
            ),
            Door(_("Releases"), "portal:releases", "send", ("releases",), Permission.VIEW_RELEASES),
            # The discipline body reads no roster; everybody else who declares about own people does.
            Door(_("Recusal"), "portal:ties", "shield", ("ties",), Permission.VIEW_ROSTER),
            Door(
                _("Cannot come"), "portal:ties", "shield", ("ties",), Permission.DECLARE_UNAVAILABLE
            ),
            Door(
                _("Authorising teams"),
                "portal:authorisations",
                "shield",
                ("authorisations",),
                Permission.VIEW_AUTHORISATIONS,
            ),
            Door(
                _("Rooms"),
                "portal:rooms",
                "people",
                ("rooms", "my-room"),
                Permission.WORK_IN_ROOM,
            ),
            Door(
                _("Posts for outsiders"),
                "portal:post-settings",
                "shield",
                ("post-settings",),
                Permission.SET_POSTS,
            ),
            Door(
                _("Documents asked for"),
                "portal:documents-asked",
                "file",
                ("documents-asked",),
                Permission.SPEAK_FOR_UNIT,
            ),
        ),
    ),
    Group(
        _("Findings and clues"),
        (
            Door(
                _("Working papers"), "portal:papers", "plan", ("papers",), Permission.WORK_IN_ROOM
            ),
            Door(_("Findings"), "portal:findings", "inbox", ("findings",)),
            Door(_("Reports of teams"), "portal:reports", "file", ("reports",)),
            Door(
                _("Clues of my team"), "portal:clues", "inbox", ("clues",), Permission.REGISTER_CLUE
            ),
            Door(
                _("Register of clues"),
                "portal:clue-ledger",
                "inbox",
                CLUE_AREAS,
                Permission.HANDLE_CLUE,
            ),
            Door(
                _("Register of clues"),
                "portal:clue-ledger",
                "inbox",
                CLUE_AREAS,
                Permission.DISPOSE_CLUE,
            ),
            Door(
                _("Mutual corroboration"),
                "portal:hits",
                "people",
                ("hits",),
                Permission.HANDLE_CLUE,
            ),
            Door(
                _("Mutual corroboration"),
                "portal:hits",
                "people",
                ("hits",),
                Permission.DISPOSE_CLUE,
            ),
            Door(
                _("Sharing between offices"),
                "portal:shares",
                "swap",
                ("shares", "share-groups"),
                Permission.VIEW_SHARES,
            ),
            # A team's leader reads them, and sees no share.
            Door(
                _("Views shared with us"),
                "portal:shared-views",
                "inbox",
                ("shared-views",),
                Permission.READ_SHARED_VIEWS,
            ),
            Door(
                _("Who gave hints"),
                "portal:informants",
                "shield",
                ("informants",),
                Permission.KEEP_INFORMANTS,
            ),
            Door(
                _("Custodians"),
                "portal:custodians",
                "shield",
                ("custodians",),
                Permission.NAME_CUSTODIANS,
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
        ),
    ),
    Group(
        _("Rectification and letters"),
        (
            Door(
                _("Rectification"),
                "portal:rectification",
                "tick",
                (
                    *("rectification", "items", "joint-cases", "talks", "outcomes", "evaluations"),
                    *("look-backs", "past-problems", "problem-imports"),
                ),
                Permission.VIEW_RECTIFICATION,
            ),
            Door(
                _("Look-backs"),
                "portal:look-backs",
                "search",
                ("look-backs",),
                Permission.LEAD_LOOK_BACK,
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
                _("Deadlines"),
                "portal:deadlines",
                "clock",
                ("deadlines", "deadline-terms"),
                Permission.VIEW_DEADLINES,
            ),
        ),
    ),
    Group(
        _("Records of the office"),
        (
            Door(_("Roster"), "portal:roster", "people", ("roster",), Permission.VIEW_ROSTER),
            Door(_("Units to inspect"), "portal:units", "units", ("units",), Permission.VIEW_UNITS),
            Door(
                _("My units"), "portal:my-units", "units", ("my-units",), Permission.SPEAK_FOR_UNIT
            ),
            Door(
                _("My units"), "portal:my-units", "units", ("my-units",), Permission.SUPERVISE_UNIT
            ),
            Door(
                _("Contacts of units"),
                "portal:unit-contacts",
                "people",
                ("unit-contacts",),
                Permission.VIEW_CONTACTS,
            ),
            Door(
                _("City digest"),
                "portal:digests",
                "file",
                ("digests", "digests-made"),
                Permission.VIEW_DIGEST,
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
                _("Past terms"), "portal:history", "history", ("history",), Permission.VIEW_HISTORY
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
        ),
    ),
    Group(
        _("Administration"),
        (
            Door(_("Offices"), "portal:offices", "units", ("offices",), Permission.MANAGE_OFFICES),
            Door(
                _("Accounts"),
                "portal:accounts",
                "people",
                ("accounts",),
                Permission.MANAGE_ACCOUNTS,
            ),
            Door(
                _("Seats and their holders"),
                "portal:seats",
                "shield",
                ("seats", "seat-changes", "transfers"),
                Permission.PROPOSE_SEATS,
            ),
            Door(
                _("Locks and resets"), "portal:locks", "shield", ("locks",), Permission.SET_SECURITY
            ),
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
            Door(
                _("Hosts for webhooks"),
                "portal:webhook-hosts",
                "send",
                ("webhook-hosts",),
                Permission.KEEP_WEBHOOK_HOSTS,
            ),
            Door(
                _("Webhooks"), "portal:webhooks", "send", ("webhooks",), Permission.MANAGE_WEBHOOKS
            ),
            Door(_("Deputies"), "portal:deputies", "person", ("deputies",)),
            Door(_("Emergency access"), "portal:emergency", "stop", ("emergency",)),
            Door(
                _("Who saw what is ours"),
                "portal:own-record",
                "search",
                ("own-record",),
                Permission.VIEW_OWN_RECORD,
            ),
            Door(
                _("Audit record"),
                "portal:record",
                "search",
                ("record",),
                Permission.READ_ALL_RECORDS,
            ),
            Door(
                _("My seat"),
                "portal:my-seat",
                "person",
                ("my-seat", "who-may", "tokens", "sign-ins", "password", "second-factor", "mail"),
            ),
        ),
    ),
)
