"""Two at once, on real connections: whoever comes second sees what the first has done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection

from kernel.clock import now
from kernel.errors import DomainError
from scheduling.errors import PlanHeldUp, RequestNotOpen, StepOutOfTurn
from scheduling.mapping.problems import rows_of
from scheduling.mapping.schedules import schedule_of, store_schedule
from scheduling.models.declarations import Declaration
from scheduling.models.dispatches import PublishedExtract
from scheduling.models.plans import Plan, PlanState, PlanStep, SeatSuspension
from scheduling.models.publications import Booking, Publication
from scheduling.selectors.publication_checks import checked_publications
from scheduling.services import confirming, proposing, publishing
from tests.integration.scheduling import way
from tests.integration.scheduling.world import COUNTIES, World, acting

PATIENCE_S = 60
ROUNDS = 3  # of a race whose outcome may differ


def at_once(*acts: Callable[[], Any]) -> Sequence[Any]:
    """What each act gives, or the error that it ends with. Each on a connection of its own."""
    start = threading.Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            start.wait(PATIENCE_S)
            outcomes[place] = act()
        except (DomainError, IntegrityError) as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=place) for place in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
        assert not thread.is_alive()
    return outcomes


def unproposed(world: World, plan: Plan) -> None:
    with acting(world.chen):
        proposing.take_back_plan(actor=world.chen, number=plan.pk)


def test_publishing_twice_at_once_makes_one_publication(world: World) -> None:
    plan = way.approved(world, way.solved_plan(world))

    first, second = at_once(*[lambda: way.publish(world, plan)] * 2)

    assert first.pk == second.pk
    with acting(world.zhao):
        assert Publication.objects.count() == 1
        assert PlanStep.objects.filter(plan=plan, kind="published").count() == 1
        sent = PublishedExtract.objects.sent_by(world.zhao)
        assert sorted(sent.values_list("tenant__code", flat=True)) == sorted(COUNTIES)


def test_an_edit_and_a_publication_at_once_never_publish_what_the_rows_do_not_say(
    world: World,
) -> None:
    solved = way.solved_plan(world)
    for _ in range(ROUNDS):
        plan = way.approved(world, way.draft_of(world, solved))

        published, edited = at_once(partial(way.publish, world, plan), partial(edit, world, plan))

        # Before the publication the approved plan stands still; after it, it is a published one.
        assert isinstance(edited, IntegrityError)
        assert "stands still" in str(edited) or "never changed" in str(edited)
        assert isinstance(published, Publication)
        with world.django_as("owner"):
            assert [check.faults for check in checked_publications()][-1] == ()


def edit(world: World, plan: Plan) -> None:
    """What the desk does with a plan's rows, without asking whether it may."""
    with acting(world.chen):
        schedule = schedule_of(plan)
        team = next(team for team in schedule.teams if team.members)
        shorter = replace(team, members=team.members[1:])
        teams = tuple(shorter if one is team else one for one in schedule.teams)
        rows = rows_of(plan.round, with_facts=False)
        store_schedule(plan, replace(schedule, teams=teams), rows, only=[team.id])


def test_two_rounds_that_book_the_same_person_at_once_have_one_winner(world: World) -> None:
    first = way.solved_plan(world)
    round_ = world.make_round(name="2026年第四轮")
    world.call(round_)
    for code in COUNTIES:
        world.release(code)
    second = world.plan_of(world.solve(round_))
    way.approved(world, first)
    way.approved(world, second)

    outcomes = at_once(lambda: way.publish(world, first), lambda: way.publish(world, second))

    [made] = [one for one in outcomes if isinstance(one, Publication)]
    [lost] = [one for one in outcomes if not isinstance(one, Publication)]
    assert isinstance(lost, PlanHeldUp)
    assert "booked" in lost.data["codes"]
    assert "已由“2026年第" in lost.in_language("zh")[0]
    with acting(world.zhao):
        assert Publication.objects.get().pk == made.pk
        assert set(Booking.objects.values_list("publication_id", flat=True)) == {made.pk}


def test_a_late_declaration_and_a_publication_at_once_never_pass_each_other(
    world: World,
) -> None:
    """Either the publication sees the barred seat, or the declaration finds the seat in force."""
    solved = way.solved_plan(world)
    person = way.schedule_in(world, solved).teams[0].leader or ""
    office, _, number = person.partition("-")

    for _ in range(ROUNDS):
        plan = way.approved(world, way.draft_of(world, solved))
        published, declared = at_once(
            partial(way.publish, world, plan), partial(declare, world, plan, office, number)
        )

        with acting(world.zhao):
            suspended = SeatSuspension.objects.filter(plan=plan, declaration=declared)
            assert suspended.count() == 1
        if isinstance(published, PlanHeldUp):
            assert "suspended" in published.data["codes"]
            unproposed(world, plan)
            break  # from now on the person is barred from every plan of the round
        assert isinstance(published, Publication)
        withdraw_declaration_and_plan(world, published, declared)


