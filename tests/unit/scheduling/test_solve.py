"""What the search promises about time, repeatability, interruption and a plan to start from."""

from __future__ import annotations

import math
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from scheduling.domain.document import read_problem
from scheduling.domain.goals import measures, tier_values
from scheduling.domain.problem import PinUnit, Problem, Schedule
from scheduling.domain.search.board import Board
from scheduling.domain.search.facts import Facts
from scheduling.domain.search.plans import load
from scheduling.domain.search.run import EngineFault, Run
from scheduling.domain.search.subsolve import proven
from scheduling.domain.solve import Outcome, Progress, Search
from scheduling.domain.verify import breaches
from tests.rounds import tiny_plan, tiny_round, with_policy

INSTANCES = Path(__file__).parents[2] / "instances"


def instance(name: str) -> Problem:
    return read_problem((INSTANCES / f"{name}.problem.json").read_bytes())


def values(problem: Problem, schedule: Schedule | None) -> list[int]:
    assert schedule is not None
    assert breaches(problem, schedule) == []
    return tier_values(problem, measures(problem, schedule))


@pytest.fixture(scope="module")
def mixed() -> Problem:
    return instance("mixed-4-1")


@pytest.fixture(scope="module")
def paired() -> Problem:
    return instance("paired-4-1")


def repeatable(problem: Problem, *, work: float, seed: int = 0) -> Outcome:
    search = Search(problem, time_limit_s=120, work_limit=work, workers=1, seed=seed)
    return search.outcome


@pytest.mark.parametrize("name", ["mixed-4-1", "paired-4-1", "tight-mixed-4-7", "tight-paired-4-7"])
def test_the_same_work_seed_and_problem_give_the_identical_plan(name: str) -> None:
    problem = instance(name)

    first, second = repeatable(problem, work=1.0), repeatable(problem, work=1.0)

    assert first.schedule == second.schedule
    assert first.tiers == second.tiers


def test_another_seed_gives_another_plan(mixed: Problem) -> None:
    assert repeatable(mixed, work=0.6).schedule != repeatable(mixed, work=0.6, seed=1).schedule


def test_more_work_never_ends_with_a_worse_plan_than_it_began_with(mixed: Problem) -> None:
    little = repeatable(mixed, work=0.3)

    more = Search(
        mixed, time_limit_s=120, work_limit=0.6, workers=1, seed=5, start=little.schedule
    ).outcome

    assert values(mixed, more.schedule) <= values(mixed, little.schedule)


def test_a_start_that_holds_is_the_first_thing_reported(mixed: Problem) -> None:
    known = repeatable(mixed, work=0.2).schedule
    search = Search(mixed, time_limit_s=60, work_limit=0.001, workers=1, start=known)

    plans = [progress for progress in search if progress is not None]

    assert plans[0].schedule == known
    assert values(mixed, search.outcome.schedule) <= values(mixed, known)


def test_a_start_that_breaks_a_rule_is_mended_and_never_handed_out(mixed: Problem) -> None:
    known = repeatable(mixed, work=0.2).schedule
    assert known is not None
    lost = known.teams[0].leader
    assert lost is not None
    problem = replace(
        mixed, inspectors=tuple(person for person in mixed.inspectors if person.id != lost)
    )

    outcome = Search(problem, time_limit_s=60, work_limit=0.3, workers=1, start=known).outcome

    assert outcome.schedule is not None
    assert breaches(problem, outcome.schedule) == []


def test_leaving_the_loop_ends_the_search_and_keeps_the_plan(mixed: Problem) -> None:
    search = Search(mixed, time_limit_s=600, workers=2)

    for progress in search:
        if progress is not None:
            break

    assert search.outcome.status == "feasible"
    assert search.outcome.seconds < 300
    assert values(mixed, search.outcome.schedule)
    assert _threads_of_searches() == []


def test_should_stop_ends_the_search_and_is_asked_in_the_callers_thread(paired: Problem) -> None:
    asked: set[int] = set()
    plans: list[Progress] = []

    def should_stop() -> bool:
        asked.add(threading.get_ident())
        return bool(plans)

    search = Search(paired, time_limit_s=600, workers=2, should_stop=should_stop)
    plans.extend(progress for progress in search if progress is not None and not plans)

    assert asked == {threading.get_ident()}
    assert search.outcome.seconds < 300
    assert values(paired, search.outcome.schedule)


def test_a_search_without_time_for_more_still_has_its_first_plan(mixed: Problem) -> None:
    outcome = Search(mixed, time_limit_s=3.0, workers=2).outcome

    assert values(mixed, outcome.schedule)[:2] == [0, 0]


def test_the_callers_thread_hears_a_heartbeat_while_nothing_better_is_found(
    mixed: Problem,
) -> None:
    assert any(progress is None for progress in Search(mixed, time_limit_s=8.0, workers=1))


