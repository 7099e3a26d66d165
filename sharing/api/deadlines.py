"""What offices wait for: deadlines, a month of them, pauses, terms, working days."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Output, Said
from kernel.clock import today
from sharing.domain.days import FIRST_YEAR, LAST_YEAR
from sharing.domain.due_dates import PROFILES, WITH_A_TERM, Clock
from sharing.domain.terms import LONGEST_SOON, LONGEST_TERM, URGING_STEPS
from sharing.models.deadlines import Deadline
from sharing.selectors.deadlines import Which, deadline_page, deadlines_part, month_of
from sharing.selectors.terms import terms_page
from sharing.services.deadlines import pause_clock, resume_clock
from sharing.services.terms import preview_terms, set_office_day, set_terms, unset_office_day
from tenancy.domain.roles import Permission

CLOCKS = [one.value for one in Clock]


class DeadlinesQuery(Input):
    which = serializers.ChoiceField(
        choices=[one.value for one in Which], required=False, default=Which.OPEN.value
    )
    clock = serializers.ChoiceField(choices=CLOCKS, required=False)


class DeadlineOut(Output):
    number = serializers.IntegerField()
    life = serializers.CharField(help_text="What kind of record it is of.")
    record = serializers.IntegerField(help_text="The record's number.")
    title = Said()
    clock = serializers.ChoiceField(choices=CLOCKS)
    waits_for = Said(source="clock_title")
    asked = Said(help_text="A hand, a person or a unit.")
    started_on = serializers.DateField()
    days = serializers.IntegerField(help_text="Working days; 0: until a day that was named.")
    until_on = serializers.DateField(
        allow_null=True, help_text="The day that the record names; pauses put it off."
    )
    due_on = serializers.DateField(allow_null=True, help_text="null: paused.")
    ended_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices=Deadline.State.values)
    is_soon = serializers.BooleanField()
    days_late = serializers.IntegerField(source="late", help_text="Working days.")
    urgings = serializers.IntegerField(help_text="Urging letters that are owed by now.")


class DeadlinePauseOut(Output):
    first = serializers.DateField()
    until = serializers.DateField(allow_null=True, help_text="The first day that counts again.")
    reason = serializers.CharField()
    by = serializers.CharField()
    resumed_by = serializers.CharField()


class DeadlinePageOut(Output):
    deadline = DeadlineOut(source="line")
    pauses = DeadlinePauseOut(many=True)
    terms_version = serializers.IntegerField(allow_null=True, help_text="null: the standard ones.")


class DeadlinePauseIn(Input):
    reason = serializers.CharField(max_length=500)


class MonthQuery(Input):
    day = serializers.DateField(
        required=False,
        help_text=f"Any day of the month, of {FIRST_YEAR} to {LAST_YEAR}; else this one.",
    )


class MonthDayOut(Output):
    on = serializers.DateField(source="day.on")
    is_worked = serializers.BooleanField(source="day.is_working_day")
    deadlines = DeadlineOut(source="lines", many=True)


class MonthOut(Output):
    first = serializers.DateField()
    days = MonthDayOut(many=True)
    is_cut = serializers.BooleanField(help_text="More is due in it than is told here.")


class OwnTermsIn(Input):
    """Those that differ from the profile's."""

    def get_fields(self) -> dict[str, Any]:
        return {
            clock: serializers.IntegerField(min_value=1, max_value=LONGEST_TERM, required=False)
            for clock in map(str, WITH_A_TERM)
        }


class EvaluationIn(Input):
    """By what a unit's rectification is judged: points of each part, 100 together; from which score on
    a grade is given; how many falsely reported items leave nothing."""

    organisation = serializers.IntegerField(min_value=0, max_value=100)
    duty = serializers.IntegerField(min_value=0, max_value=100)
    tasks = serializers.IntegerField(min_value=0, max_value=100)
    satisfaction = serializers.IntegerField(min_value=0, max_value=100)
    good = serializers.IntegerField(min_value=1, max_value=100)
    rather_good = serializers.IntegerField(min_value=1, max_value=100)
    fair = serializers.IntegerField(min_value=1, max_value=100)
    false_items = serializers.IntegerField(min_value=1, max_value=100)


class EvaluationOut(Output):
    organisation = serializers.IntegerField()
    duty = serializers.IntegerField()
    tasks = serializers.IntegerField()
    satisfaction = serializers.IntegerField()
    good = serializers.IntegerField()
    rather_good = serializers.IntegerField()
    fair = serializers.IntegerField()
    false_items = serializers.IntegerField()


class WantedTermsIn(Input):
    profile = serializers.ChoiceField(choices=sorted(PROFILES))
    own = OwnTermsIn(required=False, default=dict)
    soon_days = serializers.IntegerField(min_value=1, max_value=LONGEST_SOON)
    steps = serializers.ListField(
        child=serializers.ChoiceField(choices=list(URGING_STEPS)), max_length=len(URGING_STEPS)
    )
    evaluation = EvaluationIn(required=False, help_text="Left out: as it is.")


