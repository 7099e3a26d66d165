"""Runs: who may start and stop one, one at a time, and what is kept when something breaks."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from kernel.errors import NotAllowed, NotVisible
from kernel.text import Text
from scheduling.domain.problem import Problem, Schedule
from scheduling.domain.solve import Progress, Search
from scheduling.domain.working_days import YearNotice
from scheduling.errors import PlanNotVerified, RoundNotReady, RunNotStartable
from scheduling.mapping import calendars, schedules
from scheduling.mapping.schedules import schedule_of
from scheduling.models.plans import Plan, PlanSeat
from scheduling.models.rosters import Person
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import RunStatus, SolveInput, SolveRun
from scheduling.selectors import plan_page, run_page
from scheduling.services import exporting, releasing, rounds, solving, surveying
from scheduling.tasks import solving as solving_task
from tenancy import lease
from tenancy.context import in_office
from tenancy.lease import Lease, claim
from tenancy.models import AuditEntry, Job
from tests.integration.scheduling.world import FIRST_DAY, World, acting


class PatientSearch:
    """The engine, which tells its plan and then goes on until it is stopped."""

    starts: ClassVar[list[Schedule | None]] = []

    def __init__(
        self, problem: Problem, *, should_stop: Callable[[], bool], **options: Any
    ) -> None:
        self.starts.append(options["start"])
        self.outcome = Search(problem, **options).outcome
        self._should_stop = should_stop

    def __iter__(self) -> Iterator[Progress | None]:
        found = self.outcome
        yield Progress("search", found.schedule, found.tiers, 0.0, found.seconds)
        while not self._should_stop():
            yield None


@pytest.fixture
def patient_engine(monkeypatch: pytest.MonkeyPatch) -> type[PatientSearch]:
    monkeypatch.setattr(solving_task, "Search", PatientSearch)
    monkeypatch.setattr(solving_task, "SAVE_EVERY_S", 0)
    monkeypatch.setattr(lease, "KEEP_EVERY_S", 0)
    PatientSearch.starts.clear()
    return PatientSearch


def test_only_the_scheduler_starts_a_run(world: World) -> None:
    round_ = world.released_round()

    with acting(world.zhao), pytest.raises(NotAllowed):
        solving.start_run(actor=world.zhao, number=round_.pk, time_limit_s=3)
    with acting(world.lin), pytest.raises(NotVisible):
        solving.start_run(actor=world.lin, number=round_.pk, time_limit_s=3)

    assert world.start(round_).pk


def test_only_the_scheduler_asks_for_a_survey(world: World) -> None:
    round_ = world.released_round()

    with acting(world.zhao), pytest.raises(NotAllowed):
        surveying.request_survey(actor=world.zhao, number=round_.pk)
    with acting(world.lin), pytest.raises(NotVisible):
        surveying.request_survey(actor=world.lin, number=round_.pk)
    with acting(world.chen):
        assert surveying.request_survey(actor=world.chen, number=round_.pk).pk


def test_asking_for_a_survey_twice_counts_once(world: World) -> None:
    round_ = world.released_round()

    with acting(world.chen):
        first = surveying.request_survey(actor=world.chen, number=round_.pk)
        again = surveying.request_survey(actor=world.chen, number=round_.pk)

    assert first.pk == again.pk


def test_starting_twice_gives_the_run_that_is_at_work(world: World) -> None:
    round_ = world.released_round()

    assert world.start(round_).pk == world.start(round_).pk
    with acting(world.chen):
        assert Job.objects.filter(task=solving.SOLVE).count() == 1


def test_two_people_who_start_at_once_start_one_run(world: World) -> None:
    round_ = world.released_round()
    barrier = threading.Barrier(2)
    started: list[int] = []

    def start_at_the_signal() -> None:
        barrier.wait()
        started.append(world.start(round_).pk)
        connection.close()

    threads = [threading.Thread(target=start_at_the_signal) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(started) == 2
    assert len(set(started)) == 1


def test_the_database_itself_holds_one_run_at_work_per_round(world: World) -> None:
    round_ = world.released_round()
    run = world.start(round_)

    with acting(world.chen), pytest.raises(DatabaseError), transaction.atomic():
        SolveRun.objects.create(
            tenant_id=world.chen.tenant_id,
            round_id=round_.pk,
            time_limit_s=1,
            seed=0,
            requested_by="",
            requested_at=run.requested_at,
        )


def test_a_finished_round_can_be_solved_again_and_the_old_plan_stays(world: World) -> None:
    round_ = world.released_round()
    first = world.plan_of(world.solve(round_))
    second = world.plan_of(world.solve(round_))

    assert (first.version, second.version) == (1, 2)
    with acting(world.chen):
        assert plan_page(world.chen, first.pk).teams


def test_a_round_without_people_names_what_is_missing(world: World) -> None:
    round_ = world.make_round()

    with acting(world.chen), pytest.raises(RoundNotReady) as refusal:
        solving.start_run(actor=world.chen, number=round_.pk, time_limit_s=3)

    message, _ = refusal.value.in_language("zh")
    assert "还没有单位放行人员" in message
    assert "还没有选定被巡察单位" in message


def test_a_refused_start_leaves_the_releases_open(world: World) -> None:
    world.settle()
    round_ = world.make_round()
    world.call(round_)

    with acting(world.chen), pytest.raises(RoundNotReady):
        solving.start_run(actor=world.chen, number=round_.pk, time_limit_s=3)

    world.release("dinghai")


@pytest.mark.parametrize("seconds", [0, 10**6])
def test_a_time_limit_out_of_range_is_refused(world: World, seconds: int) -> None:
    round_ = world.released_round()

    with acting(world.chen), pytest.raises(RunNotStartable):
        solving.start_run(actor=world.chen, number=round_.pk, time_limit_s=seconds)


def test_a_run_that_nobody_began_is_over_as_soon_as_it_is_cancelled(world: World) -> None:
    run = world.start(world.released_round())

    with acting(world.chen):
        solving.cancel_run(actor=world.chen, number=run.pk)
        page = run_page(world.chen, run.pk)

    assert (page.state, page.plan_number) == ("cancelled", None)
    assert world.see_run(run.pk).is_over


def test_only_the_scheduler_cancels_a_run(world: World) -> None:
    run = world.start(world.released_round())

    with acting(world.zhao), pytest.raises(NotAllowed):
        solving.cancel_run(actor=world.zhao, number=run.pk)
    with acting(world.lin), pytest.raises(NotVisible):
        solving.cancel_run(actor=world.lin, number=run.pk)


def test_cancelling_a_run_at_work_keeps_and_verifies_its_best_plan(
    world: World, patient_engine: type[PatientSearch], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = world.start(world.released_round())
    kept = solving.keep

    def cancel_once_there_is_a_plan(*args: Any, **kwargs: Any) -> None:
        kept(*args, **kwargs)
        Job.objects.filter(pk=job_of(run).pk).update(cancel_requested_at=run.requested_at)

    monkeypatch.setattr(solving, "keep", cancel_once_there_is_a_plan)

    assert world.work(job_of(run)) == "cancelled"

    assert world.see_run(run.pk).is_over
    assert world.plan_of(run).is_usable


class Killed(BaseException):
    """Ends a worker in mid-work as kill -9 would: nothing is tidied up."""


def test_a_worker_that_died_is_followed_by_one_that_goes_on_from_the_best_plan(
    world: World, patient_engine: type[PatientSearch], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = world.start(world.released_round())
    kept = solving.keep

    def keep_and_die_soon_after(*args: Any, **kwargs: Any) -> None:
        kept(*args, **kwargs)
        monkeypatch.setattr(Lease, "keep", _die)

    with monkeypatch.context() as patch:
        patch.setattr(solving, "keep", keep_and_die_soon_after)
        with pytest.raises(Killed):
            world.work(job_of(run))
    monkeypatch.undo()
    with acting(world.chen):
        left_behind = schedule_of(Plan.objects.get(run=run))
    _let_the_lease_run_out(world, run)
    monkeypatch.setattr(solving_task, "Search", RememberingSearch)

    assert world.work(job_of(run)) == "done"

    assert PatientSearch.starts == [None, left_behind]
    assert world.plan_of(run).is_usable


def job_of(run: SolveRun) -> Job:
    assert run.job is not None
    return run.job


class RememberingSearch(Search):
    """The engine, which notes what it was given to start from."""

    def __init__(self, problem: Problem, **options: Any) -> None:
        PatientSearch.starts.append(options["start"])
        super().__init__(problem, **options)


def _die(*_args: Any, **_kwargs: Any) -> None:
    raise Killed


def _let_the_lease_run_out(world: World, run: SolveRun) -> None:
    with world.django_as("worker"), in_office(world.chen.tenant_id):
        Job.objects.filter(pk=job_of(run).pk).update(lease_until=run.requested_at)


def test_a_run_that_is_taken_up_again_answers_the_question_as_it_was_frozen(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = world.start(world.released_round())
    monkeypatch.setattr(Lease, "keep", _die)
    with pytest.raises(Killed):
        world.work(job_of(run))
    monkeypatch.undo()
    _let_the_lease_run_out(world, run)
    before = world.see_run(run.pk).input_sha256

    world.work(job_of(run))

    assert world.see_run(run.pk).input_sha256 == before
    with world.django_as("worker"), in_office(world.chen.tenant_id):
        assert SolveInput.objects.count() == 1


def test_a_fault_of_the_engine_ends_the_run_and_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = world.released_round()
    run = world.start(round_)
    monkeypatch.setattr(solving_task, "Search", _broken_engine)

    assert world.work(job_of(run)) == "failed"

    with acting(world.chen):
        page = run_page(world.chen, run.pk)
        assert page.state == "failed"
        assert page.refusal is not None
        assert AuditEntry.objects.filter(action="scheduling.run.broken_off").exists()
    monkeypatch.undo()
    assert world.solve(round_).status in (RunStatus.OPTIMAL, RunStatus.FEASIBLE)


def test_a_run_whose_database_was_away_for_a_moment_is_not_broken_off(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = world.start(world.released_round())
    monkeypatch.setattr(Lease, "keep", _lose_the_database)

    assert world.work(job_of(run)) == "to be resumed"
    monkeypatch.undo()

    assert not world.see_run(run.pk).is_over
    _let_the_lease_run_out(world, run)
    world.work(job_of(run))
    assert world.see_run(run.pk).is_over


def _lose_the_database(*_args: Any, **_kwargs: Any) -> None:
    raise OperationalError("server closed the connection unexpectedly")


def _broken_engine(*_args: Any, **_kwargs: Any) -> Any:
    raise RuntimeError("the engine broke")


def test_a_late_delivery_of_a_run_that_is_over_changes_nothing(world: World) -> None:
    run = world.solve(world.released_round())
    before = world.plan_of(run).revision

    with world.django_as("worker"):
        assert claim(job_of(run).pk, world.chen.tenant_id) is None

    assert world.plan_of(run).revision == before


def test_a_run_whose_workers_all_died_does_not_block_the_round_for_ever(world: World) -> None:
    round_ = world.released_round()
    run = world.start(round_)
    with world.django_as("worker"), in_office(world.chen.tenant_id):
        Job.objects.filter(pk=job_of(run).pk).update(
            state=Job.State.FAILED,
            finished_at=run.requested_at,
            error={"code": "x", "message": {"zh": "", "en": ""}, "remedy": {"zh": "", "en": ""}},
        )

    with acting(world.chen):
        rounds.reset_policy(actor=world.chen, number=round_.pk, mode="mixed")
    assert world.start(round_).pk != run.pk
    assert world.see_run(run.pk).status == RunStatus.FAILED


def test_a_plan_whose_rows_were_tampered_with_is_not_usable(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The verifier reads the rows; what the engine believed plays no part."""
    stored = schedules.store_schedule

    def store_one_seat_less(plan: Plan, *args: Any) -> None:
        stored(plan, *args)
        members = PlanSeat.objects.filter(plan=plan, role=PlanSeat.Role.DEPUTY)
        PlanSeat.objects.filter(pk=members[0].pk).delete()

    monkeypatch.setattr(solving, "store_schedule", store_one_seat_less)

    run = world.solve(world.released_round())

    plan = world.plan_of(run)
    assert not plan.is_usable
    with acting(world.chen):
        page = plan_page(world.chen, plan.pk)
        with pytest.raises(PlanNotVerified):
            exporting.export_plan(actor=world.chen, number=plan.pk, language="zh")
    assert "leader" in {breach.code for breach in page.verdict.breaches}


