"""Answering a city office's call: named people, and units to be inspected."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output
from scheduling.selectors.releases import ReleasePage, calls_part, release_page
from scheduling.services.releasing import release, withdraw_release
from tenancy.domain.roles import Permission

MOST_PICKED = 10_000


class ReleaseIn(Input):
    people = serializers.ListField(
        child=Number(), max_length=MOST_PICKED, help_text="Numbers of people of the own roster."
    )
    units = serializers.ListField(
        child=Number(),
        max_length=MOST_PICKED,
        required=False,
        default=list,
        help_text="Numbers of own units, where the call asks for units.",
    )


class ReleaseCallLineOut(Output):
    number = serializers.IntegerField(source="call.pk")
    name = serializers.CharField(source="call.name")
    city = serializers.CharField(source="call.sender.name")
    starts_on = serializers.DateField(source="call.starts_on")
    ends_on = serializers.DateField(source="call.ends_on")
    mode = serializers.CharField(source="call.mode")
    people_needed = serializers.IntegerField(source="call.people_needed")
    answer_by = serializers.DateField(source="call.answer_by", allow_null=True)
    called_at = serializers.DateTimeField(source="call.called_at")
    people_released = serializers.IntegerField(source="people")
    is_released = serializers.BooleanField()
    is_closed = serializers.BooleanField(help_text="The round is being solved: nothing changes.")


class NeedOut(Output):
    skill = serializers.CharField(source="code")
    needed = serializers.IntegerField()
    picked = serializers.IntegerField()
    available = serializers.IntegerField()


class StandingReleaseOut(Output):
    version = serializers.IntegerField()
    released_by = serializers.CharField()
    released_at = serializers.DateTimeField()


class ReleaseCallOut(Output):
    number = serializers.IntegerField(source="call.pk")
    name = serializers.CharField(source="call.name")
    city = serializers.CharField()
    starts_on = serializers.DateField(source="call.starts_on")
    ends_on = serializers.DateField(source="call.ends_on")
    mode = serializers.CharField(source="call.mode")
    teams = serializers.IntegerField(source="call.teams")
    people_needed = serializers.IntegerField(source="call.people_needed")
    asks_for_units = serializers.BooleanField(source="call.asks_for_units")
    answer_by = serializers.DateField(source="call.answer_by", allow_null=True)
    called_at = serializers.DateTimeField(source="call.called_at")
    is_closed = serializers.BooleanField()
    may_release = serializers.BooleanField()
    release = StandingReleaseOut(allow_null=True, help_text="What stands; null: nothing.")
    needs = NeedOut(many=True)
    people = serializers.ListField(
        child=serializers.IntegerField(), help_text="Numbers of the people released."
    )
    units = serializers.ListField(
        child=serializers.IntegerField(), help_text="Numbers of the units reported."
    )
    away = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Numbers of people of the roster who are absent on days within the round.",
    )


class ReleaseCalls(Endpoint):
    @lists("list_release_calls", Permission.VIEW_RELEASES, gives=ReleaseCallLineOut)
    def get(self, call: Call) -> Any:
        """Every call that reached the office, newest first."""
        return calls_part(call.actor, call.window)


class OneReleaseCall(Endpoint):
    @reads("read_release_call", Permission.VIEW_RELEASES, gives=ReleaseCallOut)
    def get(self, call: Call, number: int) -> Any:
        """What is asked, and what stands released. Whom to pick from: `people` and `units`."""
        return _shown(release_page(call.actor, number))


class GiveRelease(Endpoint):
    @acts("release_people", Permission.RELEASE_PEOPLE, takes=ReleaseIn, gives=ReleaseCallOut)
    def post(self, call: Call, number: int) -> Any:
        """Answer the call with these people and units, in place of what was released before."""
        release(actor=call.actor, number=number, **call.given)
        return _shown(release_page(call.actor, number))


class WithdrawRelease(Endpoint):
    @acts("withdraw_release", Permission.RELEASE_PEOPLE, gives=ReleaseCallOut)
    def post(self, call: Call, number: int) -> Any:
        """Take back what was released. Possible until the round is solved."""
        withdraw_release(actor=call.actor, number=number)
        return _shown(release_page(call.actor, number))


def _shown(page: ReleasePage) -> dict[str, Any]:
    return {
        "call": page.call,
        "city": page.city,
        "is_closed": page.is_closed,
        "may_release": page.may_release,
        "release": page.release,
        "needs": page.needs,
        "people": [choice.person.pk for choice in page.people if choice.is_picked],
        "units": [choice.unit.pk for choice in page.units if choice.is_picked],
        "away": [choice.person.pk for choice in page.people if choice.is_away],
    }
