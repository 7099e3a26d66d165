"""What waits for the administrators, and for a director of the seats that they proposed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from portal.todos import Todo
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Office, User
from tenancy.services.duties import Duties, SecurityDuties, SystemDuties, duties
from webui.language import spoken

MOST_NAMED = 4


def administration_todos(actor: Actor) -> Iterator[Todo]:
    if not (actor.may(Permission.PROPOSE_SEATS) or actor.may(Permission.READ_ALL_RECORDS)):
        return
    facts = duties(actor)
    yield from _proposals(facts)
    if facts.system is not None:
        yield from _of_system(facts.system)
    if facts.security is not None:
        yield from _of_security(facts.security)
    if facts.reads_records:
        yield Todo(
            gettext("Audit record"),
            gettext("What was done in every office, the administrators' acts among it."),
            "portal:record",
            standing=True,
            step=gettext("Search"),
        )


def _proposals(facts: Duties) -> Iterator[Todo]:
    if facts.to_decide:
        yield Todo(
            gettext("Decide on seats"),
            gettext("Look at who is proposed, for which seat and why; then decide."),
            "portal:seats",
            count=facts.to_decide,
            counted=gettext("proposals"),
            step=gettext("To the proposals"),
        )
    if facts.waiting:
        yield Todo(
            gettext("Proposed seats"),
            gettext("A security administrator decides on them."),
            "portal:seats",
            count=facts.waiting,
            counted=gettext("proposals"),
            under_way=True,
            step=gettext("View"),
        )


def _of_system(facts: SystemDuties) -> Iterator[Todo]:
    if not facts.offices:
        yield Todo(
            gettext("Make the offices"),
            gettext("The city's office first, then the counties under it."),
            "portal:offices",
            step=gettext("Make an office"),
        )
    if facts.empty:
        yield Todo(
            gettext("Offices with nobody in them"),
            gettext("Invite a director, and propose the seat: %(names)s.")
            % {"names": _named(facts.empty)},
            "portal:seats",
            count=len(facts.empty),
            counted=gettext("offices"),
            step=gettext("Propose a seat"),
        )
    if facts.unseated:
        yield Todo(
            gettext("Accounts without a seat"),
            gettext("They cannot enter any office: %(names)s.") % {"names": _named(facts.unseated)},
            "portal:seats",
            count=len(facts.unseated),
            counted=gettext("accounts"),
            step=gettext("Propose a seat"),
        )
    if facts.expiring:
        yield Todo(
            gettext("Accounts that end within 30 days"),
            gettext("Give a later end, or let them run out: %(names)s.")
            % {"names": _named(facts.expiring)},
            "portal:accounts",
            count=len(facts.expiring),
            counted=gettext("accounts"),
            step=gettext("To the accounts"),
        )
    if facts.invited:
        yield Todo(
            gettext("Invitations under way"),
            gettext("They have set no password yet. A link that ran out is made anew."),
            "portal:accounts",
            count=facts.invited,
            counted=gettext("accounts"),
            under_way=True,
            step=gettext("To the accounts"),
        )
    if facts.offices:
        yield _standing(gettext("Offices"), facts.offices, gettext("offices"), "portal:offices")
    yield _standing(gettext("Accounts"), facts.accounts, gettext("accounts"), "portal:accounts")


def _of_security(facts: SecurityDuties) -> Iterator[Todo]:
    if facts.reports:
        yield Todo(
            gettext("Reports of browsers"),
            gettext("Kinds that were reported in the last seven days. See whether one is new."),
            "portal:violations",
            count=facts.reports,
            counted=gettext("kinds"),
            step=gettext("To the reports"),
        )
    yield _standing(
        gettext("Who is signed in"),
        facts.signed_in,
        gettext("at present"),
        "portal:sign-ins-everybody",
    )


def _standing(title: str, count: int, counted: str, url_name: str) -> Todo:
    return Todo(
        title, "", url_name, count=count, counted=counted, standing=True, step=gettext("View")
    )


def _named(rows: Sequence[Office] | Sequence[User]) -> str:
    """The first few by name, and that there are more."""
    names = [row.short_name if isinstance(row, Office) else str(row) for row in rows]
    separator = ", " if spoken() == "en" else "、"
    return separator.join(names[:MOST_NAMED]) + (" …" if len(names) > MOST_NAMED else "")
