"""The demo's show round goes all the way to a plan in force, and stays when played again."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.core.management import call_command

from scheduling.management import demo_round
from scheduling.management.commands.bench_plan_page import stored
from scheduling.models.dispatches import PublishedExtract
from scheduling.models.plans import Plan, PlanVisit
from scheduling.models.publications import Publication
from scheduling.models.releases import ReleaseCall
from scheduling.models.rounds import InspectionRound
from scheduling.models.surveys import Survey
from tenancy.models import Job
from tenancy.runner import run_job
from tests.import_desk import media
from tests.integration.scheduling.world import RoleSwitch, World

__all__ = ["media"]


@pytest.fixture
def a_worker_nearby(monkeypatch: pytest.MonkeyPatch) -> None:
    """While a command waits, the jobs are done."""

    def work(_seconds: float) -> None:
        for number in list(Job.objects.filter(state=Job.State.QUEUED).values_list("pk", flat=True)):
            run_job(number)

    monkeypatch.setattr(time, "sleep", work)


@pytest.mark.usefixtures("a_worker_nearby")
def test_the_show_round_is_played_to_a_plan_in_force_once_however_often(
    django_as: RoleSwitch, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo_round, "SOLVE_FOR_S", 5)

    with django_as("owner"):
        call_command("load_demo")
        for _ in range(2):
            call_command("solve_demo_round")

        [plan] = Plan.objects.all()
        [survey] = Survey.objects.all()
        assert InspectionRound.objects.count() == 1
        assert plan.is_usable
        assert plan.verdict is not None
        assert (plan.verdict["teams"], plan.verdict["people"]) == (8, 48)
        assert PlanVisit.objects.count() == 16
        made = Publication.objects.get()
        assert (made.plan_id, made.number, made.ended_at) == (plan.pk, 1, None)
        assert PublishedExtract.objects.count() == 5
        assert 0.25 <= survey.figures["barred"] / survey.figures["pairs"] <= 0.35


def test_the_benchmark_of_the_plan_page_leaves_nothing_behind(world: World) -> None:
    with world.django_as("owner"):
        with stored(world.offices["zhoushan"], 2) as plan:
            assert PlanVisit.objects.filter(plan=plan).count() == 6

        for table in (Plan, PlanVisit, InspectionRound, ReleaseCall):
            assert not table.objects.exists(), table