def test_a_false_claim_about_a_measure_makes_a_plan_unusable(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = schedules.store_schedule

    def claim_less_travel(plan: Plan, *args: Any) -> None:
        stored(plan, *args)
        plan.measures["travel"] -= 1
        plan.save(update_fields=["measures"])

    monkeypatch.setattr(solving, "store_schedule", claim_less_travel)

    plan = world.plan_of(world.solve(world.released_round()))

    assert plan.verdict is not None
    assert [(b["code"], b["names"]) for b in plan.verdict["breaches"]] == [("claim", ["travel"])]


def test_a_roster_that_changes_after_the_release_outdates_the_plan(world: World) -> None:
    plan = world.plan_of(world.solve(world.released_round()))
    with acting(world.chen):
        assert not plan_page(world.chen, plan.pk).is_outdated

    with acting(world.lin):
        changed = Person.objects.get(number="001")
        releasing.roster_changed(actor=world.lin, person_ids=[changed.pk])

    with acting(world.chen):
        assert plan_page(world.chen, plan.pk).is_outdated


def test_a_holiday_notice_that_comes_out_later_outdates_the_plan(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = world.plan_of(world.solve(world.released_round()))
    notices = calendars.official_notices()
    new = YearNotice({FIRST_DAY: Text("新假日", "New holiday")}, {})

    monkeypatch.setattr(calendars, "official_notices", lambda: {**notices, 2026: new})

    with acting(world.chen):
        assert plan_page(world.chen, plan.pk).is_outdated


def test_plans_are_the_city_s_alone(world: World) -> None:
    plan = world.plan_of(world.solve(world.released_round()))

    with acting(world.zhao):
        assert plan_page(world.zhao, plan.pk).teams
        assert exporting.export_plan(actor=world.zhao, number=plan.pk, language="en").content
    with acting(world.lin):
        with pytest.raises(NotVisible):
            plan_page(world.lin, plan.pk)
        with pytest.raises(NotVisible):
            run_page(world.lin, plan.run_id or 0)
        with pytest.raises(NotVisible):
            exporting.export_plan(actor=world.lin, number=plan.pk, language="zh")
        assert not Plan.objects.exists()
        assert not InspectionRound.objects.exists()


def test_an_export_leaves_a_line_in_the_record(world: World) -> None:
    plan = world.plan_of(world.solve(world.released_round()))

    with acting(world.chen):
        exporting.export_plan(actor=world.chen, number=plan.pk, language="zh")
        [entry] = AuditEntry.objects.filter(action="scheduling.plan.exported")

    assert (entry.object_id, entry.data["version"]) == (plan.pk, 1)
