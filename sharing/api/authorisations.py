"""Authorising the teams of what was published, and who of them sits in the rooms."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, Created, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from sharing.selectors.authorisations import (
    AuthorisationPage,
    authorisation_page,
    authorisations_part,
    teams_to_authorise,
)
from sharing.services import authorising
from tenancy.domain.roles import Permission

STATES = ("waiting", "in_force", "to_come", "expired", "revoked", "refused", "outdated")
SEAT_STATES = ("", "in", "no_account", "ended", "withdrawn", "left")
ROLES = ("leader", "deputy", "member")


class ProposalIn(Input):
    host = Number(help_text="The county whose units the team visits.")
    team = serializers.CharField(max_length=20, help_text="Its code in the published plan.")
    starts_on = serializers.DateField()
    until_on = serializers.DateField(help_text="The first day on which nobody enters.")


class GrantIn(Input):
    document_number = serializers.CharField(max_length=100)
    authorised_by = serializers.CharField(max_length=200, help_text="The body that authorises.")
    starts_on = serializers.DateField()
    until_on = serializers.DateField(help_text="The first day on which nobody enters.")


class AuthorisationReasonIn(Input):
    words = serializers.CharField(max_length=500)


class MemberIn(Input):
    origin = Number(help_text="The office whose roster the person is of.")
    person = serializers.CharField(max_length=50, help_text="The person's number there.")


class MemberEndIn(MemberIn):
    words = serializers.CharField(max_length=500)


class AuthorisationLineOut(Output):
    number = serializers.IntegerField()
    round = serializers.CharField(source="request.round_name")
    team = serializers.CharField(source="request.team_code")
    team_name = serializers.CharField(source="request.team_name")
    host = serializers.CharField(source="request.host.short_name")
    owner = serializers.CharField(
        source="request.tenant.short_name", help_text="Whose the records are, and who answers."
    )
    state = serializers.ChoiceField(choices=STATES)
    starts_on = serializers.DateField(source="request.starts_on")
    until_on = serializers.DateField(source="request.until_on")
    proposed_at = serializers.DateTimeField(source="request.proposed_at")


class MemberOut(Output):
    origin = serializers.IntegerField(source="post.origin")
    person = serializers.CharField(source="post.number")
    name = serializers.CharField(source="post.name")
    post = serializers.CharField(source="post.post")
    role = serializers.ChoiceField(choices=ROLES, source="post.role")
    is_local = serializers.BooleanField(
        source="post.is_local", help_text="Of the county that is inspected."
    )
    state = serializers.ChoiceField(choices=SEAT_STATES, allow_blank=True)
    may_admit = serializers.BooleanField()
    may_end = serializers.BooleanField()


class RoomUnitOut(Output):
    code = serializers.CharField()
    name = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()


class AuthorisationOut(AuthorisationLineOut):
    publication = serializers.IntegerField(source="request.publication")
    proposed_by = serializers.CharField(source="request.proposed_by")
    document_number = serializers.CharField(allow_blank=True)
    authorised_by = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True, help_text="Why it was refused, or revoked.")
    edition = serializers.IntegerField(
        allow_null=True, help_text="The version in force, where the room follows an earlier one."
    )
    people = MemberOut(many=True)
    units = RoomUnitOut(many=True)


class TeamToAuthoriseOut(Output):
    team = serializers.CharField(source="team.code")
    name = serializers.CharField(source="team.name")
    host = serializers.IntegerField(source="team.host")
    host_name = serializers.CharField(source="team.host_name")
    units = serializers.IntegerField(source="team.units")
    starts_on = serializers.DateField(source="team.starts_on")
    ends_on = serializers.DateField(source="team.ends_on")
    authorisation = serializers.IntegerField(
        source="line.number", allow_null=True, default=None, help_text="The newest; null: none."
    )
    state = serializers.CharField(source="line.state", allow_null=True, default=None)


class TeamsToAuthoriseOut(Output):
    teams = TeamToAuthoriseOut(many=True)


class PublicationTeams(Endpoint):
    @reads("read_publication_teams", Permission.VIEW_PLAN, gives=TeamsToAuthoriseOut)
    def get(self, call: Call, number: int) -> Any:
        """Each team at each county's units, and how far it is authorised."""
        return {"teams": teams_to_authorise(call.actor, number)}

    @acts(
        "propose_authorisation",
        Permission.PROPOSE_AUTHORISATION,
        takes=ProposalIn,
        gives=AuthorisationOut,
        status=201,
    )
    def post(self, call: Call, number: int) -> Any:
        """Ask the office whose the records will be to authorise a team of what is in force."""
        made = authorising.propose_team(actor=call.actor, publication=number, **call.given)
        return Created(_shown(call, made.pk), f"authorisations/{made.pk}")