def test_every_bound_is_at_most_the_value_and_the_gap_is_the_contracts(mixed: Problem) -> None:
    outcome = repeatable(mixed, work=1.0)

    *before, (value, bound) = outcome.tiers
    assert before == [(0, 0), (0, 0)]
    assert bound is not None
    assert 8000 <= bound <= value


def test_a_small_round_is_proven_optimal_by_the_whole_model() -> None:
    problem = tiny_round()

    outcome = Search(problem, time_limit_s=60, workers=1).outcome

    assert outcome.status == "optimal"
    assert all(value == bound for value, bound in outcome.tiers)
    assert values(problem, outcome.schedule) <= values(problem, tiny_plan())


def test_a_plan_that_costs_more_than_a_tier_outweighs_is_still_a_plan() -> None:
    far = {
        (a, b): 9_000 for a in ("city", "east", "west", "north") for b in ("east", "west", "north")
    }
    problem = with_policy(tiny_round(travel=far), objective=({"travel": 1},))
    board = Board(Facts(problem))

    load(board, tiny_plan())

    assert board.cost == tier_values(problem, measures(problem, tiny_plan()))[0] > 10_000
    assert board.missing == 0
    board.unseat(board.facts.person_index["wu"])
    assert board.missing > 0


def test_many_tiers_are_drawn_together_for_the_solver_and_keep_their_order() -> None:
    order = ("travel", "uncovered", "soft_conflict", "skill_gap", "green_leader", "recent_load")
    problem = with_policy(tiny_round(), objective=tuple({measure: 1} for measure in order))
    weights = Facts(problem).solver_weights

    assert sum(weights.values()) < 2**60
    assert sorted(order, key=weights.__getitem__, reverse=True) == list(order)


@pytest.mark.parametrize(
    ("bound", "known"),
    [
        (7.0, 7),
        (6.2, 7),
        (6.9999999, 7),
        (7.0000001, 7),
        (-0.0, 0),
        (math.inf, None),
        (-math.inf, None),
        (float(2**60), 2**60 - 128),
    ],
)
def test_a_bound_is_no_more_than_the_solver_proves(bound: float, known: int | None) -> None:
    assert proven(bound) == known


def test_contradicting_pins_are_infeasible_and_said_to_be_the_reason() -> None:
    problem = tiny_round(pins=(PinUnit("school", "red"), PinUnit("school", "blue")))

    outcome = Search(problem, time_limit_s=60, workers=1).outcome

    assert outcome.status == "infeasible"
    assert outcome.schedule is None
    assert {entry.rule for entry in outcome.conflict} == {"pin"}
    assert outcome.minimal is True


def test_one_of_those_pins_alone_has_a_plan_that_obeys_it() -> None:
    problem = tiny_round(pins=(PinUnit("school", "blue"),))

    outcome = Search(problem, time_limit_s=60, workers=1).outcome

    assert outcome.status == "optimal"
    assert outcome.schedule is not None
    [visitor] = [t.id for t in outcome.schedule.teams if any(v.unit == "school" for v in t.visits)]
    assert visitor == "blue"


def test_a_plan_that_breaks_a_rule_is_an_internal_error_and_kept_back() -> None:
    problem = tiny_round()
    plan = tiny_plan()
    broken = Schedule((replace(plan.teams[0], leader=None), *plan.teams[1:]))
    run = Run(problem, 10.0, None, 1, 0)

    with pytest.raises(EngineFault, match="leader"):
        run.offer(broken, "test")

    assert run.best is None


def test_a_bound_above_the_value_is_an_internal_error() -> None:
    problem = tiny_round()
    run = Run(problem, 10.0, None, 1, 0)
    run.offer(tiny_plan(), "test")
    assert run.values is not None

    with pytest.raises(EngineFault, match="above"):
        run.prove(0, run.values[0] + 1, ())


def test_a_bound_for_other_values_of_the_tiers_before_is_not_published() -> None:
    problem = tiny_round()
    run = Run(problem, 10.0, None, 1, 0)
    run.offer(tiny_plan(), "test")
    assert run.values is not None

    run.prove(1, 0, (run.values[0] + 1,))

    assert run.bounds[1] in (None, 0) or run.values[1] == 0


@pytest.mark.parametrize("limits", [{"time_limit_s": 0}, {"time_limit_s": 1, "work_limit": 0}])
def test_a_limit_that_is_not_positive_is_refused(limits: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="positive"):
        Search(tiny_round(), **limits)  # type: ignore[arg-type]


def test_more_than_two_workers_are_refused() -> None:
    with pytest.raises(ValueError, match="one worker or two"):
        Search(tiny_round(), time_limit_s=1, workers=3)


def _threads_of_searches() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name in ("search", "neighbourhoods")]