class TermsIn(WantedTermsIn):
    seen = serializers.IntegerField(
        min_value=0, max_value=2**31 - 1, help_text="The version that was looked at; 0: none."
    )
    reason = serializers.CharField(max_length=500)


class TermOut(Output):
    clock = serializers.ChoiceField(choices=CLOCKS)
    title = Said()
    days = serializers.IntegerField()
    own = serializers.IntegerField(allow_null=True, help_text="null: as the profile has it.")


class OfficeDayOut(Output):
    on = serializers.DateField()
    is_worked = serializers.BooleanField()
    reason = serializers.CharField()
    by = serializers.CharField()


class TermsOut(Output):
    version = serializers.IntegerField(help_text="0: the standard terms, which nobody set.")
    profile = serializers.CharField(source="terms.profile")
    soon_days = serializers.IntegerField(source="terms.soon_days")
    steps = serializers.ListField(child=serializers.IntegerField(), source="terms.steps")
    terms = TermOut(source="lines", many=True)
    evaluation = EvaluationOut()
    days = OfficeDayOut(many=True, help_text="Days of which the office says otherwise.")


class TermChangeOut(Output):
    clock = serializers.ChoiceField(choices=CLOCKS)
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class TermsPreviewOut(Output):
    changes = TermChangeOut(many=True)


class OfficeDayIn(Input):
    on = serializers.DateField()
    is_worked = serializers.BooleanField()
    reason = serializers.CharField(max_length=200)


class OfficeDayGoneIn(Input):
    on = serializers.DateField()


class DayRemovedOut(Output):
    removed = serializers.BooleanField(help_text="false: it did not stand.")


class Deadlines(Endpoint):
    @lists("list_deadlines", Permission.VIEW_DEADLINES, gives=DeadlineOut, asks=DeadlinesQuery)
    def get(self, call: Call) -> Any:
        """Running ones by the day on which they are due, others newest first; of records that the
        caller may read."""
        clock = call.asked.get("clock")
        which = Which(call.asked["which"])
        return deadlines_part(
            call.actor, call.window, which=which, clock=Clock(clock) if clock else None
        )


class OneDeadline(Endpoint):
    @reads("read_deadline", Permission.VIEW_DEADLINES, gives=DeadlinePageOut)
    def get(self, call: Call, number: int) -> Any:
        """One deadline with its pauses."""
        return deadline_page(call.actor, number)


class PauseDeadline(Endpoint):
    @acts(
        "pause_deadline", Permission.PAUSE_DEADLINES, takes=DeadlinePauseIn, gives=DeadlinePageOut
    )
    def post(self, call: Call, number: int) -> Any:
        """From today on no day counts. A director's, with a reason."""
        pause_clock(actor=call.actor, number=number, reason=call.given["reason"])
        return deadline_page(call.actor, number)


class ResumeDeadline(Endpoint):
    @acts("resume_deadline", Permission.PAUSE_DEADLINES, gives=DeadlinePageOut)
    def post(self, call: Call, number: int) -> Any:
        """From today on days count again."""
        resume_clock(actor=call.actor, number=number)
        return deadline_page(call.actor, number)


class DeadlineMonth(Endpoint):
    @reads("read_deadline_month", Permission.VIEW_DEADLINES, gives=MonthOut, asks=MonthQuery)
    def get(self, call: Call) -> Any:
        """A month day by day: whether it is worked, and what is due."""
        return month_of(call.actor, call.asked.get("day") or today())


class DeadlineTerms(Endpoint):
    @reads("read_deadline_terms", Permission.SET_TERMS, gives=TermsOut)
    def get(self, call: Call) -> Any:
        """The office's terms in force, and its own working days."""
        return terms_page(call.actor)

    @acts("set_deadline_terms", Permission.SET_TERMS, takes=TermsIn, gives=TermsOut)
    def put(self, call: Call) -> Any:
        """The next version, for deadlines that begin from now on."""
        set_terms(actor=call.actor, **call.given)
        return terms_page(call.actor)


class PreviewTerms(Endpoint):
    @acts(
        "preview_deadline_terms", Permission.SET_TERMS, takes=WantedTermsIn, gives=TermsPreviewOut
    )
    def post(self, call: Call) -> Any:
        """What setting them would change. Nothing is written."""
        return preview_terms(actor=call.actor, **call.given)


class OfficeDays(Endpoint):
    @acts("set_office_day", Permission.SET_TERMS, takes=OfficeDayIn, gives=TermsOut)
    def post(self, call: Call) -> Any:
        """Say of a day otherwise than the notice; deadlines that run are reckoned anew."""
        set_office_day(actor=call.actor, **call.given)
        return terms_page(call.actor)


class OfficeDayGone(Endpoint):
    @acts("unset_office_day", Permission.SET_TERMS, takes=OfficeDayGoneIn, gives=DayRemovedOut)
    def post(self, call: Call) -> Any:
        """As the notice has it again."""
        return {"removed": unset_office_day(actor=call.actor, **call.given)}
