"""The show-piece plan on its way into force, each step by the person whose step it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from scheduling.access.publications import open_requests
from scheduling.models.dispatches import ConfirmationRequest
from scheduling.models.plans import Plan, PlanState
from scheduling.models.publications import Publication
from scheduling.services import confirming, proposing, publishing
from tenancy.actor import Actor
from tenancy.context import in_office


@dataclass(frozen=True)
class DemoPublication:
    """`directors`: who confirms, by office; `director`: who approves and publishes."""

    plan: Plan
    directors: Mapping[str, Actor]
    scheduler: Actor
    director: Actor

    @transaction.atomic
    def play(self) -> bool:
        """Whether the plan was put in force now: a plan that people have moved on is left alone.

        In one transaction: of a start that is stopped in between, nothing stands, and the next
        need not guess whether it was people who moved the plan on.
        """
        if self._is_moved_on():
            return False
        with in_office(self.scheduler.tenant_id, self.scheduler.user_id):
            proposing.propose_plan(actor=self.scheduler, number=self.plan.pk)
        for director in self.directors.values():
            self._confirm(director)
        with in_office(self.director.tenant_id, self.director.user_id):
            publishing.approve_plan(actor=self.director, number=self.plan.pk)
            publishing.publish_plan(actor=self.director, number=self.plan.pk)
        return True

    def _is_moved_on(self) -> bool:
        with in_office(self.scheduler.tenant_id, self.scheduler.user_id):
            state = Plan.objects.get(tenant_id=self.scheduler.tenant_id, pk=self.plan.pk).state
            published = Publication.objects.filter(
                tenant_id=self.scheduler.tenant_id, round_id=self.plan.round_id
            )
            return state != PlanState.CANDIDATE or published.exists()

    def _confirm(self, director: Actor) -> None:
        with in_office(director.tenant_id, director.user_id):
            requests = ConfirmationRequest.objects.filter(tenant_id=director.tenant_id)
            for request in requests.filter(pk__in=open_requests(), round_id=self.plan.round_id):
                confirming.confirm_people(actor=director, number=request.pk)
