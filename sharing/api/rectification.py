"""Items of rectification, and what was achieved."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, Created, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output, entries
from sharing.api.attachments import AttachedFiles, FileIn
from sharing.api.letters import LetterActIn, LetterActOut, LetterStepOut
from sharing.domain.assignments import LONGEST_CATEGORY, LONGEST_ISSUE, MOST_ISSUES
from sharing.domain.rectification import RECTIFICATION
from sharing.models.rectification import Outcome
from sharing.selectors.rectification import (
    ItemSieve,
    item_page,
    items_part,
    led_part,
    my_items_part,
    supervised_part,
)
from sharing.selectors.rectification_board import board
from sharing.selectors.rectification_desks import outcomes_part
from sharing.services.outcomes import enter_outcome
from sharing.services.rectifying import (
    Issue,
    ItemPlan,
    act_on_item,
    add_claim_file,
    assign_from_feedback,
    claim_done,
    hand_in_plan,
    move_deadline,
    tell_progress,
)
from tenancy.domain.roles import Permission

READERS = (
    Permission.VIEW_RECTIFICATION,
    Permission.SPEAK_FOR_UNIT,
    Permission.SUPERVISE_UNIT,
    Permission.LEAD_JOINT_CASES,
)
STEERERS = (Permission.STEER_RECTIFICATION, Permission.CLOSE_RECTIFICATION)


class ItemsQuery(Input):
    state = serializers.ChoiceField(choices=list(RECTIFICATION.states), required=False)
    unit = serializers.CharField(required=False, max_length=50)
    leader = serializers.CharField(required=False, max_length=100)
    overdue = serializers.BooleanField(required=False, default=False)
    q = serializers.CharField(required=False, max_length=100)


class StateQuery(Input):
    state = serializers.ChoiceField(choices=list(RECTIFICATION.states), required=False)


class FedBackIssueIn(Input):
    text = serializers.CharField(
        max_length=LONGEST_ISSUE, help_text="Word for word as it was fed back."
    )
    category = serializers.CharField(max_length=LONGEST_CATEGORY)


class FeedbackIn(Input):
    unit_code = serializers.CharField(max_length=50)
    round_name = serializers.CharField(max_length=100)
    served_on = serializers.DateField()
    leader = serializers.CharField(
        max_length=100, required=False, default="", allow_blank=True, help_text="leader:<number>"
    )
    issues = entries(FedBackIssueIn, MOST_ISSUES)


class PlanIn(Input):
    goal = serializers.CharField(max_length=1000)
    measures = serializers.CharField(max_length=5000)
    lead = serializers.CharField(max_length=100)
    department = serializers.CharField(max_length=200)
    due_on = serializers.DateField()
    head = serializers.CharField(max_length=100, help_text="Who signed for the unit.")
    head_signed_on = serializers.DateField()


class ProgressIn(Input):
    text = serializers.CharField(max_length=5000)


class ClaimIn(Input):
    evidence = serializers.CharField(max_length=5000)
    result = serializers.CharField(max_length=5000)


class DeadlineIn(Input):
    due_on = serializers.DateField()
    reason = serializers.CharField(max_length=2000)


class OutcomeIn(Input):
    kind = serializers.ChoiceField(choices=Outcome.Kind.values)
    title = serializers.CharField(max_length=500)
    on = serializers.DateField()
    cents = serializers.IntegerField(required=False, min_value=1, max_value=10**15)
    people = serializers.IntegerField(required=False, min_value=1, max_value=100000)
    also = serializers.ListField(
        child=Number(), max_length=MOST_ISSUES, required=False, default=list,
        help_text="Further items of the same unit.",
    )  # fmt: skip


class ItemLineOut(Output):
    number = serializers.IntegerField(source="item.pk")
    unit_code = serializers.CharField(source="item.desk.unit_code")
    unit_name = serializers.CharField(source="item.desk.name")
    round_name = serializers.CharField(source="item.round_name")
    issue = serializers.CharField(source="item.issue")
    category = serializers.CharField(source="item.category")
    state = serializers.CharField(source="item.state")
    due_on = serializers.DateField(source="owed_on", allow_null=True)
    days_late = serializers.IntegerField(source="late", help_text="Working days.")
    claims = serializers.IntegerField(source="item.claims")
    sent_back = serializers.IntegerField(source="item.sent_back")
    reopened = serializers.IntegerField(source="item.reopened")


class OwnItemOut(ItemLineOut):
    """Of a unit that the caller speaks for."""


class SupervisedItemOut(ItemLineOut):
    """Of a unit that the caller supervises."""


class LedItemOut(ItemLineOut):
    """Of what a county leader has in charge."""


class AssignedItemOut(Output):
    number = serializers.IntegerField(source="pk")
    plan_due_on = serializers.DateField()


class AssignedOut(Output):
    items = AssignedItemOut(many=True)


class ItemNoteOut(Output):
    kind = serializers.CharField(source="row.kind")
    text = serializers.CharField(source="row.text")
    by = serializers.CharField(source="row.by_name")
    at = serializers.DateTimeField(source="row.at")
    files = AttachedFiles()


class ItemOut(Output):
    item = ItemLineOut(source="line")
    goal = serializers.CharField(source="item.goal")
    measures = serializers.CharField(source="item.measures")
    lead = serializers.CharField(source="item.lead")
    department = serializers.CharField(source="item.department")
    head = serializers.CharField(source="item.head")
    notes = ItemNoteOut(many=True, source="reported")
    steps = LetterStepOut(many=True)
    acts = LetterActOut(many=True)
    findings = serializers.SerializerMethodField(help_text="Of which findings it is, by number.")

    def get_findings(self, page: Any) -> list[int]:
        return [one.pk for one in page.findings]


class StandingOut(Output):
    code = serializers.CharField()
    name = serializers.CharField()
    open = serializers.IntegerField()
    overdue = serializers.IntegerField()
    closed = serializers.IntegerField()


class BoardOfUnitsOut(Output):
    units = StandingOut(many=True)
    leaders = StandingOut(many=True)
    rules_made = serializers.IntegerField()
    cents = serializers.IntegerField()
    is_cut = serializers.BooleanField(
        help_text="Of what is older than the newest 10,000, nothing is counted."
    )


class OutcomeOut(Output):
    number = serializers.IntegerField(source="pk")
    unit_code = serializers.CharField(source="desk.unit_code")
    kind = serializers.CharField()
    title = serializers.CharField()
    on = serializers.DateField()
    cents = serializers.IntegerField(allow_null=True)
    people = serializers.IntegerField(allow_null=True)


class Items(Endpoint):
    @lists("list_items", Permission.VIEW_RECTIFICATION, gives=ItemLineOut, asks=ItemsQuery)
    def get(self, call: Call) -> Any:
        """The office's items, the newest first."""
        asked = call.asked
        sieve = ItemSieve(
            state=asked.get("state", ""),
            unit=asked.get("unit", ""),
            leader=asked.get("leader", ""),
            overdue=asked["overdue"],
            search=asked.get("q", ""),
        )
        return items_part(call.actor, call.window, sieve)

    @acts("assign_items", STEERERS, takes=FeedbackIn, gives=AssignedOut, status=201)
    def post(self, call: Call) -> Any:
        """Lay what was fed back to a unit before it, one item each."""
        given = dict(call.given)
        issues = [Issue(**one) for one in given.pop("issues")]
        return {"items": assign_from_feedback(actor=call.actor, issues=issues, **given)}