class Authorisations(Endpoint):
    @lists("list_authorisations", Permission.VIEW_AUTHORISATIONS, gives=AuthorisationLineOut)
    def get(self, call: Call) -> Any:
        """What the office proposed and what it answers, newest first."""
        return authorisations_part(call.actor, call.window)


class OneAuthorisation(Endpoint):
    @reads("read_authorisation", Permission.VIEW_AUTHORISATIONS, gives=AuthorisationOut)
    def get(self, call: Call, number: int) -> Any:
        """The team, its term, and who of it is let in; never what is kept in its rooms."""
        return _shown(call, number)


class GrantAuthorisation(Endpoint):
    @acts(
        "grant_authorisation",
        Permission.GRANT_AUTHORISATION,
        takes=GrantIn,
        gives=AuthorisationOut,
    )
    def post(self, call: Call, number: int) -> Any:
        """Authorise the team: both rooms open, whoever has an account is let in for the term."""
        authorising.grant(actor=call.actor, number=number, **call.given)
        return _shown(call, number)


class RefuseAuthorisation(Endpoint):
    @acts(
        "refuse_authorisation",
        Permission.GRANT_AUTHORISATION,
        takes=AuthorisationReasonIn,
        gives=AuthorisationOut,
    )
    def post(self, call: Call, number: int) -> Any:
        """Do not authorise it, and say why."""
        authorising.refuse(actor=call.actor, number=number, **call.given)
        return _shown(call, number)


class AdmitMember(Endpoint):
    @acts("admit_member", Permission.GRANT_AUTHORISATION, takes=MemberIn, gives=AuthorisationOut)
    def post(self, call: Call, number: int) -> Any:
        """Let somebody in who is of the team by the plan in force and whose account is linked."""
        authorising.admit_member(actor=call.actor, number=number, **call.given)
        return _shown(call, number)


class EndMember(Endpoint):
    @acts("end_member", Permission.END_AUTHORISATION, takes=MemberEndIn, gives=AuthorisationOut)
    def post(self, call: Call, number: int) -> Any:
        """Take somebody out of both rooms today, and say why."""
        authorising.end_member(actor=call.actor, number=number, **call.given)
        return _shown(call, number)


class FollowCorrection(Endpoint):
    @acts("follow_correction", Permission.END_AUTHORISATION, gives=AuthorisationOut)
    def post(self, call: Call, number: int) -> Any:
        """Take over units and days of the version in force."""
        authorising.follow_correction(actor=call.actor, number=number)
        return _shown(call, number)


class RevokeAuthorisation(Endpoint):
    @acts(
        "revoke_authorisation",
        Permission.END_AUTHORISATION,
        takes=AuthorisationReasonIn,
        gives=AuthorisationOut,
    )
    def post(self, call: Call, number: int) -> Any:
        """Close both rooms today; every seat of the team that hangs on them ends."""
        authorising.revoke(actor=call.actor, number=number, **call.given)
        return _shown(call, number)


def _shown(call: Call, number: int) -> dict[str, Any]:
    page = authorisation_page(call.actor, number)
    line = page.line
    return {
        "number": line.number,
        "request": line.request,
        "state": line.state,
        "document_number": "" if line.room is None else line.room.document_number,
        "authorised_by": "" if line.room is None else line.room.authorised_by,
        "words": _words(page),
        "edition": page.edition,
        "people": page.seats,
        "units": page.units,
    }


def _words(page: AuthorisationPage) -> str:
    line = page.line
    if line.room is not None and line.room.closed_because:
        return line.room.closed_because
    return "" if line.answer is None else line.answer.words
