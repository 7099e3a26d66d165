"""A round solved by real worker processes on a real broker: killed, and told nothing."""

from __future__ import annotations

import pytest
from celery import Celery

from scheduling.models.plans import Plan
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import RunStatus, SolveRun
from scheduling.services.round_drafts import uniform_teams
from tests.integration.scheduling.world import World, acting
from tests.integration.tenancy.test_worker_processes import (
    Site,
    ring_for_real,
    site_of_workers,
    wait_until,
)

__all__ = ["ring_for_real", "site_of_workers"]

RESUMED_WITHIN_S = 60


def a_round_that_takes_long(world: World) -> InspectionRound:
    """Too large to be proven best within the test's time limits."""
    return world.released_round(
        people=16,
        bureaus=6,
        mode="mixed",
        teams=uniform_teams(8, size=(5, 6), deputies=(1, 1), max_units=3),
    )


def best_so_far(world: World, run: SolveRun) -> list[int] | None:
    with acting(world.chen):
        plan = Plan.objects.filter(run=run).first()
    return None if plan is None else plan.tiers


@pytest.mark.usefixtures("ring_for_real")
def test_a_worker_killed_in_mid_solve_is_followed_by_one_that_keeps_its_best_plan(
    world: World, site_of_workers: Site
) -> None:
    site = site_of_workers
    round_ = a_round_that_takes_long(world)
    site.start_broker()
    site.start_relay()
    first = site.start_worker()
    run = world.start(round_, seconds=20)
    wait_until(site, "a first plan", lambda: best_so_far(world, run) is not None)
    assert not world.see_run(run.pk).is_over

    site.kill(first)
    kept = best_so_far(world, run)
    assert kept is not None
    site.start_worker()
    took = wait_until(site, "resumed", lambda: _attempts(world, run) == 2)
    wait_until(site, "finished", lambda: world.see_run(run.pk).is_over)

    assert took <= RESUMED_WITHIN_S
    plan = world.plan_of(run)
    assert plan.is_usable
    assert plan.tiers <= kept
    assert world.see_run(run.pk).status in (RunStatus.FEASIBLE, RunStatus.OPTIMAL)


def test_a_broker_that_lost_everything_loses_no_run(
    world: World, site_of_workers: Site, ring_for_real: Celery
) -> None:
    site = site_of_workers
    round_ = world.released_round()
    broker = site.start_broker()
    run = world.start(round_)
    site.kill(broker)
    for file in sorted(site.broker.folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    ring_for_real.close()

    site.start_broker()
    site.start_worker()
    site.start_relay()

    wait_until(site, "finished", lambda: world.see_run(run.pk).is_over)
    assert world.plan_of(run).is_usable


def _attempts(world: World, run: SolveRun) -> int:
    job = world.see_run(run.pk).job
    assert job is not None
    return job.attempt
