"""An office's own side of every round: what it has to answer, whom it sends, who comes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output, Said
from scheduling.domain.extracts import ROLE_ORDER
from scheduling.models.dispatches import PublishedExtract
from scheduling.selectors.dispatch import extract_page, request_page
from scheduling.selectors.dispatch_lists import extracts_part, requests_part
from scheduling.services.confirming import LONGEST_OBJECTION, confirm_people, object_to_people
from tenancy.domain.roles import Permission

MOST_OBJECTIONS = 500
ROLES = list(ROLE_ORDER)


class ObjectionsIn(Input):
    objections = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST_OBJECTION, allow_blank=True),
        help_text="By the person's number: why not.",
    )

    def validate_objections(self, given: dict[str, str]) -> dict[str, str]:
        serializers.ListField(max_length=MOST_OBJECTIONS).run_validation(list(given))
        return given


class OwnAnswerOut(Output):
    is_confirmed = serializers.BooleanField()
    answered_by = serializers.CharField()
    answered_at = serializers.DateTimeField()


class RequestLineOut(Output):
    number = serializers.IntegerField()
    round_name = serializers.CharField()
    people = serializers.IntegerField()
    asked_at = serializers.DateTimeField()
    is_open = serializers.BooleanField(help_text="It can be answered, also anew.")
    answer = OwnAnswerOut(allow_null=True, help_text="The newest one; null: none yet.")


class PersonAskedOut(Output):
    number = serializers.CharField(help_text="The roster's.")
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=ROLES)
    first = serializers.DateField()
    last = serializers.DateField()
    objection = serializers.CharField(allow_blank=True)


class RequestOut(Output):
    number = serializers.IntegerField(source="request.pk")
    city = serializers.CharField()
    round_name = serializers.CharField(source="request.round_name")
    asked_by = serializers.CharField(source="request.asked_by")
    asked_at = serializers.DateTimeField(source="request.asked_at")
    is_open = serializers.BooleanField()
    may_answer = serializers.BooleanField()
    people = PersonAskedOut(many=True, help_text="Where they go is told with the publication.")
    answer = OwnAnswerOut(allow_null=True)


class StayOut(Output):
    county = serializers.CharField(allow_blank=True, help_text='"": in the own county.')
    unit = serializers.CharField()
    first = serializers.DateField()
    last = serializers.DateField()


class GoingOut(Output):
    number = serializers.CharField(help_text="The roster's.")
    name = serializers.CharField()
    role = serializers.ChoiceField(choices=ROLES)
    duties = serializers.ListField(child=Said())
    team = serializers.CharField()
    leader = serializers.CharField()
    stays = StayOut(many=True)
    is_new = serializers.BooleanField(help_text="New or changed by a correction.")


class GuestOut(Output):
    name = serializers.CharField()
    post = serializers.CharField()
    role = serializers.ChoiceField(choices=ROLES)
    is_own = serializers.BooleanField()


class ComingOut(Output):
    team = serializers.CharField()
    people = GuestOut(many=True)
    stays = StayOut(many=True)
    is_new = serializers.BooleanField(help_text="New or changed by a correction.")


class GoingChangeOut(Output):
    before = GoingOut(allow_null=True)
    after = GoingOut(allow_null=True)


class ComingChangeOut(Output):
    before = ComingOut(allow_null=True)
    after = ComingOut(allow_null=True)


class OursLineOut(Output):
    number = serializers.IntegerField(source="pk")
    city = serializers.CharField(source="sender.short_name")
    round_name = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    edition = serializers.IntegerField(source="number", help_text="Counts what was published.")
    kind = serializers.ChoiceField(choices=PublishedExtract.Kind.values)
    going_out = serializers.SerializerMethodField(help_text="How many of the own people go.")
    coming_in = serializers.SerializerMethodField(help_text="How many teams come.")
    sha256 = serializers.CharField()
    sent_at = serializers.DateTimeField()

    def get_going_out(self, extract: PublishedExtract) -> int:
        return len(extract.document["going_out"])

    def get_coming_in(self, extract: PublishedExtract) -> int:
        return len(extract.document["coming_in"])


class OursOut(Output):
    number = serializers.IntegerField(source="extract.pk")
    city = serializers.CharField()
    round_name = serializers.CharField(source="extract.round_name")
    starts_on = serializers.DateField(source="extract.starts_on")
    ends_on = serializers.DateField(source="extract.ends_on")
    edition = serializers.IntegerField(source="extract.number")
    kind = serializers.ChoiceField(choices=PublishedExtract.Kind.values, source="extract.kind")
    sha256 = serializers.CharField(source="extract.sha256")
    sent_at = serializers.DateTimeField(source="extract.sent_at")
    newest = serializers.IntegerField(source="newest.pk", help_text="The one that counts.")
    going_out = GoingOut(many=True, source="going")
    coming_in = ComingOut(many=True, source="coming")
    going_changes = GoingChangeOut(many=True, help_text="Of a correction.")
    coming_changes = ComingChangeOut(many=True)


class ConfirmationRequests(Endpoint):
    @lists("list_confirmation_requests", Permission.VIEW_DISPATCH, gives=RequestLineOut)
    def get(self, call: Call) -> Any:
        """The newest request of each round, newest first."""
        return requests_part(call.actor, call.window)


class OneConfirmationRequest(Endpoint):
    @reads("read_confirmation_request", Permission.VIEW_DISPATCH, gives=RequestOut)
    def get(self, call: Call, number: int) -> Any:
        """Who of the office's people is to be sent, in which role, from when to when."""
        return request_page(call.actor, number)


class ConfirmPeople(Endpoint):
    @acts("confirm_people", Permission.CONFIRM_PEOPLE, gives=RequestOut)
    def post(self, call: Call, number: int) -> Any:
        """Say yes to the whole list. The newest answer counts."""
        confirm_people(actor=call.actor, number=number)
        return request_page(call.actor, number)


class ObjectToPeople(Endpoint):
    @acts("object_to_people", Permission.CONFIRM_PEOPLE, takes=ObjectionsIn, gives=RequestOut)
    def post(self, call: Call, number: int) -> Any:
        """Say no to some of the list, with words for each of them. The newest answer counts."""
        object_to_people(actor=call.actor, number=number, **call.given)
        return request_page(call.actor, number)


class Ours(Endpoint):
    @lists("list_ours", Permission.VIEW_DISPATCH, gives=OursLineOut)
    def get(self, call: Call) -> Any:
        """What of each published round is the office's own, as it stands now, the latest first."""
        return extracts_part(call.actor, call.window)


class OneOfOurs(Endpoint):
    @reads("read_ours", Permission.VIEW_DISPATCH, gives=OursOut)
    def get(self, call: Call, number: int) -> Any:
        """Who of the office's people goes out and where, and which teams come in."""
        return extract_page(call.actor, number)
