"""A team's rooms, for those who work in them; and whose account somebody of the roster has."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output
from sharing.api.authorisations import ROLES, RoomUnitOut
from sharing.models.rooms import Room
from sharing.selectors.accounts import (
    AccountLine,
    account_of_person,
    people_with_account,
    people_without_account,
)
from sharing.selectors.rooms import room_page, rooms_part
from sharing.services.accounts import link_account, unlink_account
from tenancy.domain.roles import Permission


class RoomLineOut(Output):
    number = serializers.IntegerField(source="room.pk")
    purpose = serializers.ChoiceField(choices=Room.Purpose.values, source="room.purpose")
    round = serializers.CharField(source="room.round_name")
    team_name = serializers.CharField(source="room.team_name")
    host = serializers.CharField(source="room.host.short_name")
    starts_on = serializers.DateField(source="room.starts_on")
    until_on = serializers.DateField(source="room.until_on")
    days_left = serializers.IntegerField()


class TeamSeatOut(Output):
    name = serializers.CharField()
    origin = serializers.CharField(source="origin.short_name")
    role = serializers.ChoiceField(choices=ROLES)
    is_local = serializers.BooleanField(help_text="Of the county that is inspected.")


class RoomOut(RoomLineOut):
    document_number = serializers.CharField(source="room.document_number")
    authorised_by = serializers.CharField(source="room.authorised_by")
    team = TeamSeatOut(many=True)
    units = RoomUnitOut(many=True)


class AccountQuery(Input):
    linked = serializers.BooleanField(
        required=False, default=False, help_text="true: those with an account."
    )


class AccountIn(Input):
    username = serializers.CharField(max_length=150)


class PersonAccountOut(Output):
    number = serializers.IntegerField(source="person.key")
    roster_number = serializers.CharField(source="person.number")
    name = serializers.CharField(source="person.name")
    username = serializers.CharField(source="link.user.username", allow_null=True, default=None)


class Rooms(Endpoint):
    @lists("list_rooms", Permission.WORK_IN_ROOM, gives=RoomLineOut)
    def get(self, call: Call) -> Any:
        """The open rooms of this office in which the caller works."""
        return rooms_part(call.actor, call.window)


class OneRoom(Endpoint):
    @reads("read_room", Permission.WORK_IN_ROOM, gives=RoomOut)
    def get(self, call: Call, number: int) -> Any:
        """The team, its units and its term."""
        page = room_page(call.actor, number)
        return {
            "room": page.room,
            "days_left": page.line.days_left,
            "team": page.seats,
            "units": page.units,
        }


class PersonAccounts(Endpoint):
    @lists(
        "list_person_accounts", Permission.LINK_ACCOUNTS, gives=PersonAccountOut, asks=AccountQuery
    )
    def get(self, call: Call) -> Any:
        """Who of the roster has no account linked, or who has one; by the roster's numbers."""
        list_of = people_with_account if call.asked.get("linked") else people_without_account
        return list_of(call.actor, call.window)


class OnePersonAccount(Endpoint):
    @acts("link_account", Permission.LINK_ACCOUNTS, takes=AccountIn, gives=PersonAccountOut)
    def post(self, call: Call, number: int) -> Any:
        """Say which account is theirs. Saying it again changes nothing."""
        link_account(actor=call.actor, number=number, **call.given)
        return _line(call, number)


class UnlinkAccount(Endpoint):
    @acts("unlink_account", Permission.LINK_ACCOUNTS, gives=PersonAccountOut)
    def post(self, call: Call, number: int) -> Any:
        """Take it back. Refused while they sit in an open room."""
        unlink_account(actor=call.actor, number=number)
        return _line(call, number)


def _line(call: Call, number: int) -> AccountLine | None:
    return account_of_person(call.actor, number)
