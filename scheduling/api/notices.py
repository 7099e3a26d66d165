"""What happened that somebody should look at."""

from __future__ import annotations

from typing import Any, get_args

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output, Said
from scheduling.domain.notices import Page
from scheduling.selectors.notices import MOST_COUNTED, notices_part, unread_count
from scheduling.services.notices import read_all_notices, read_notice
from tenancy.domain.roles import Permission


class NoticesQuery(Input):
    new = serializers.BooleanField(
        required=False, default=False, help_text="Only what the caller has not seen."
    )


class NoticeOut(Output):
    number = serializers.IntegerField()
    kind = serializers.CharField()
    says = Said()
    office = serializers.CharField(source="sender", help_text="Who told it.")
    at = serializers.DateTimeField()
    leads_to = serializers.ChoiceField(choices=get_args(Page), source="page")
    target = serializers.IntegerField(allow_null=True, help_text="Its number there.")
    is_new = serializers.BooleanField()


class UnreadOut(Output):
    unread = serializers.IntegerField(help_text=f"At most {MOST_COUNTED}: then it may be more.")


class Notices(Endpoint):
    @lists("list_notices", Permission.VIEW_NOTICES, gives=NoticeOut, asks=NoticesQuery)
    def get(self, call: Call) -> Any:
        """What the office was told as far as the caller's roles are told it, newest first."""
        return notices_part(call.actor, call.window, only_new=call.asked["new"])


class ReadNotice(Endpoint):
    @acts("read_notice", Permission.VIEW_NOTICES, gives=UnreadOut)
    def post(self, call: Call, number: int) -> Any:
        """The caller has seen it."""
        read_notice(actor=call.actor, number=number)
        return {"unread": unread_count(call.actor)}


class ReadAllNotices(Endpoint):
    @acts("read_all_notices", Permission.VIEW_NOTICES, gives=UnreadOut)
    def post(self, call: Call) -> Any:
        """The caller has seen everything that there is at this moment."""
        read_all_notices(actor=call.actor)
        return {"unread": unread_count(call.actor)}
