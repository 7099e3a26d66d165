"""Rounds: the list, a new one, its window, calling on offices."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from httpapi.declarations import Call, Created, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.endpoints.me import OfficeOut
from httpapi.fields import Input, Number, Output, Said
from scheduling.api.slots import SlotIn, SlotOut, drafts
from scheduling.domain.profiles import PROFILE_BY_CODE
from scheduling.domain.vocabulary import SKILLS
from scheduling.models.rounds import RoundState
from scheduling.selectors.rounds import RoundPage, round_page, rounds_part
from scheduling.services.calling import CallDraft, call_on_offices, reopen_releases
from scheduling.services.rounds import create_round, revise_round
from tenancy.domain.roles import Permission

MOST_TEAMS = 60
MODES = list(PROFILE_BY_CODE)


class WindowIn(Input):
    name = serializers.CharField(max_length=100)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(help_text="The last calendar day.")


class RoundIn(WindowIn):
    mode = serializers.ChoiceField(choices=MODES)
    slots = serializers.ListField(
        child=SlotIn(), max_length=MOST_TEAMS, help_text="The teams to fill."
    )


class CallIn(Input):
    offices = serializers.ListField(child=Number(), max_length=500)
    people = serializers.IntegerField(min_value=1, max_value=500)
    skills = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=500),
        required=False,
        default=dict,
        help_text=f"People asked for by speciality: {', '.join(SKILLS)}.",
    )
    answer_by = serializers.DateField(required=False, allow_null=True, default=None)

    def validate_skills(self, skills: dict[str, int]) -> dict[str, int]:
        """Codes are known or not: a choice, as those of other fields."""
        for code in skills:
            serializers.ChoiceField(choices=list(SKILLS)).run_validation(code)
        return skills


class RoundLineOut(Output):
    number = serializers.IntegerField(source="round.pk")
    name = serializers.CharField(source="round.name")
    starts_on = serializers.DateField(source="round.starts_on")
    ends_on = serializers.DateField(source="round.ends_on")
    mode = serializers.CharField(source="round.mode")
    state = serializers.ChoiceField(choices=RoundState.values, source="round.state")
    teams = serializers.IntegerField()
    offices_called = serializers.IntegerField(source="called")
    newest_plan = serializers.IntegerField(source="plan_number", allow_null=True)


class AnswerOut(Output):
    """What one office that was called on has released."""

    office = serializers.IntegerField(source="office.pk")
    office_name = serializers.CharField(source="office.name")
    people = serializers.IntegerField()
    units = serializers.IntegerField()
    stale = serializers.IntegerField(help_text="Released people whose roster changed since.")
    released_by = serializers.CharField(help_text='"": nothing was released.')
    is_withdrawn = serializers.BooleanField()
    people_needed = serializers.IntegerField(source="call.people_needed")
    answer_by = serializers.DateField(source="call.answer_by", allow_null=True)


class ModeRefusalOut(Output):
    text = Said()
    remedy = Said()
    use = serializers.CharField(allow_null=True, help_text="The mode that would fit.")


class RoundOut(Output):
    number = serializers.IntegerField(source="round.pk")
    name = serializers.CharField(source="round.name")
    starts_on = serializers.DateField(source="round.starts_on")
    ends_on = serializers.DateField(source="round.ends_on")
    mode = serializers.CharField(source="round.mode")
    mode_title = Said(source="mode")
    mode_refusals = ModeRefusalOut(many=True, help_text="Why the mode does not fit this round.")
    state = serializers.ChoiceField(choices=RoundState.values, source="round.state")
    working_days = serializers.IntegerField()
    slots = SlotOut(many=True)
    answers = AnswerOut(many=True)
    not_called = OfficeOut(many=True)
    people = serializers.IntegerField(help_text="Released in all.")
    units = serializers.IntegerField(help_text="Reported in all.")
    gaps = Said(
        allow_null=True, help_text="What is missing before it can be solved; null: nothing."
    )
    is_being_solved = serializers.BooleanField()
    may_edit = serializers.BooleanField()
    may_solve = serializers.BooleanField()


class Rounds(Endpoint):
    @lists("list_rounds", Permission.VIEW_ROUND, gives=RoundLineOut)
    def get(self, call: Call) -> Any:
        """Every round of the office, the latest first."""
        return rounds_part(call.actor, call.window)

    @acts("create_round", Permission.EDIT_ROUND, takes=RoundIn, gives=RoundOut, status=201)
    def post(self, call: Call) -> Any:
        """Begin a round, under the whole profile of its mode."""
        given = dict(call.given)
        slots = drafts(given.pop("slots"))
        round_ = create_round(actor=call.actor, teams=slots, **given)
        return Created(_page(call, round_.pk), reverse("api:round", args=[round_.pk]))


class OneRound(Endpoint):
    @reads("read_round", Permission.VIEW_ROUND, gives=RoundOut)
    def get(self, call: Call, number: int) -> Any:
        """A round with who has answered, and what is missing. No fact of recusal is in it."""
        return _page(call, number)


class RoundWindow(Endpoint):
    @acts("revise_round", Permission.EDIT_ROUND, takes=WindowIn, gives=RoundOut)
    def put(self, call: Call, number: int) -> Any:
        """Change name and window. Overrides of days that fall out of it are dropped."""
        revise_round(actor=call.actor, number=number, **call.given)
        return _page(call, number)


class CallOnOffices(Endpoint):
    @acts("call_on_offices", Permission.EDIT_ROUND, takes=CallIn, gives=RoundOut)
    def post(self, call: Call, number: int) -> Any:
        """Ask offices to release people and report units. An office is called on once a round."""
        call_on_offices(actor=call.actor, number=number, call=CallDraft(**call.given))
        return _page(call, number)


class ReopenReleases(Endpoint):
    @acts("reopen_releases", Permission.EDIT_ROUND, gives=RoundOut)
    def post(self, call: Call, number: int) -> Any:
        """Let the offices release and withdraw again."""
        reopen_releases(actor=call.actor, number=number)
        return _page(call, number)


def _page(call: Call, number: int) -> RoundPage:
    return round_page(call.actor, number)