class Item(Endpoint):
    @reads("read_item", READERS, gives=ItemOut)
    def get(self, call: Call, number: int) -> Any:
        """One item, with what was reported and done."""
        return item_page(call.actor, number)


class ItemAct(Endpoint):
    @acts("act_on_item", (*STEERERS, Permission.SUPERVISE_UNIT), takes=LetterActIn, gives=ItemOut)
    def post(self, call: Call, number: int) -> Any:
        """Accept or return a plan, check a claim, close out: one of the acts that the item offers."""
        act_on_item(actor=call.actor, number=number, **call.given)
        return item_page(call.actor, number)


class Plan(Endpoint):
    @acts("hand_in_plan", Permission.SPEAK_FOR_UNIT, takes=PlanIn, gives=ItemOut)
    def post(self, call: Call, number: int) -> Any:
        """Hand in the three lists of an item, signed by the unit's head."""
        hand_in_plan(actor=call.actor, number=number, plan=ItemPlan(**call.given))
        return item_page(call.actor, number)


class Progress(Endpoint):
    @acts("tell_progress", Permission.SPEAK_FOR_UNIT, takes=ProgressIn, gives=ItemOut)
    def post(self, call: Call, number: int) -> Any:
        """Report how far an item is."""
        tell_progress(actor=call.actor, number=number, **call.given)
        return item_page(call.actor, number)


