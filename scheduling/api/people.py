"""The office's own people."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output
from scheduling.domain.vocabulary import SKILLS
from scheduling.models.rosters import Person
from scheduling.selectors.rosters import POOL_WORDS, PersonPage, roster_part
from scheduling.services.looking import open_person
from tenancy.domain.roles import Permission


class PeopleQuery(Input):
    q = serializers.CharField(
        required=False, max_length=100, help_text="Name, pinyin, number or home unit."
    )
    pool = serializers.ChoiceField(choices=list(POOL_WORDS), required=False)
    skill = serializers.ChoiceField(choices=list(SKILLS), required=False)


class PersonLineOut(Output):
    number = serializers.IntegerField(source="person.pk")
    roster_number = serializers.CharField(source="person.number", help_text="The county's own.")
    name = serializers.CharField(source="person.name")
    home_unit = serializers.CharField(source="person.home_unit")
    post = serializers.CharField(source="person.post")
    is_leader = serializers.BooleanField(source="person.is_leader")
    is_deputy = serializers.BooleanField(source="person.is_deputy")
    is_expert = serializers.BooleanField(source="person.is_expert")
    skills = serializers.ListField(child=serializers.CharField(), source="person.skills")
    rounds_served = serializers.IntegerField(source="person.rounds_served")
    status = serializers.ChoiceField(choices=Person.Status.values, source="person.status")


class PostHeldOut(Output):
    body = serializers.CharField()
    post = serializers.CharField()
    since = serializers.CharField(help_text="A month, YYYY-MM.")
    until = serializers.CharField(allow_null=True, help_text="A month; null: to this day.")


class RelativeOut(Output):
    body = serializers.CharField()
    relation = serializers.CharField()
    position = serializers.CharField()


class InterestOut(Output):
    body = serializers.CharField()


class AbsenceOut(Output):
    first = serializers.DateField()
    last = serializers.DateField()
    reason = serializers.CharField(allow_blank=True)


class InspectedBeforeOut(Output):
    body = serializers.CharField()
    ago = serializers.IntegerField(help_text="Rounds ago.")


class LedBeforeOut(Output):
    county = serializers.CharField()
    ago = serializers.IntegerField(help_text="Rounds ago.")


class PersonOut(PersonLineOut):
    rank = serializers.CharField(source="person.rank")
    system = serializers.CharField(source="person.system")
    id_number_last4 = serializers.CharField(source="person.id_number_last4")
    native_place = serializers.CharField(source="person.native_place")
    grew_up_place = serializers.CharField(source="person.grew_up_place")
    recent_days = serializers.IntegerField(
        source="person.recent_days", help_text="Working days on rounds in the last twelve months."
    )
    updated_at = serializers.DateTimeField(source="person.updated_at")
    career = PostHeldOut(many=True)
    relatives = RelativeOut(many=True)
    interests = InterestOut(many=True)
    absences = AbsenceOut(many=True)
    visited = InspectedBeforeOut(many=True)
    led = LedBeforeOut(many=True)


class People(Endpoint):
    @lists("list_people", Permission.VIEW_ROSTER, gives=PersonLineOut, asks=PeopleQuery)
    def get(self, call: Call) -> Any:
        """The people of the office's pools, by their numbers."""
        asked = {key: call.asked.get(key, "") for key in ("pool", "skill")}
        return roster_part(call.actor, call.window, search=call.asked.get("q", ""), **asked)


class OnePerson(Endpoint):
    @reads("read_person", Permission.VIEW_ROSTER, gives=PersonOut)
    def get(self, call: Call, number: int) -> Any:
        """All that the office knows of one of its own people."""
        return _shown(open_person(actor=call.actor, number=number))


def _shown(page: PersonPage) -> dict[str, Any]:
    person = page.line.person
    return {
        "person": person,
        "career": page.career,
        "relatives": person.relatives,
        "interests": page.interests,
        "absences": page.absences,
        "visited": page.visited,
        "led": page.led,
    }
