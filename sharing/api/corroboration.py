"""Comparing clues with those of other offices, and answering what comes of it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output, Said
from sharing.domain.corroboration.consent import ANSWER
from sharing.selectors.corroboration import (
    comparing,
    hit_line,
    hit_lines,
    party_line,
    probing_alerts,
)
from sharing.services.answering_hits import answer_hit
from sharing.services.clue_parties import ask_about, note_party, withdraw_party
from tenancy.domain.roles import Permission

EITHER = (Permission.HANDLE_CLUE, Permission.DISPOSE_CLUE)
LONGEST = 100


def _written(help_text: str = "") -> serializers.CharField:
    return serializers.CharField(
        max_length=LONGEST, required=False, default="", allow_blank=True, help_text=help_text
    )


class PartyIn(Input):
    """Identifiers of one person or organisation. They are sealed to the matcher and shown to nobody again."""

    person_name = _written("Counts only with the unit's credit code or unit code.")
    id_number = _written()
    credit_code = _written()
    unit_code = _written("Where the unit has no credit code.")
    phone = _written()
    bank_card = _written()
    unit_account = _written()


class PartyNumberIn(Input):
    party = Number(help_text="The number of the party.")


class HitActIn(Input):
    act = serializers.ChoiceField(choices=[one.name for one in ANSWER.acts])
    reason = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class PartyIdentifierOut(Output):
    title = Said()
    mask = serializers.CharField(help_text="Its last characters.")


class PartyOut(Output):
    number = serializers.IntegerField(source="party.pk")
    identifiers = PartyIdentifierOut(many=True)
    state = serializers.CharField(help_text="noted, asked or withdrawn: never what came of it.")
    rows = serializers.IntegerField(source="party.rows", help_text="Its share of the quota.")
    noted_by = serializers.CharField(source="party.noted_by_name")
    noted_at = serializers.DateTimeField(source="party.noted_at")
    asked_at = serializers.DateTimeField(source="party.asked_at", allow_null=True)
    withdrawn_at = serializers.DateTimeField(source="party.withdrawn_at", allow_null=True)


class ComparingOut(Output):
    parties = PartyOut(many=True)
    left = serializers.IntegerField(help_text="Rows that the caller may still ask about today.")
    hindrances = serializers.ListField(child=Said(), help_text="Why the clue is not asked about.")
    is_on = serializers.BooleanField(help_text="Whether clues are compared here.")


class QueuedOut(Output):
    queued = serializers.BooleanField(help_text="All that asking ever answers.")


class PartyWithdrawnOut(Output):
    withdrawn = serializers.BooleanField()


class HitStepOut(Output):
    act = serializers.CharField()
    title = Said()
    by = serializers.CharField(source="by_name")
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class HitActOut(Output):
    act = serializers.CharField(source="name")
    title = Said()
    needs_reason = serializers.BooleanField()


class HitPartnerOut(Output):
    office = serializers.CharField(source="partner.short_name")
    reference = serializers.CharField(help_text="The same on both sides.")
    led_at = serializers.DateTimeField()


class HitOut(Output):
    number = serializers.IntegerField(source="notice.pk")
    clue = serializers.IntegerField(source="notice.clue_id")
    about = serializers.CharField(source="view.about")
    words = Said(source="view.words")
    phase = serializers.CharField(source="view.phase", help_text="Of the caller's own side.")
    told_at = serializers.DateTimeField(source="notice.told_at")
    answer_until = serializers.DateTimeField(source="view.answer_until")
    steps = HitStepOut(many=True)
    acts = HitActOut(many=True, help_text="What the caller may do next.")
    partners = HitPartnerOut(many=True, help_text="Offices that were named to each other.")


class ProbingAlertOut(Output):
    office = serializers.CharField(source="alert.office.short_name")
    person = serializers.CharField(source="alert.person_name", help_text="Empty: the office.")
    suspicion = serializers.CharField(source="alert.suspicion")
    words = Said()
    raised_at = serializers.DateTimeField(source="alert.raised_at")


class ProbingAlertsOut(Output):
    alerts = ProbingAlertOut(many=True)


class CluePartiesOf(Endpoint):
    @reads("read_clue_parties", EITHER, gives=ComparingOut)
    def get(self, call: Call, number: int) -> Any:
        """Whom and what the clue names, as it is compared, and what is left of the quota."""
        return comparing(call.actor, number)

    @acts("note_clue_party", EITHER, takes=PartyIn, gives=PartyOut)
    def post(self, call: Call, number: int) -> Any:
        """Note identifiers of one person or organisation; nothing is sent yet."""
        made = note_party(actor=call.actor, number=number, written=call.given)
        return party_line(call.actor, number, made.pk)


class AskAboutParty(Endpoint):
    @acts("ask_about_party", EITHER, takes=PartyNumberIn, gives=QueuedOut)
    def post(self, call: Call, number: int) -> Any:
        """Have it compared. The answer is always the same; what comes of it is told at fixed moments."""
        ask_about(actor=call.actor, number=number, **call.given)
        return {"queued": True}


class WithdrawParty(Endpoint):
    @acts("withdraw_clue_party", EITHER, takes=PartyNumberIn, gives=PartyWithdrawnOut)
    def post(self, call: Call, number: int) -> Any:
        """Have it compared no more, once it has cooled."""
        withdraw_party(actor=call.actor, number=number, **call.given)
        return {"withdrawn": True}


class Hits(Endpoint):
    @lists("list_hits", EITHER, gives=HitOut)
    def get(self, call: Call) -> Any:
        """That another office may hold a related clue, the newest first."""
        return hit_lines(call.actor, call.window)


class HitDetail(Endpoint):
    @reads("read_hit", EITHER, gives=HitOut)
    def get(self, call: Call, number: int) -> Any:
        """One of them, with what the own side did."""
        return hit_line(call.actor, number)


class HitActs(Endpoint):
    @acts("answer_hit", EITHER, takes=HitActIn, gives=HitOut)
    def post(self, call: Call, number: int) -> Any:
        """Propose consent, confirm it as another person, take it back, or refuse."""
        answer_hit(actor=call.actor, number=number, **call.given)
        return hit_line(call.actor, number)


class ProbingAlerts(Endpoint):
    @reads("list_probing_alerts", Permission.HANDLE_CLUE, gives=ProbingAlertsOut)
    def get(self, call: Call) -> Any:
        """Who asks as one who guesses, in one's office and its counties; the newest first."""
        return {"alerts": probing_alerts(call.actor)}
