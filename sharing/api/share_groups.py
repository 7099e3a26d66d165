"""Offices to share with, and groups of them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, Created, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from sharing.api.share_shapes import ShareOfficeOut, SharesMadeOut, ShareWantedIn
from sharing.api.shares import PREPARERS, asked_of
from sharing.selectors.share_groups import beside_part, group_line, groups_part
from sharing.selectors.share_lists import lines_of
from sharing.services.asking_for_shares import AT_ONCE
from sharing.services.share_groups import keep_group, not_asked_yet, offer_to_group
from tenancy.domain.roles import Permission


class ShareGroupIn(Input):
    name = serializers.CharField(max_length=100)
    offices = serializers.ListField(child=Number(), max_length=AT_ONCE)


class ShareGroupOut(Output):
    number = serializers.IntegerField(source="group.pk")
    name = serializers.CharField(source="group.name")
    offices = ShareOfficeOut(many=True)
    made_by = serializers.CharField(source="group.made_by_name")
    made_at = serializers.DateTimeField(source="group.made_at")


class JoinedSinceOut(Output):
    share = serializers.IntegerField(help_text="One of those that were offered to the group.")
    offices = serializers.ListField(child=serializers.IntegerField())


class ShareGroupWholeOut(Output):
    group = ShareGroupOut()
    joined_since = JoinedSinceOut(
        many=True, help_text="Members that were not offered it: each needs a grant of its own."
    )


class ShareOffices(Endpoint):
    @lists("list_share_offices", Permission.VIEW_SHARES, gives=ShareOfficeOut)
    def get(self, call: Call) -> Any:
        """The offices of the same city, and the city: who can be asked, and offered something."""
        return beside_part(call.actor, call.window)


class ShareGroups(Endpoint):
    @lists("list_share_groups", Permission.VIEW_SHARES, gives=ShareGroupOut)
    def get(self, call: Call) -> Any:
        """By name."""
        return groups_part(call.actor, call.window)

    @acts("make_share_group", PREPARERS, takes=ShareGroupIn, gives=ShareGroupWholeOut, status=201)
    def post(self, call: Call) -> Any:
        """Name offices of the same city together. None of them is told."""
        made = keep_group(actor=call.actor, **call.given)
        return Created(_told(call, made.pk), f"/api/v1/share-groups/{made.pk}")


class OneShareGroup(Endpoint):
    @reads("read_share_group", Permission.VIEW_SHARES, gives=ShareGroupWholeOut)
    def get(self, call: Call, number: int) -> Any:
        """Its members of today, and who joined after something was offered to it."""
        return _told(call, number)

    @acts("change_share_group", PREPARERS, takes=ShareGroupIn, gives=ShareGroupWholeOut)
    def put(self, call: Call, number: int) -> Any:
        """Whoever leaves keeps what is in force until it is taken back; whoever joins gets nothing."""
        keep_group(actor=call.actor, number=number, **call.given)
        return _told(call, number)


class ShareGroupOffers(Endpoint):
    @acts("offer_to_share_group", PREPARERS, takes=ShareWantedIn, gives=SharesMadeOut, status=201)
    def post(self, call: Call, number: int) -> Any:
        """One grant for each member of today."""
        made = offer_to_group(actor=call.actor, number=number, asked=asked_of(call.given))
        return lines_of(call.actor, made)


def _told(call: Call, number: int) -> dict[str, Any]:
    line = group_line(call.actor, number)
    later = [
        {"share": share.pk, "offices": sorted(offices)}
        for share, offices in not_asked_yet(call.actor, line.group)
    ]
    return {"group": line, "joined_since": later}
