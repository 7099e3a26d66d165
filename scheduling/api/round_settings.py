"""What the scheduler settles about a round: days, teams, rules, units, distances."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output, Said
from scheduling.api.rounds import MODES, MOST_TEAMS
from scheduling.api.slots import SlotIn, SlotOut, drafts
from scheduling.domain.working_days import DayKind
from scheduling.selectors.round_units import round_units_part
from scheduling.selectors.rounds import calendar_page, round_settings, team_slots
from scheduling.services.round_drafts import UnitChoice
from scheduling.services.rounds import (
    choose_units,
    override_days,
    reset_policy,
    set_distances,
    set_policy,
    set_teams,
)
from tenancy.domain.roles import Permission

MOST_DAYS, MOST_UNITS, MOST_ARCS = 366, 2_000, 2_000


class OverrideIn(Input):
    on = serializers.DateField()
    works = serializers.BooleanField(help_text="true: worked; false: not.")


class CalendarIn(Input):
    overrides = serializers.ListField(
        child=OverrideIn(), max_length=MOST_DAYS, help_text="In place of all before."
    )


class DayOut(Output):
    on = serializers.DateField()
    kind = serializers.ChoiceField(choices=[kind.value for kind in DayKind])
    is_working_day = serializers.BooleanField()
    occasion = Said(allow_null=True, help_text="The holiday that it belongs to.")
    is_provisional = serializers.BooleanField(help_text="No notice is out for its year yet.")
    is_overridden = serializers.BooleanField()


class CalendarOut(Output):
    days = DayOut(many=True)
    working_days = serializers.IntegerField()
    years_without_notice = serializers.ListField(child=serializers.IntegerField())


class SlotsIn(Input):
    slots = serializers.ListField(
        child=SlotIn(), max_length=MOST_TEAMS, help_text="In place of all before."
    )


class SlotsOut(Output):
    slots = SlotOut(many=True)


class PolicyIn(Input):
    mode = serializers.ChoiceField(choices=MODES)
    policy = serializers.DictField(
        help_text="Every parameter, as the exchange format's `policy` has it."
    )


class ModeIn(Input):
    mode = serializers.ChoiceField(choices=MODES)


class PolicyOut(Output):
    mode = serializers.CharField()
    policy = serializers.DictField()


class UnitChoiceIn(Input):
    county = Number(help_text="The office that reported it.")
    code = serializers.CharField(max_length=50)
    chosen = serializers.BooleanField()
    mandatory = serializers.BooleanField()
    priority = serializers.IntegerField(min_value=1, max_value=100)
    days = serializers.IntegerField(min_value=1, max_value=366)
    earliest = serializers.DateField(required=False, allow_null=True, default=None)
    latest = serializers.DateField(required=False, allow_null=True, default=None)


class UnitChoicesIn(Input):
    units = serializers.ListField(
        child=UnitChoiceIn(), max_length=MOST_UNITS, help_text="Others stay as they are."
    )


class RoundUnitOut(Output):
    number = serializers.IntegerField()
    county = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    kind = Said()
    system = Said()
    risk = serializers.IntegerField()
    chosen = serializers.BooleanField()
    mandatory = serializers.BooleanField()
    priority = serializers.IntegerField()
    days = serializers.IntegerField()
    earliest = serializers.DateField(allow_null=True)
    latest = serializers.DateField(allow_null=True)


class ChosenOut(Output):
    decided = serializers.IntegerField(help_text="How many units were decided about.")


class TravelIn(Input):
    a = serializers.CharField(max_length=40, help_text="Code of an office.")
    b = serializers.CharField(max_length=40)
    km = serializers.IntegerField(min_value=0, max_value=5_000)


class ArcIn(Input):
    origin = serializers.CharField(max_length=40, help_text="Code of the office that sent.")
    host = serializers.CharField(max_length=40, help_text="Code of the office that was inspected.")
    ago = serializers.IntegerField(min_value=1, max_value=50, help_text="Rounds ago.")


class DistancesIn(Input):
    travel = serializers.ListField(child=TravelIn(), max_length=MOST_ARCS)
    past_arcs = serializers.ListField(child=ArcIn(), max_length=MOST_ARCS)


class TravelOut(Output):
    a = serializers.CharField()
    b = serializers.CharField()
    km = serializers.IntegerField()


class ArcOut(Output):
    origin = serializers.CharField()
    host = serializers.CharField()
    ago = serializers.IntegerField()


class DistancesOut(Output):
    travel = TravelOut(many=True)
    past_arcs = ArcOut(many=True)


class Calendar(Endpoint):
    @reads("read_calendar", Permission.VIEW_ROUND, gives=CalendarOut)
    def get(self, call: Call, number: int) -> Any:
        """Every day of the round, and why it is worked or not."""
        return _calendar(call, number)

    @acts("override_days", Permission.EDIT_ROUND, takes=CalendarIn, gives=CalendarOut)
    def put(self, call: Call, number: int) -> Any:
        """Say for single days whether they are worked."""
        overrides = {day["on"]: day["works"] for day in call.given["overrides"]}
        override_days(actor=call.actor, number=number, overrides=overrides)
        return _calendar(call, number)


class Slots(Endpoint):
    @reads("read_slots", Permission.VIEW_ROUND, gives=SlotsOut)
    def get(self, call: Call, number: int) -> Any:
        """The teams to fill."""
        return {"slots": team_slots(call.actor, number)[1]}

    @acts("set_slots", Permission.EDIT_ROUND, takes=SlotsIn, gives=SlotsOut)
    def put(self, call: Call, number: int) -> Any:
        """Replace them."""
        set_teams(actor=call.actor, number=number, teams=drafts(call.given["slots"]))
        return {"slots": team_slots(call.actor, number)[1]}


class Policy(Endpoint):
    @reads("read_policy", Permission.VIEW_ROUND, gives=PolicyOut)
    def get(self, call: Call, number: int) -> Any:
        """Every rule parameter."""
        return round_settings(call.actor, number)[0]

    @acts("set_policy", Permission.EDIT_ROUND, takes=PolicyIn, gives=PolicyOut)
    def put(self, call: Call, number: int) -> Any:
        """Replace mode and parameters."""
        return set_policy(actor=call.actor, number=number, **call.given)


class Mode(Endpoint):
    @acts("take_mode", Permission.EDIT_ROUND, takes=ModeIn, gives=PolicyOut)
    def put(self, call: Call, number: int) -> Any:
        """Take over a mode's whole profile, in place of every parameter."""
        return reset_policy(actor=call.actor, number=number, mode=call.given["mode"])


