"""Joint cases, talks, evaluations and look-backs."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output, entries
from sharing.api.letters import LetterActIn, LetterActOut
from sharing.api.rectification import STEERERS, ItemLineOut
from sharing.domain.evaluations import MOST_FALSE_ITEMS, Deduction, Part
from sharing.domain.look_backs import LONGEST_NAME, MOST_NAMES
from sharing.selectors.rectification_desks import (
    case_page,
    cases_part,
    evaluations_part,
    look_back_page,
    look_backs_part,
    talks_part,
)
from sharing.services.evaluating import evaluate
from sharing.services.joint_cases import close_case, open_case
from sharing.services.looking_back import (
    Found,
    act_on_look_back,
    plan_look_back,
    send_team,
    tell_result,
)
from sharing.services.talks import record_talk
from tenancy.domain.roles import Permission

MOST = 500
MOST_DEDUCTIONS = 100
VISITORS = (Permission.VIEW_RECTIFICATION, Permission.LEAD_LOOK_BACK)
CASE_READERS = (Permission.VIEW_RECTIFICATION, Permission.LEAD_JOINT_CASES)


class CaseIn(Input):
    title = serializers.CharField(max_length=200)
    leader = serializers.CharField(max_length=100, help_text="leader:<number>")
    departments = serializers.CharField(
        max_length=500, required=False, default="", allow_blank=True
    )
    items = serializers.ListField(child=Number(), max_length=MOST)


class ConclusionIn(Input):
    conclusion = serializers.CharField(max_length=2000)


class CaseLineOut(Output):
    number = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    leader = serializers.CharField(source="leader_name")
    opened_on = serializers.DateField()
    closed_on = serializers.DateField(allow_null=True)


class CaseOut(Output):
    case = CaseLineOut()
    items = ItemLineOut(many=True, source="lines")


class TalkIn(Input):
    person = serializers.CharField(max_length=100)
    matter = serializers.CharField(max_length=500)
    held_on = serializers.DateField()
    held_by = serializers.CharField(max_length=100)
    commitment = serializers.CharField(max_length=2000)


class TalkOut(Output):
    number = serializers.IntegerField(source="pk")
    unit_code = serializers.CharField(source="desk.unit_code")
    round_name = serializers.CharField()
    post = serializers.CharField()
    person = serializers.CharField()
    held_on = serializers.DateField(allow_null=True)


class DeductionIn(Input):
    part = serializers.ChoiceField(choices=[one.value for one in Part])
    points = serializers.IntegerField(min_value=1, max_value=100)
    reason = serializers.CharField(max_length=500)


class SheetIn(Input):
    unit_code = serializers.CharField(max_length=50)
    round_name = serializers.CharField(max_length=100)
    deductions = entries(DeductionIn, MOST_DEDUCTIONS)
    false_items = serializers.IntegerField(min_value=0, max_value=MOST_FALSE_ITEMS)


class SheetOut(Output):
    number = serializers.IntegerField(source="pk")
    unit_code = serializers.CharField(source="desk.unit_code")
    score = serializers.IntegerField()
    grade = serializers.CharField()


class LookBackIn(Input):
    title = serializers.CharField(max_length=200)
    population = serializers.ListField(
        child=serializers.CharField(max_length=LONGEST_NAME), max_length=MOST_NAMES
    )
    count = serializers.IntegerField(min_value=1, max_value=MOST_NAMES)
    seed = serializers.CharField(
        max_length=100, required=False, default="", allow_blank=True,
        help_text="Empty: the product draws one.",
    )  # fmt: skip
    units = serializers.ListField(
        child=serializers.CharField(max_length=50), required=False, default=list, max_length=MOST,
        help_text="Codes of the units whose closed items the team may look at and open again.",
    )  # fmt: skip


class TeamIn(Input):
    room = Number(help_text="The room of the team that visits.")


class FoundIn(Input):
    name = serializers.CharField(max_length=200)
    verdict = serializers.ChoiceField(choices=["confirmed", "false", "new_finding"])
    text = serializers.CharField(max_length=5000, required=False, default="", allow_blank=True)
    item = Number(required=False)


class ResultsIn(Input):
    results = entries(FoundIn, MOST_NAMES)


class LookBackLineOut(Output):
    number = serializers.IntegerField(source="pk")
    title = serializers.CharField()
    state = serializers.CharField()
    count = serializers.IntegerField()
    seed = serializers.CharField()
    drawn = serializers.ListField(child=serializers.CharField())


class LookBackOut(Output):
    look_back = LookBackLineOut(source="back")
    population = serializers.ListField(child=serializers.CharField(), source="back.population")
    units = serializers.ListField(child=serializers.CharField(), source="back.unit_codes")
    acts = LetterActOut(many=True)


class Cases(Endpoint):
    @lists("list_joint_cases", Permission.VIEW_RECTIFICATION, gives=CaseLineOut)
    def get(self, call: Call) -> Any:
        """Joint cases, the newest first."""
        return cases_part(call.actor, call.window)

    @acts("open_joint_case", STEERERS, takes=CaseIn, gives=CaseOut, status=201)
    def post(self, call: Call) -> Any:
        """Put items of several units into one case, led by a county leader."""
        case = open_case(actor=call.actor, **call.given)
        return case_page(call.actor, case.pk)


class Case(Endpoint):
    @reads("read_joint_case", CASE_READERS, gives=CaseOut)
    def get(self, call: Call, number: int) -> Any:
        """One joint case, with its items."""
        return case_page(call.actor, number)

    @acts("close_joint_case", STEERERS, takes=ConclusionIn, gives=CaseOut)
    def post(self, call: Call, number: int) -> Any:
        """Close it, once all its items are closed out."""
        close_case(actor=call.actor, number=number, **call.given)
        return case_page(call.actor, number)


class Talks(Endpoint):
    @lists("list_talks", Permission.VIEW_RECTIFICATION, gives=TalkOut)
    def get(self, call: Call) -> Any:
        """Talks that were held, and that wait."""
        return talks_part(call.actor, call.window)


class TalkRecord(Endpoint):
    @acts("record_talk", STEERERS, takes=TalkIn, gives=TalkOut)
    def post(self, call: Call, number: int) -> Any:
        """Record a talk. A record stays."""
        return record_talk(actor=call.actor, number=number, **call.given)


class Evaluations(Endpoint):
    @lists("list_evaluations", Permission.VIEW_RECTIFICATION, gives=SheetOut)
    def get(self, call: Call) -> Any:
        """How units were judged."""
        return evaluations_part(call.actor, call.window)

    @acts("evaluate_unit", STEERERS, takes=SheetIn, gives=SheetOut, status=201)
    def post(self, call: Call) -> Any:
        """Judge a unit's rectification, by deduction from a hundred points."""
        given = dict(call.given)
        deductions = [
            Deduction(Part(one["part"]), one["points"], one["reason"])
            for one in given.pop("deductions")
        ]
        return evaluate(actor=call.actor, deductions=deductions, **given)


