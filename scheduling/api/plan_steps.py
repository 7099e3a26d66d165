"""A plan's way into force, step by step, and what stands in its way."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework import serializers

from httpapi.declarations import Call, Created, acts, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Output, Said
from scheduling.api.differences import DifferenceOut, difference_shown
from scheduling.api.publications import PublicationOut, publication_shown
from scheduling.api.words import WordsIn
from scheduling.models.plans import PlanState, PlanStep
from scheduling.selectors.publication import AnswerLine, plan_state, publication_page
from scheduling.selectors.suspended import suspended_seats
from scheduling.services.proposing import propose_plan, take_back_plan
from scheduling.services.publishing import approve_plan, publish_plan, return_plan
from tenancy.actor import Actor
from tenancy.domain.roles import Permission


class ObstacleOut(Output):
    code = serializers.CharField()
    says = Said()


class StepOut(Output):
    kind = serializers.ChoiceField(choices=PlanStep.Kind.values)
    by = serializers.CharField()
    at = serializers.DateTimeField()
    words = serializers.CharField()


class ObjectionOut(Output):
    name = serializers.CharField()
    words = serializers.CharField()


class OfficeAnswerOut(Output):
    office = serializers.CharField()
    people = serializers.IntegerField()
    is_answered = serializers.BooleanField()
    is_confirmed = serializers.BooleanField()
    is_kept = serializers.BooleanField(help_text="It said yes to the same list before.")
    by = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True)
    objections = ObjectionOut(many=True)


class StepFailureOut(Output):
    message = Said()
    remedy = Said()


class PlanStateOut(Output):
    number = serializers.IntegerField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=PlanState.values)
    made_by = serializers.CharField()
    made_at = serializers.DateTimeField()
    is_working = serializers.BooleanField(help_text="A worker looks before the plan is proposed.")
    job = serializers.IntegerField(allow_null=True, help_text="Its newest look, or null.")
    failure = StepFailureOut(allow_null=True, help_text="Why that look stopped.")
    obstacles = ObstacleOut(many=True, help_text="What stands in the way of the next step.")
    is_to_be_checked = serializers.BooleanField(help_text="Proposing has a worker look first.")
    steps = StepOut(many=True)
    answers = OfficeAnswerOut(many=True, help_text="Of the offices whose people are to be sent.")
    other_plan = serializers.IntegerField(
        allow_null=True, help_text="The plan of the round that is being decided."
    )
    publication = serializers.IntegerField(allow_null=True, help_text="Of this plan.")
    in_force = serializers.IntegerField(
        allow_null=True, help_text="The publication that is in force in the round."
    )
    difference = DifferenceOut(allow_null=True, help_text="To what is in force.")
    may = serializers.ListField(
        child=serializers.CharField(), help_text="The steps that are open to the caller now."
    )


class ReplacementOut(Output):
    person = serializers.CharField(help_text="The id of the exchange format.")
    name = serializers.CharField()
    office = serializers.CharField()
    leaves = serializers.CharField(allow_null=True, help_text="The team that they sit in now.")


class SuspendedSeatOut(Output):
    person = serializers.CharField(help_text="The id of the exchange format.")
    name = serializers.CharField()
    office = serializers.CharField()
    team = serializers.CharField()
    role = Said()
    because = serializers.ListField(child=Said(), help_text="Titles of rules; never a reason.")
    replacements = ReplacementOut(many=True, help_text="The first one costs least.")


class SuspendedSeatsOut(Output):
    plan = serializers.IntegerField()
    seats = SuspendedSeatOut(many=True)


class StateOfPlan(Endpoint):
    @reads("read_plan_state", Permission.VIEW_PLAN, gives=PlanStateOut)
    def get(self, call: Call, number: int) -> Any:
        """Where the plan is on its way into force, who has answered, and what stands in the way."""
        return _shown(call.actor, number)


class SuspendedSeats(Endpoint):
    @reads("read_suspended_seats", Permission.VIEW_PLAN, gives=SuspendedSeatsOut)
    def get(self, call: Call, number: int) -> Any:
        """The seats that a rule or a declaration forbids by now, and who could take them."""
        return suspended_seats(call.actor, number)


class ProposePlan(Endpoint):
    @acts("propose_plan", Permission.PROPOSE_PLAN, gives=PlanStateOut)
    def post(self, call: Call, number: int) -> Any:
        """Propose the plan for approval, and ask the offices about their people. Where it has to
        be looked at before, `is_working` says so, and it goes on by itself."""
        propose_plan(actor=call.actor, number=number)
        return _shown(call.actor, number)


class TakeBackPlan(Endpoint):
    @acts("take_back_plan", Permission.PROPOSE_PLAN, takes=WordsIn, gives=PlanStateOut)
    def post(self, call: Call, number: int) -> Any:
        """Take the proposal back to the desk. The offices have nothing to confirm any more."""
        take_back_plan(actor=call.actor, number=number, **call.given)
        return _shown(call.actor, number)


class ReturnPlan(Endpoint):
    @acts("return_plan", Permission.APPROVE_PLAN, takes=WordsIn, gives=PlanStateOut)
    def post(self, call: Call, number: int) -> Any:
        """Send the proposal back to the desk. `words` say why, and are needed."""
        return_plan(actor=call.actor, number=number, **call.given)
        return _shown(call.actor, number)


class ApprovePlan(Endpoint):
    @acts("approve_plan", Permission.APPROVE_PLAN, takes=WordsIn, gives=PlanStateOut)
    def post(self, call: Call, number: int) -> Any:
        """Approve the plan: by another person than proposed it, once everybody has confirmed."""
        approve_plan(actor=call.actor, number=number, **call.given)
        return _shown(call.actor, number)


class PublishPlan(Endpoint):
    @acts("publish_plan", Permission.PUBLISH_PLAN, takes=WordsIn, gives=PublicationOut, status=201)
    def post(self, call: Call, number: int) -> Any:
        """Put the approved plan in force. What is in force in its round is corrected by it."""
        made = publish_plan(actor=call.actor, number=number, **call.given)
        page = publication_page(call.actor, made.pk)
        return Created(publication_shown(page), reverse("api:publication", args=[made.pk]))


def _shown(actor: Actor, number: int) -> dict[str, Any]:
    state = plan_state(actor, number)
    fields = ("number", "version", "state", "made_by", "made_at", "is_working", "obstacles",
              "is_to_be_checked", "steps")  # fmt: skip
    return {field: getattr(state, field) for field in fields} | {
        "job": state.job,
        "failure": state.failure and dict(zip(("message", "remedy"), state.failure, strict=True)),
        "answers": [_answer(line) for line in state.answers],
        "other_plan": state.other and state.other.pk,
        "publication": state.published and state.published.pk,
        "in_force": state.in_force and state.in_force.pk,
        "difference": difference_shown(state.difference),
        "may": sorted(state.may),
    }


def _answer(line: AnswerLine) -> dict[str, Any]:
    fields = ("office", "people", "is_answered", "is_confirmed", "is_kept", "by", "at")
    return {field: getattr(line, field) for field in fields} | {
        "objections": [{"name": name, "words": words} for name, words in line.objections]
    }
