"""The second half of the demo: its round, set up, released, surveyed, solved and put in force.

Every step goes through the services that people use, by the person whose step it is, and may
be repeated: what is there stays. Whoever stops it at any point and starts it again gets the same
end. Counting and solving are done by whatever worker is running.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError

from scheduling.management.demo_publication import DemoPublication
from scheduling.models.plans import Plan, PlanState
from scheduling.models.releases import ReleaseCall
from scheduling.models.rosters import InspectedUnit, Person
from scheduling.models.rounds import InspectionRound, RoundState
from scheduling.models.runs import RunStatus, SolveRun
from scheduling.selectors.in_the_way import is_current
from scheduling.services import calling, releasing, rounds, solving, surveying
from scheduling.services.round_drafts import uniform_teams
from scheduling.services.verifying import request_check
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.models import Job, Office

SOLVE_FOR_S = 20
PATIENCE_S = 120  # for the worker to begin, and to end after its time limit
LOOK_EVERY_S = 0.5

Say = Callable[[str], None]


@dataclass(frozen=True)
class DemoRound:
    """Who acts, and what demo/show_round.json says."""

    wanted: Mapping[str, Any]
    offices: Mapping[str, Office]
    directors: Mapping[str, Actor]
    scheduler: Actor
    director: Actor
    say: Say

    def play(self) -> None:
        """From nothing to a verified plan; from wherever it was left, if it was begun."""
        round_ = self._round()
        plan = self._standing_plan(round_)
        if plan is None:
            # A run was begun: what was released to it stands, and no office is called on any more.
            if round_.state != RoundState.CLOSED:
                self._release(round_)
                self._survey(round_)
            plan = self._solve(round_)
        verdict = plan.verdict or {}
        self.say(
            f"      Verified on the database's rows: {verdict['teams']} teams, "
            f"{verdict['people']} people, {verdict['visits']} visits, no breach."
        )
        self._publish(plan)

    def _publish(self, plan: Plan) -> None:
        """Proposed, confirmed by every office, approved, in force: unless it is on its way already."""
        if not DemoPublication(plan, self.directors, self.scheduler, self.director).play():
            return
        self.say(
            f"      Proposed by {self.scheduler.name}, confirmed by the offices, approved and"
            f" published by {self.director.name}: every county sees its own part"
        )

    def _round(self) -> InspectionRound:
        chen, wanted = self.scheduler, self.wanted
        with in_office(chen.tenant_id, chen.user_id):
            there = InspectionRound.objects.filter(
                tenant_id=chen.tenant_id, name=wanted["name"]
            ).first()
            if there is not None:
                return there
            made = rounds.create_round(
                actor=chen,
                name=wanted["name"],
                starts_on=date.fromisoformat(wanted["starts_on"]),
                ends_on=date.fromisoformat(wanted["ends_on"]),
                mode=wanted["mode"],
                teams=uniform_teams(
                    wanted["teams"],
                    size=(wanted["seats"], wanted["seats"]),
                    deputies=(1, 1),
                    max_units=2,
                ),
            )
            rounds.set_distances(
                actor=chen,
                number=made.pk,
                travel=[(leg["a"], leg["b"], leg["km"]) for leg in wanted["travel"]],
                past_arcs=[(arc["from"], arc["to"], arc["ago"]) for arc in wanted["history"]],
            )
        self.say(f"      {made.name}: {wanted['teams']} teams of {wanted['seats']}")
        return made

    def _release(self, round_: InspectionRound) -> None:
        chen = self.scheduler
        with in_office(chen.tenant_id, chen.user_id):
            calling.call_on_offices(
                actor=chen,
                number=round_.pk,
                call=calling.CallDraft(
                    offices=[office.pk for office in self.offices.values()],
                    people=40,
                    skills={"discipline": 4, "finance": 4, "audit": 3, "law": 3},
                    answer_by=date(2026, 8, 7),
                ),
            )
        for code, director in self.directors.items():
            self._release_of(code, director, round_)

    def _release_of(self, code: str, director: Actor, round_: InspectionRound) -> None:
        units: Collection[str] = self.wanted["units"].get(code, ())
        with in_office(director.tenant_id, director.user_id):
            call = ReleaseCall.objects.get(tenant_id=director.tenant_id, round_id=round_.pk)
            people = Person.objects.active().filter(tenant_id=director.tenant_id)
            reported = InspectedUnit.objects.filter(
                tenant_id=director.tenant_id, code__in=units, inspectable=True
            )
            made = releasing.release(
                actor=director,
                number=call.pk,
                people=list(people.values_list("pk", flat=True)),
                units=list(reported.values_list("pk", flat=True)),
            )
            self.say(
                f"      {director.office_name} released {made.people.count()} people "
                f"and reported {len(units)} units"
            )

    def _survey(self, round_: InspectionRound) -> None:
        chen = self.scheduler
        with in_office(chen.tenant_id, chen.user_id):
            job = surveying.request_survey(actor=chen, number=round_.pk)
        self._wait_for(job.pk)
        with in_office(chen.tenant_id, chen.user_id):
            [figures] = round_.surveys.values_list("figures", flat=True)
        share = figures["barred"] / figures["pairs"]
        self.say(
            f"      The rules bar {figures['barred']} of {figures['pairs']} "
            f"pairs of person and unit ({share:.0%})"
        )

    def _solve(self, round_: InspectionRound) -> Plan:
        """By the run that is at work; once more where one of an earlier start came to nothing."""
        went_on = self._run(round_)
        plan = self._finished_plan(round_)
        if plan is None and went_on:
            self._run(round_)
            plan = self._finished_plan(round_)
        if plan is None:
            raise CommandError("The run of the demo round ended without a verified plan.")
        return plan

    def _run(self, round_: InspectionRound) -> bool:
        """Follow the run to its end. Whether it was begun before: then it is taken up where it was."""
        chen = self.scheduler
        with in_office(chen.tenant_id, chen.user_id):
            before = set(SolveRun.objects.filter(round=round_).values_list("pk", flat=True))
            run = solving.start_run(actor=chen, number=round_.pk, time_limit_s=SOLVE_FOR_S)
        went_on = run.pk in before
        if went_on:
            lease = settings.JOB_LEASE_S
            self.say(f"      A run was begun before: a worker goes on with it within {lease:.0f} s")
        self._follow(run.pk)
        return went_on

    def _follow(self, run_number: int) -> None:
        """A line for each better plan, until the run is over or its job was given up."""
        last = ""
        deadline = time.monotonic() + SOLVE_FOR_S + PATIENCE_S
        while time.monotonic() < deadline:
            run = self._see(run_number)
            said = _in_a_line(run)
            if said != last:
                self.say(said)
                last = said
            if run.is_over or run.job is None or run.job.is_over:
                return
            time.sleep(LOOK_EVERY_S)
        raise CommandError("The demo round was not solved. Is a worker running for “solving”?")

    def _wait_for(self, job_number: int) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            with in_office(self.scheduler.tenant_id, self.scheduler.user_id):
                job = Job.objects.get(pk=job_number)
            if job.state == Job.State.DONE:
                return
            if job.is_over:
                raise CommandError(f"{job.task} ended: {job.state}. {job.error or ''}")
            time.sleep(LOOK_EVERY_S)
        raise CommandError("Nothing was counted. Is a worker running for the queue “jobs”?")

    def _see(self, run_number: int) -> SolveRun:
        with in_office(self.scheduler.tenant_id, self.scheduler.user_id):
            runs = SolveRun.objects.select_related("job")
            return runs.get(tenant_id=self.scheduler.tenant_id, pk=run_number)

    def _standing_plan(self, round_: InspectionRound) -> Plan | None:
        """What an earlier start solved, if it still holds: a newer version may have other rules."""
        plan = self._finished_plan(round_)
        if plan is None or plan.state != PlanState.CANDIDATE:
            return plan
        with in_office(self.scheduler.tenant_id, self.scheduler.user_id):
            if is_current(plan):
                return plan
            job = request_check(actor=self.scheduler, number=plan.pk)
        self._wait_for(job.pk)
        return self._finished_plan(round_)

    def _finished_plan(self, round_: InspectionRound) -> Plan | None:
        with in_office(self.scheduler.tenant_id, self.scheduler.user_id):
            plans = Plan.objects.filter(round=round_, verdict__clean=True)
            return plans.order_by("-pk").first()


def _in_a_line(run: SolveRun) -> str:
    values = " / ".join(str(tier["value"]) for tier in run.tiers) or "no plan yet"
    gap = "" if run.gap is None else f", gap {run.gap:.1%}"
    if run.is_over:
        return f"      {RunStatus(run.status).value} after {run.elapsed_s:.0f} s: {values}{gap}"
    return f"      solving: {values}{gap}"