class LookBacks(Endpoint):
    @lists("list_look_backs", VISITORS, gives=LookBackLineOut)
    def get(self, call: Call) -> Any:
        """Look-backs, the newest first; a team sees those that it visits."""
        return look_backs_part(call.actor, call.window)

    @acts("plan_look_back", STEERERS, takes=LookBackIn, gives=LookBackOut, status=201)
    def post(self, call: Call) -> Any:
        """Set the population, how many are drawn, and by which seed."""
        back = plan_look_back(actor=call.actor, **call.given)
        return look_back_page(call.actor, back.pk)


class LookBack(Endpoint):
    @reads("read_look_back", VISITORS, gives=LookBackOut)
    def get(self, call: Call, number: int) -> Any:
        """One look-back: its population, seed and draw, so that anybody can draw again."""
        return look_back_page(call.actor, number)


class LookBackAct(Endpoint):
    @acts(
        "act_on_look_back",
        (*STEERERS, Permission.APPROVE_LOOK_BACK, Permission.LEAD_LOOK_BACK),
        takes=LetterActIn,
        gives=LookBackOut,
    )
    def post(self, call: Call, number: int) -> Any:
        """Draw, approve, return, begin, close: one of the acts that it offers."""
        act_on_look_back(actor=call.actor, number=number, **call.given)
        return look_back_page(call.actor, number)


class LookBackTeam(Endpoint):
    @acts("send_look_back_team", STEERERS, takes=TeamIn, gives=LookBackOut)
    def post(self, call: Call, number: int) -> Any:
        """Say which authorised team visits."""
        send_team(actor=call.actor, number=number, **call.given)
        return look_back_page(call.actor, number)


class LookBackResults(Endpoint):
    @acts("tell_look_back", Permission.LEAD_LOOK_BACK, takes=ResultsIn, gives=LookBackOut)
    def post(self, call: Call, number: int) -> Any:
        """Tell what was found at each of those drawn. What was false is opened again."""
        results = [Found(**one) for one in call.given["results"]]
        tell_result(actor=call.actor, number=number, results=results)
        return look_back_page(call.actor, number)
