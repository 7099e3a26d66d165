"""From a round's first line to its plan, each step by the person whose step it is."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from openpyxl import load_workbook

from scheduling.models.plans import PlanSeat, PlanVisit
from scheduling.models.rounds import InspectionRound, RoundState
from scheduling.models.runs import RunStatus
from scheduling.selectors import plan_page, run_page
from scheduling.services.calling import reopen_releases
from scheduling.services.exporting import export_plan
from tests.integration.scheduling.world import COUNTIES, World, acting


def test_a_round_is_set_up_released_surveyed_solved_verified_and_taken_away(
    world: World,
) -> None:
    round_ = world.released_round()

    survey = world.survey(round_)
    assert survey.figures["pairs"] == 24 * 8
    assert {office["barred_by_rule"]["own_county"] for office in survey.figures["offices"]} == {12}

    run = world.solve(round_)
    assert run.status in (RunStatus.OPTIMAL, RunStatus.FEASIBLE)
    plan = world.plan_of(run)
    assert plan.verdict is not None
    assert plan.verdict["breaches"] == []
    assert plan.is_usable

    with acting(world.chen):
        page = plan_page(world.chen, plan.pk)
        book = export_plan(actor=world.chen, number=plan.pk, language="zh")
    assert page.verdict.holds
    assert sum(len(team.visits) for team in page.teams) == 8
    assert {(flow.origin, flow.host) for flow in page.flows} <= {
        (a, b) for a in COUNTIES for b in COUNTIES if a != b
    }
    sheet = load_workbook(BytesIO(book.content))["人员"]
    seats = [seat for team in page.teams for seat in (team.leader, *team.deputies, *team.members)]
    assert sheet.max_row - 1 == len(seats)


def test_the_first_run_closes_the_releases_of_the_round(world: World) -> None:
    round_ = world.released_round()

    world.start(round_)

    with acting(world.chen):
        assert InspectionRound.objects.get(pk=round_.pk).state == RoundState.CLOSED


def test_a_run_remembers_the_question_that_it_answered(world: World) -> None:
    run = world.solve(world.released_round())

    assert len(run.input_sha256) == 64
    with acting(world.chen):
        page = run_page(world.chen, run.pk)
    assert (page.state, page.has_plan) == ("done", True)
    assert page.status in ("optimal", "feasible")
    assert page.history


def test_an_infeasible_round_names_the_rules_that_clash_in_both_languages(world: World) -> None:
    round_ = world.released_round(
        # Five days on site do not fit into a window of two.
        starts_on=date(2026, 9, 7),
        ends_on=date(2026, 9, 8),
    )

    run = world.solve(round_, seconds=10)

    assert run.status == RunStatus.INFEASIBLE
    with acting(world.chen):
        page = run_page(world.chen, run.pk)
    assert page.conflict
    assert all(line.text["zh"] and line.text["en"] for line in page.conflict)
    assert "财政局" in "".join(line.text["zh"] for line in page.conflict)
    assert page.plan_number is None


def test_a_second_release_replaces_the_first_and_outdates_what_was_solved(world: World) -> None:
    round_ = world.released_round()
    run = world.solve(round_)
    plan = world.plan_of(run)
    with acting(world.chen):
        assert not plan_page(world.chen, plan.pk).is_outdated
        reopen_releases(actor=world.chen, number=round_.pk)

    world.release("dinghai", without="定海己")

    with acting(world.chen):
        assert plan_page(world.chen, plan.pk).is_outdated


def test_the_plan_of_a_round_seats_nobody_twice_and_visits_no_unit_twice(world: World) -> None:
    run = world.solve(world.released_round())

    with acting(world.chen):
        people = list(PlanSeat.objects.filter(plan__run=run).values_list("person_id", flat=True))
        units = list(PlanVisit.objects.filter(plan__run=run).values_list("unit_id", flat=True))

    assert len(people) == len(set(people)) > 0
    assert len(units) == len(set(units)) == 8