class Claim(Endpoint):
    @acts("claim_item", Permission.SPEAK_FOR_UNIT, takes=ClaimIn, gives=ItemOut)
    def post(self, call: Call, number: int) -> Any:
        """Claim an item to be done. Who supervises the unit checks it."""
        claim_done(actor=call.actor, number=number, **call.given)
        return item_page(call.actor, number)


class ClaimFiles(Endpoint):
    @acts(
        "add_claim_file",
        Permission.SPEAK_FOR_UNIT,
        takes=FileIn,
        gives=ItemOut,
        status=201,
        takes_file=True,
    )
    def post(self, call: Call, number: int) -> Any:
        """Hand in a file for what was claimed, while nobody has checked it."""
        file = call.given["file"]
        made = add_claim_file(
            actor=call.actor, number=number, file_name=file.name, content=file.chunks()
        )
        return Created(item_page(call.actor, number), f"/api/v1/attachments/{made.pk}")


class Deadline(Endpoint):
    @acts("move_deadline", Permission.CLOSE_RECTIFICATION, takes=DeadlineIn, gives=ItemOut)
    def post(self, call: Call, number: int) -> Any:
        """Move an item's deadline, with the reason."""
        move_deadline(actor=call.actor, number=number, **call.given)
        return item_page(call.actor, number)


class ItemOutcomes(Endpoint):
    @acts(
        "enter_outcome", (*STEERERS, Permission.SPEAK_FOR_UNIT), takes=OutcomeIn, gives=OutcomeOut
    )
    def post(self, call: Call, number: int) -> Any:
        """Enter what came of an item: a rule made, money recovered …"""
        return enter_outcome(actor=call.actor, number=number, **call.given)


class Outcomes(Endpoint):
    @lists("list_outcomes", Permission.VIEW_RECTIFICATION, gives=OutcomeOut)
    def get(self, call: Call) -> Any:
        """The register of what rectification brought."""
        return outcomes_part(call.actor, call.window)


class Board(Endpoint):
    @reads("read_rectification_board", Permission.VIEW_RECTIFICATION, gives=BoardOfUnitsOut)
    def get(self, call: Call) -> Any:
        """How each unit and each leader in charge stands."""
        return board(call.actor)


class MyItems(Endpoint):
    @lists("list_my_items", Permission.SPEAK_FOR_UNIT, gives=OwnItemOut, asks=StateQuery)
    def get(self, call: Call) -> Any:
        """Items of the units that the caller speaks for."""
        return my_items_part(call.actor, call.window, call.asked.get("state", ""))


class SupervisedItems(Endpoint):
    @lists(
        "list_supervised_items", Permission.SUPERVISE_UNIT, gives=SupervisedItemOut, asks=StateQuery
    )
    def get(self, call: Call) -> Any:
        """Items of the units that the caller supervises."""
        return supervised_part(call.actor, call.window, call.asked.get("state", ""))


class LedItems(Endpoint):
    @lists("list_led_items", Permission.LEAD_JOINT_CASES, gives=LedItemOut)
    def get(self, call: Call) -> Any:
        """Items that the caller, a county leader, has in charge."""
        return led_part(call.actor, call.window)
