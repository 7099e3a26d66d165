"""The register of clues, and the lists by which they are handed over."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from httpapi.declarations import Call, Created, Document, acts, hands_out, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output, Said
from sharing.api.clues import ACTS, STATES, ClueStateOut, ClueStepOut, ReasonIn
from sharing.domain.clues import Disposal
from sharing.domain.outcomes import MOST_PERSONS, OutcomeCode
from sharing.selectors.office_clues import (
    LedgerFilter,
    LedgerPage,
    ListPage,
    ledger_page,
    ledger_part,
    list_page,
    lists_part,
)
from sharing.services import disposing, handing_over
from sharing.services.handing_over import MOST_ON_A_LIST
from sharing.services.urging_lists import urge_list
from tenancy.domain.roles import Permission

EITHER = (Permission.HANDLE_CLUE, Permission.DISPOSE_CLUE)


class LedgerQuery(Input):
    state = serializers.ChoiceField(choices=STATES, required=False)
    overdue = serializers.BooleanField(required=False, default=False)
    urgent = serializers.BooleanField(required=False, default=False)


class DisposalIn(Input):
    disposal = serializers.ChoiceField(choices=[one.value for one in Disposal])


class ClueOutcomeIn(Input):
    nth = serializers.IntegerField(
        min_value=1,
        max_value=MOST_PERSONS,
        help_text="Which person. 1: the subject; others are counted on.",
    )
    code = serializers.ChoiceField(choices=[one.value for one in OutcomeCode])


class OutcomesIn(Input):
    outcomes = serializers.ListField(
        child=ClueOutcomeIn(), max_length=MOST_PERSONS * len(OutcomeCode)
    )


class UrgingIn(Input):
    letter = serializers.CharField(max_length=100, help_text="Number of the urging letter.")


class HandOverIn(Input):
    clues = serializers.ListField(child=Number(), min_length=1, max_length=MOST_ON_A_LIST)


class LedgerLineOut(Output):
    number = serializers.IntegerField(source="clue.pk")
    year = serializers.IntegerField(source="clue.year", allow_null=True)
    register_number = serializers.IntegerField(
        source="clue.number", allow_null=True, help_text="The office's own, given at intake."
    )
    subject_name = serializers.CharField(source="clue.subject_name")
    subject_unit = serializers.CharField(source="clue.subject_unit")
    management_level = serializers.CharField(source="clue.management_level")
    is_urgent = serializers.BooleanField(source="clue.is_urgent")
    state = serializers.ChoiceField(choices=STATES, source="clue.state")
    due_on = serializers.DateField(allow_null=True)
    late = serializers.IntegerField(help_text="Working days past it.")


class ClueOutcomeOut(Output):
    telling = serializers.IntegerField(source="outcome.telling")
    person = serializers.IntegerField(source="outcome.person")
    code = serializers.CharField(source="outcome.code")
    says = Said(source="title")
    told_by = serializers.CharField(source="outcome.told_by_name")
    told_at = serializers.DateTimeField(source="outcome.told_at")


class LedgerClueOut(Output):
    line = LedgerLineOut()
    subject_post = serializers.CharField(source="clue.subject_post")
    source_kind = serializers.CharField(source="clue.source_kind")
    gist = serializers.CharField(source="clue.gist")
    evidence = serializers.ListField(child=serializers.CharField(), source="clue.evidence")
    round = serializers.CharField(source="clue.round_name")
    team = serializers.CharField(source="clue.team_name")
    signed_by = serializers.CharField(source="clue.signed_by")
    signed_at = serializers.DateTimeField(source="clue.signed_at")
    disposal = serializers.CharField(source="clue.disposal")
    disposal_due_on = serializers.DateField(source="clue.disposal_due_on", allow_null=True)
    result_due_on = serializers.DateField(source="clue.result_due_on", allow_null=True)
    outcomes = ClueOutcomeOut(many=True)
    steps = ClueStepOut(many=True)
    may = serializers.ListField(child=serializers.ChoiceField(choices=ACTS))


class HandOverListLineOut(Output):
    number = serializers.IntegerField(source="pk")
    year = serializers.IntegerField()
    list_number = serializers.IntegerField(source="number")
    size = serializers.IntegerField()
    sha256 = serializers.CharField()
    signed_by = serializers.CharField(source="signed_by_name")
    signed_at = serializers.DateTimeField()
    receipt_year = serializers.IntegerField(allow_null=True)
    receipt_number = serializers.IntegerField(allow_null=True)
    acknowledged_by = serializers.CharField(source="acknowledged_by_name")
    acknowledged_at = serializers.DateTimeField(allow_null=True)


class HandOverUrgingOut(Output):
    reference = serializers.CharField()
    document = serializers.CharField(help_text="The text as it was signed.")
    sha256 = serializers.CharField(help_text="Of the text in UTF-8.")
    signed_by = serializers.CharField(source="signed_by_name")
    signed_at = serializers.DateTimeField()


class HandOverListOut(Output):
    list = HandOverListLineOut()
    clues = LedgerLineOut(many=True, source="lines")
    returned = serializers.IntegerField()
    is_whole = serializers.BooleanField(help_text="The hash is the text's.")
    may_acknowledge = serializers.BooleanField()
    urgings = HandOverUrgingOut(many=True)
    may_urge = serializers.BooleanField()


class TieOut(Output):
    declared = serializers.BooleanField()


class Ledger(Endpoint):
    @lists("list_office_clues", EITHER, gives=LedgerLineOut, asks=LedgerQuery)
    def get(self, call: Call) -> Any:
        """The office's register, what is overdue longest first."""
        asked = LedgerFilter(call.asked.get("state"), call.asked["overdue"], call.asked["urgent"])
        return ledger_part(call.actor, asked, call.window)


