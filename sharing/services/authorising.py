"""Authorising a published round's team: proposed by the city's director, granted for the owner.

The database's functions do it, whole or not at all, and leave the line in both records; here the
refusals are said in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from kernel.clock import CHINA, today
from kernel.errors import DomainError
from scheduling.access.publications import access_publication
from sharing.access.authorisations import access_request, access_request_to, open_requests
from sharing.domain.authorisations import term_fault
from sharing.domain.news import (
    AUTHORISATION_ANSWERED,
    AUTHORISATION_ENDED,
    AUTHORISATION_PROPOSED,
)
from sharing.errors.authorising import (
    AuthorisationNotOpen,
    AuthorisedAlready,
    AuthorisedByAnother,
    DocumentMissing,
    DocumentUsed,
    NoAccountToSeat,
    NoSuchTeamThere,
    NothingInForce,
    NotInTheRoom,
    NotOfTheTeam,
    ProposedAlready,
    ReasonMissing,
    RoomNotOpen,
    TermCannotBe,
)
from sharing.models.authorisations import AuthorisationRequest
from sharing.services.telling import tell_of_team
from tenancy.actor import Actor
from tenancy.db import ask, refused_as
from tenancy.domain.roles import Permission

_REFUSALS: Mapping[str, DomainError] = {
    "authorisation_of_a_publication_in_force": NothingInForce(),
    "authorisation_of_a_published_team": NoSuchTeamThere(),
    "authorisation_proposed_once": ProposedAlready(),
    "authorisation_once_per_team": AuthorisedAlready(),
    "authorisation_of_an_open_request": AuthorisationNotOpen(),
    "authorisation_answered_once": AuthorisationNotOpen(),
    "authorisation_by_another": AuthorisedByAnother(),
    "authorisation_has_a_document_and_a_term_or_words": DocumentMissing(),
    "room_is_open": RoomNotOpen(),
    "member_of_the_team_in_force": NotOfTheTeam(),
    "member_has_an_account": NoAccountToSeat(),
    "member_of_the_room": NotInTheRoom(),
}


@transaction.atomic
def propose_team(
    *, actor: Actor, publication: int, host: int, team: str, starts_on: date, until_on: date
) -> AuthorisationRequest:
    """Ask the office whose the records will be to authorise a team of what is in force.

    `host`: the county whose units it visits. `until_on`: the first day on which nobody enters.
    """
    published = access_publication(actor, publication, Permission.PROPOSE_AUTHORISATION)
    _must_fit(starts_on, until_on, published_on=_day(published.published_at))
    with refused_as(_REFUSALS):
        number = ask(
            "SELECT sec.propose_authorisation(%s, %s, %s, %s, %s)",
            publication,
            host,
            team,
            starts_on,
            until_on,
        )
    asked = access_request(actor, number)
    tell_of_team(actor, asked, AUTHORISATION_PROPOSED)
    return asked


@transaction.atomic
def propose_teams(
    *,
    actor: Actor,
    publication: int,
    teams: Sequence[tuple[int, str]],
    starts_on: date,
    until_on: date,
) -> Sequence[AuthorisationRequest]:
    """Several at once, each (county, team): all of them or none."""
    return [
        propose_team(
            actor=actor,
            publication=publication,
            host=host,
            team=team,
            starts_on=starts_on,
            until_on=until_on,
        )
        for host, team in teams
    ]


@transaction.atomic
def grant(
    *,
    actor: Actor,
    number: int,
    document_number: str,
    authorised_by: str,
    starts_on: date,
    until_on: date,
) -> int:
    """Authorise the team: both rooms open, and whoever has an account sits in them. How many do."""
    asked = access_request_to(actor, number, Permission.GRANT_AUTHORISATION)
    if asked.pk not in open_requests():
        raise AuthorisationNotOpen
    if asked.proposed_by_id == actor.user_id:
        raise AuthorisedByAnother
    if not document_number.strip() or not authorised_by.strip():
        raise DocumentMissing
    _must_fit(starts_on, until_on, published_on=asked.published_on)
    used = {"authorisation_not_reused": DocumentUsed(document=document_number.strip())}
    with refused_as({**_REFUSALS, **used}):
        admitted: int = ask(
            "SELECT sec.answer_authorisation(%s, true, %s, %s, %s, %s, '')",
            number,
            document_number,
            authorised_by,
            starts_on,
            until_on,
        )
    tell_of_team(actor, asked, AUTHORISATION_ANSWERED)
    return admitted


@transaction.atomic
def refuse(*, actor: Actor, number: int, words: str) -> None:
    """Not this team, or not so; the city reads why."""
    asked = access_request_to(actor, number, Permission.GRANT_AUTHORISATION)
    _must_say(words)
    if asked.pk not in open_requests():
        raise AuthorisationNotOpen
    with refused_as(_REFUSALS):
        ask("SELECT sec.answer_authorisation(%s, false, NULL, NULL, NULL, NULL, %s)", number, words)
    tell_of_team(actor, asked, AUTHORISATION_ANSWERED)


@transaction.atomic
def admit_member(*, actor: Actor, number: int, origin: int, person: str) -> None:
    """Let somebody in who is of the team by the plan in force: their account was linked since, or
    a correction brought them. The owner's to say, as the authorisation was."""
    access_request_to(actor, number, Permission.GRANT_AUTHORISATION)
    with refused_as(_REFUSALS):
        ask("SELECT sec.admit_member(%s, %s, %s) IS NULL", number, origin, person)


@transaction.atomic
def end_member(*, actor: Actor, number: int, origin: int, person: str, words: str) -> None:
    """Take somebody out of both rooms today; their line stays, with the reason."""
    access_request_to(actor, number, Permission.END_AUTHORISATION)
    _must_say(words)
    with refused_as(_REFUSALS):
        ask("SELECT sec.end_member(%s, %s, %s, %s) IS NULL", number, origin, person, words)


@transaction.atomic
def follow_correction(*, actor: Actor, number: int) -> None:
    """Take over the units and days of the plan in force. Twice is once."""
    access_request_to(actor, number, Permission.END_AUTHORISATION)
    with refused_as(_REFUSALS):
        ask("SELECT sec.follow_correction(%s) IS NULL", number)


@transaction.atomic
def revoke(*, actor: Actor, number: int, words: str) -> int:
    """Close both rooms today: every guest's seat that hangs on them ends. How many did."""
    asked = access_request_to(actor, number, Permission.END_AUTHORISATION)
    _must_say(words)
    with refused_as(_REFUSALS):
        ended: int = ask("SELECT sec.revoke_authorisation(%s, %s)", number, words)
    tell_of_team(actor, asked, AUTHORISATION_ENDED)
    return ended


def _day(at: datetime) -> date:
    return at.astimezone(CHINA).date()


def _must_fit(starts_on: date, until_on: date, *, published_on: date) -> None:
    fault = term_fault(starts_on, until_on, published_on=published_on, on=today())
    if fault is not None:
        raise TermCannotBe.by(fault)


def _must_say(words: str) -> None:
    if not words.strip():
        raise ReasonMissing