class RoundUnits(Endpoint):
    @lists("list_round_units", Permission.VIEW_ROUND, gives=RoundUnitOut)
    def get(self, call: Call, number: int) -> Any:
        """The units reported to the round, with what was decided about each."""
        return round_units_part(call.actor, number, call.window)

    @acts("choose_units", Permission.EDIT_ROUND, takes=UnitChoicesIn, gives=ChosenOut)
    def put(self, call: Call, number: int) -> Any:
        """Decide which of them are in the round, and how."""
        choices = [UnitChoice(**unit) for unit in call.given["units"]]
        choose_units(actor=call.actor, number=number, choices=choices)
        return {"decided": len(choices)}


class Distances(Endpoint):
    @reads("read_distances", Permission.VIEW_ROUND, gives=DistancesOut)
    def get(self, call: Call, number: int) -> Any:
        """What the map does not know, and who inspected whom before."""
        return _distances(round_settings(call.actor, number)[0])

    @acts("set_distances", Permission.EDIT_ROUND, takes=DistancesIn, gives=DistancesOut)
    def put(self, call: Call, number: int) -> Any:
        """Replace both."""
        given = call.given
        round_ = set_distances(
            actor=call.actor,
            number=number,
            travel=[(row["a"], row["b"], row["km"]) for row in given["travel"]],
            past_arcs=[(row["origin"], row["host"], row["ago"]) for row in given["past_arcs"]],
        )
        return _distances(round_)


def _calendar(call: Call, number: int) -> dict[str, Any]:
    _, calendar = calendar_page(call.actor, number)
    return {
        "days": calendar.days,
        "working_days": len(calendar.working_days),
        "years_without_notice": calendar.years_without_notice,
    }


def _distances(round_: Any) -> dict[str, Any]:
    arcs = [
        {"origin": arc["from"], "host": arc["to"], "ago": arc["ago"]} for arc in round_.past_arcs
    ]
    return {"travel": round_.travel, "past_arcs": arcs}