class LedgerClue(Endpoint):
    @reads("read_office_clue", EITHER, gives=LedgerClueOut)
    def get(self, call: Call, number: int) -> LedgerPage:
        """A clue of the register; the discipline body's from the day on which it is handed over."""
        return ledger_page(call.actor, number)


class TakeIn(Endpoint):
    @acts("take_clue_in", Permission.HANDLE_CLUE, gives=ClueStateOut)
    def post(self, call: Call, number: int) -> Any:
        """The office's own number is given here."""
        return handing_over.take_in(actor=call.actor, number=number)


class ReturnClue(Endpoint):
    @acts("return_clue", Permission.DISPOSE_CLUE, takes=ReasonIn, gives=ClueStateOut)
    def post(self, call: Call, number: int) -> Any:
        """Back to the office, for more."""
        return disposing.return_clue(actor=call.actor, number=number, **call.given)


class ChooseDisposal(Endpoint):
    @acts("choose_disposal", Permission.DISPOSE_CLUE, takes=DisposalIn, gives=ClueStateOut)
    def post(self, call: Call, number: int) -> Any:
        """One of the four ways."""
        disposal = Disposal(call.given["disposal"])
        return disposing.choose_disposal(actor=call.actor, number=number, disposal=disposal)


class BeginDisposal(Endpoint):
    @acts("begin_disposal", Permission.DISPOSE_CLUE, gives=ClueStateOut)
    def post(self, call: Call, number: int) -> Any:
        """It is being dealt with."""
        return disposing.begin_disposal(actor=call.actor, number=number)


class TellResult(Endpoint):
    @acts("tell_clue_result", Permission.DISPOSE_CLUE, takes=OutcomesIn, gives=ClueStateOut)
    def post(self, call: Call, number: int) -> Any:
        """What became of each person, in codes."""
        told = [(one["nth"], OutcomeCode(one["code"])) for one in call.given["outcomes"]]
        return disposing.tell_result(actor=call.actor, number=number, outcomes=told)


class UrgeClue(Endpoint):
    @acts("urge_clue", Permission.HANDLE_CLUE, takes=UrgingIn, gives=ClueStateOut)
    def post(self, call: Call, number: int) -> Any:
        """Record an urging letter."""
        return disposing.urge_clue(actor=call.actor, number=number, **call.given)


class AskClueAgain(Endpoint):
    @acts("ask_clue_again", Permission.HANDLE_CLUE, takes=ReasonIn, gives=ClueStateOut)
    def post(self, call: Call, number: int) -> Any:
        """Ask for more about a result that was told."""
        return disposing.ask_clue_again(actor=call.actor, number=number, **call.given)


class CloseClue(Endpoint):
    @acts("close_clue", Permission.HANDLE_CLUE, gives=ClueStateOut)
    def post(self, call: Call, number: int) -> Any:
        """The result is enough."""
        return disposing.close_clue(actor=call.actor, number=number)


class DeclareTie(Endpoint):
    @acts("declare_clue_tie", EITHER, gives=TieOut)
    def post(self, call: Call, number: int) -> Any:
        """One has a tie to the subject: the clue leaves one's sight for good."""
        disposing.declare_tie(actor=call.actor, number=number)
        return {"declared": True}


class HandOverLists(Endpoint):
    @lists("list_hand_over_lists", EITHER, gives=HandOverListLineOut)
    def get(self, call: Call) -> Any:
        """The newest first; without those that hold a clue which one may not see."""
        return lists_part(call.actor, call.window)

    @acts(
        "seal_hand_over_list",
        Permission.HANDLE_CLUE,
        takes=HandOverIn,
        gives=HandOverListLineOut,
        status=201,
    )
    def post(self, call: Call) -> Any:
        """Sign a list of clues that were taken in: all of them are handed over, or none."""
        made = handing_over.seal_list(actor=call.actor, clues=call.given["clues"])
        return Created(made, reverse("api:hand-over-list", args=[made.pk]))


class HandOverListPage(Endpoint):
    @reads("read_hand_over_list", EITHER, gives=HandOverListOut)
    def get(self, call: Call, number: int) -> ListPage:
        """Both signatures, and what still stands on it."""
        return list_page(call.actor, number)


class AcknowledgeList(Endpoint):
    @acts("acknowledge_hand_over_list", Permission.DISPOSE_CLUE, gives=HandOverListLineOut)
    def post(self, call: Call, number: int) -> Any:
        """The numbered receipt: from today on the terms run."""
        return handing_over.acknowledge_list(actor=call.actor, number=number)


class UrgeList(Endpoint):
    @acts("urge_hand_over_list", Permission.HANDLE_CLUE, gives=HandOverUrgingOut, status=201)
    def post(self, call: Call, number: int) -> Any:
        """An urging letter for the receipt, or for what is overdue on the list; once a day."""
        made = urge_list(actor=call.actor, number=number)
        return Created(made, reverse("api:hand-over-list", args=[number]))


class HandOverText(Endpoint):
    @hands_out("download_hand_over_text", EITHER)
    def get(self, call: Call, number: int) -> Any:
        """The very text that was signed; its SHA-256 stands on the list."""
        made = handing_over.take_list_away(actor=call.actor, number=number)
        name = f"hand-over-list-{made.year}-{made.number}.json"
        return Document(made.document.encode(), name)