def declare(world: World, plan: Plan, office: str, number: str) -> Declaration:
    actor = world.director(office)
    with acting(actor):
        return Declaration.objects.create(
            tenant_id=plan.tenant_id,
            sender_id=actor.tenant_id,
            round_id=plan.round_id,
            person_office_id=actor.tenant_id,
            person_number=number,
            target=Declaration.Target.ROUND,
            kind="leave",
            severity=Declaration.Severity.HARD,
            declared_at=now(),
        )


def withdraw_declaration_and_plan(world: World, made: Publication, declared: Declaration) -> None:
    actor = world.director(declared.sender.code)
    with acting(actor):
        declared.withdrawals.create(
            tenant_id=declared.tenant_id, sender_id=actor.tenant_id, at=now()
        )
    with acting(world.zhao):
        Publication.objects.filter(pk=made.pk).update(ended_at=now(), ending="withdrawn")
        Plan.objects.filter(pk=made.plan_id).update(state=PlanState.WITHDRAWN)


def test_an_objection_and_a_publication_at_once_never_pass_each_other(world: World) -> None:
    plan = way.approved(world, way.solved_plan(world))
    request = way.requests_to(world.lin)[0]

    def object_to() -> Any:
        with acting(world.lin):
            return confirming.object_to_people(
                actor=world.lin,
                number=request.pk,
                objections={request.people[0]["number"]: "临时有任务"},
            )

    published, objected = at_once(lambda: way.publish(world, plan), object_to)

    if isinstance(published, Publication):
        assert isinstance(objected, RequestNotOpen)
    else:
        assert isinstance(published, PlanHeldUp)
        assert published.data["codes"] == ["objection"]


def test_taking_back_and_publishing_at_once_have_one_winner(world: World) -> None:
    plan = way.approved(world, way.solved_plan(world))

    published, taken = at_once(lambda: way.publish(world, plan), lambda: unproposed(world, plan))

    state = way.see(world, plan).state
    if isinstance(published, Publication):
        assert (state, type(taken)) == (PlanState.PUBLISHED, StepOutOfTurn)
    else:
        assert (state, type(published)) == (PlanState.CANDIDATE, StepOutOfTurn)


def test_two_plans_proposed_at_once_are_one_proposal(world: World) -> None:
    plan = way.solved_plan(world)
    draft = way.draft_of(world, plan)
    job = way.ask_to_propose(world, draft).job
    assert job is not None
    world.work(job)  # both are checked now
    unproposed(world, draft)

    outcomes = at_once(*[lambda one=one: way.ask_to_propose(world, one) for one in (plan, draft)])

    assert sum(isinstance(one, DomainError) for one in outcomes) == 1
    with acting(world.chen):
        assert Plan.objects.filter(state=PlanState.PROPOSED).count() == 1


def test_the_database_takes_no_answer_that_nobody_asks_for(world: World) -> None:
    """Whatever the service thought: a confirmation of a closed request is refused."""
    plan = way.solved_plan(world)
    way.propose(world, plan)
    request = way.requests_to(world.lin)[0]
    unproposed(world, plan)

    with acting(world.lin), pytest.raises(IntegrityError, match="Nobody asks this any more"):
        confirming._answer(world.lin, request, [])
    way.propose(world, plan)
    with acting(world.lin):
        assert confirming._answer(world.lin, request, []).is_confirmed


def test_the_database_has_one_proposal_a_round_whoever_writes_it(world: World) -> None:
    plan = way.solved_plan(world)
    draft = way.draft_of(world, plan)
    way.propose(world, plan)
    step = {"state": PlanState.PROPOSED, "proposed_by_id": world.chen.user_id}

    with acting(world.chen), pytest.raises(IntegrityError, match="plan_one_proposal_per_round"):
        Plan.objects.filter(pk=draft.pk).update(**step)


def test_the_database_lets_nobody_publish_what_was_not_approved(world: World) -> None:
    plan = way.propose(world, way.solved_plan(world))

    with acting(world.zhao), pytest.raises(IntegrityError, match="Only an approved plan"):
        publishing._publication(world.zhao, plan, None)
