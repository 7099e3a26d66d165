"""What the database refuses, it refuses also when two act at the same moment.

Each course is raced with its locks, where nothing may ever break, and once without them in the
worst order, where it does: a test that could not fail would prove nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from psycopg2.extensions import connection as Connection

from tests.integration.scheduling.handlers import colleague
from tests.integration.scheduling.racing import DONE, Course, without
from tests.integration.scheduling.stage import Hands, Stage
from tests.integration.scheduling.world import World

LOCK = "FOR NO KEY UPDATE"
RACES = 8
NIGHTLY_RACES = int(os.environ.get("RACES", "300"))  # of each course
REFUSALS = {
    "plan_seat_not_barred",
    "plan_published_stands",
    "publication_of_an_approved_plan",
    "publication_of_a_verified_revision",
    "publication_without_barred_seats",
    "booking_books_nobody_twice",
    "round_keeps_a_handler",
}


@pytest.fixture
def stage(world: World, connect_as: Callable[[str], Connection]) -> Stage:
    return Stage.set_up(world, connect_as)


def seat_against_declaration(stage: Stage) -> Course:
    team = stage.draft("putuo:U1")
    return Course(
        stage,
        (
            lambda hands: hands.seat(team, stage.people["dinghai-001"]),
            lambda hands: hands.declare(stage.round, "dinghai-001", "putuo"),
        ),
        ("zhoushan", "dinghai"),
        broken="SELECT (SELECT count(*) FROM scheduling_planseat)"
        " * (SELECT count(*) FROM scheduling_declaration)"
        " - (SELECT count(*) FROM scheduling_seatsuspension)",
    )


def seat_against_visit(stage: Stage) -> Course:
    stage.bar("dinghai-001", "putuo:U1")
    team = stage.draft()
    return Course(
        stage,
        (
            lambda hands: hands.seat(team, stage.people["dinghai-001"]),
            lambda hands: hands.visit(team, stage.units["putuo:U1"]),
        ),
        ("zhoushan", "zhoushan"),
        broken="SELECT (SELECT count(*) FROM scheduling_planseat)"
        " * (SELECT count(*) FROM scheduling_planvisit)",
    )


def publication_against_publication(stage: Stage) -> Course:
    other = stage.world.make_round(name="2026年第四轮")
    first = stage.ready("dinghai-001", "dinghai-002")
    second = stage.ready("dinghai-002", "putuo-001", round_=other, at="daishan:U1")
    return Course(
        stage,
        (lambda hands: hands.publish(first.plan), lambda hands: hands.publish(second.plan)),
        ("zhoushan", "zhoushan"),
        broken="SELECT count(*) - count(DISTINCT inspector_id) FROM scheduling_booking",
    )


def publication_against_declaration(stage: Stage) -> Course:
    """Whichever comes first: no seat in force that is barred and not suspended."""
    team = stage.ready("dinghai-001", "dinghai-002")
    return Course(
        stage,
        (
            lambda hands: hands.publish(team.plan),
            lambda hands: hands.declare(stage.round, "dinghai-001", "round"),
        ),
        ("zhoushan", "dinghai"),
        broken="SELECT (SELECT count(*) FROM scheduling_publication)"
        " * ((SELECT count(*) FROM scheduling_declaration)"
        " - (SELECT count(*) FROM scheduling_seatsuspension))",
    )


def publication_against_edit(stage: Stage) -> Course:
    """What is approved stands still: whoever edits it has to take it back first."""
    team = stage.ready("dinghai-001")

    def edit(hands: Hands) -> None:
        hands.take_back(team.plan)
        hands.seat(team, stage.people["dinghai-002"])

    return Course(
        stage,
        (lambda hands: hands.publish(team.plan), edit),
        ("zhoushan", "zhoushan"),
        broken="SELECT (SELECT count(*) FROM scheduling_publication)"
        " * (SELECT count(*) - 1 FROM scheduling_planseat)",
    )


def publication_against_taking_back(stage: Stage) -> Course:
    team = stage.ready("dinghai-001")
    return Course(
        stage,
        (lambda hands: hands.publish(team.plan), lambda hands: hands.take_back(team.plan)),
        ("zhoushan", "zhoushan"),
        broken="SELECT (SELECT count(*) FROM scheduling_publication)"
        " * (SELECT count(*) FROM scheduling_plan WHERE state = 'candidate')",
    )


def handler_against_handler(stage: Stage) -> Course:
    """The director takes the round from both who handle it, at once: one of them stays."""
    wu = stage.open_ended(colleague(stage.world, stage.round.pk))
    return Course(
        stage,
        (
            lambda hands: hands.take_round_from(stage.round, stage.world.chen),
            lambda hands: hands.take_round_from(stage.round, wu),
        ),
        ("zhoushan", "zhoushan"),
        broken="SELECT count(*) = 0 FROM scheduling_roundhandler",
    )


def naming_against_removal(stage: Stage) -> Course:
    """One director names Wu while another takes the round from Chen: somebody handles it."""
    wu = stage.open_ended(colleague(stage.world))
    return Course(
        stage,
        (
            lambda hands: hands.name_for_round(stage.round, wu),
            lambda hands: hands.take_round_from(stage.round, stage.world.chen),
        ),
        ("zhoushan", "zhoushan"),
        broken="SELECT count(*) = 0 FROM scheduling_roundhandler",
    )


COURSES = [
    handler_against_handler,
    naming_against_removal,
    seat_against_declaration,
    seat_against_visit,
    publication_against_publication,
    publication_against_declaration,
    publication_against_edit,
    publication_against_taking_back,
]


@pytest.mark.parametrize("lay", COURSES)
def test_nothing_breaks_when_two_act_at_once(stage: Stage, lay: Callable[[Stage], Course]) -> None:
    raced(lay(stage), RACES)


@pytest.mark.nightly
@pytest.mark.parametrize("lay", COURSES)
def test_nothing_breaks_in_many_races(stage: Stage, lay: Callable[[Stage], Course]) -> None:
    course = lay(stage)

    raced(course, NIGHTLY_RACES)

    print(f"\n{lay.__name__}: {NIGHTLY_RACES} races, 0 broken: {dict(course.ends)}")


def raced(course: Course, times: int) -> None:
    assert course.run(times) == 0, course.ends
    ends = {end for pair in course.ends for end in pair.split(" | ")}
    assert ends <= REFUSALS | {DONE}, course.ends  # no deadlock, nothing out of patience
    assert DONE in ends


# --- Without the locks ----------------------------------------------------------------------

UNLOCKED: dict[Callable[[Stage], Course], tuple[str, ...]] = {
    handler_against_handler: ("admit_handler",),
    seat_against_declaration: ("lock_inspectors", "lock_inspector"),
    seat_against_visit: ("lock_plans",),
    # Whoever sits already keeps them apart as well: the lock on that person goes, too.
    publication_against_edit: ("lock_plans", "admit_publication", "lock_inspectors"),
    publication_against_taking_back: ("admit_publication",),
}


@pytest.mark.parametrize(("lay", "functions"), UNLOCKED.items())
def test_without_its_lock_each_course_breaks_and_with_it_the_second_waits(
    stage: Stage, lay: Callable[[Stage], Course], functions: tuple[str, ...]
) -> None:
    course = lay(stage)

    assert not course.one_inside_the_other()
    with without(stage, LOCK, *functions):
        assert course.one_inside_the_other()


def test_without_the_exclusion_somebody_is_booked_twice(stage: Stage) -> None:
    course = publication_against_publication(stage)
    anybody = stage.hands("superuser")

    anybody.run("ALTER TABLE scheduling_booking DROP CONSTRAINT booking_books_nobody_twice")
    anybody.commit()

    with without(stage, LOCK, "lock_inspectors"):
        assert course.one_inside_the_other()


@pytest.mark.nightly
def test_without_the_lock_races_break_and_this_many(stage: Stage) -> None:
    course = seat_against_declaration(stage)

    with without(stage, LOCK, "lock_inspectors", "lock_inspector"):
        broken = course.run(NIGHTLY_RACES)

    print(f"\nseat_against_declaration without the lock: {broken} of {NIGHTLY_RACES} broken")
    assert broken
