"""The field's acceptance cases where they are about a plan, through the product's own services
and pages. By the numbers that its experts gave them; those of the engine alone are in
tests/unit/scheduling/test_acceptance_cases.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from kernel.clock import frozen, now
from scheduling.domain.desk.candidates import who_else
from scheduling.domain.goals import measures
from scheduling.domain.problem import Problem, Schedule, Team, Visit
from scheduling.errors import PlanHeldUp, TieOutOfRange
from scheduling.mapping.decisions import person_id
from scheduling.mapping.questions import masked_problem
from scheduling.mapping.schedules import schedule_of
from scheduling.models.plans import Plan, PlanSeat, PlanState, PlanTeam, PlanVisit, SeatSuspension
from scheduling.models.publications import Booking
from scheduling.models.questions import FrozenQuestion
from scheduling.models.releases import ReleasedPerson, ReportedUnit
from scheduling.models.rosters import Person
from scheduling.models.rounds import InspectionRound
from scheduling.models.runs import RunStatus, SolveRun
from scheduling.selectors.rounds import round_page
from scheduling.selectors.suspended import as_declared, suspended_seats
from scheduling.services.declaring import declare, declare_unavailable
from scheduling.services.freezing import freeze
from scheduling.services.pinning import pin, unpin
from scheduling.services.proposing import take_back_plan
from scheduling.services.round_drafts import uniform_teams
from scheduling.services.tie_drafts import Tie
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.db import refused_by
from tenancy.domain.roles import Role
from tests.import_desk import media, signed_in
from tests.integration.scheduling import way
from tests.integration.scheduling.world import CANARY, COUNTIES, World, acting

__all__ = ["media", "signed_in"]

SCHOOLS, MONEY = "普陀区教育局", "普陀区财政局"
THREE, TWO = ("dinghai", "putuo", "daishan"), ("dinghai", "putuo")
BEFORE = datetime(2026, 9, 6, 4, tzinfo=UTC)  # the day before the round begins


@pytest.fixture(autouse=True)
def _before_the_round() -> Iterator[None]:
    with frozen(BEFORE):
        yield


def a_round(
    world: World,
    codes: tuple[str, ...] = COUNTIES,
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> InspectionRound:
    """Released by these counties; `facts` are of Dinghai's fifth."""
    world.settle()
    with world.django_as("worker"), in_office(world.lin.tenant_id):
        Person.objects.filter(number="005").update(**(facts or {"rounds_served": 3}))
    teams = uniform_teams(len(codes), size=(3, 4), deputies=(1, 1), max_units=2)
    round_ = world.make_round(**({"teams": teams} | changes))
    world.call(round_, codes)
    for code in codes:
        world.release(code)
    return round_


def pinned(world: World, round_: InspectionRound, *pins: dict[str, Any]) -> None:
    with acting(world.chen):
        for content in pins:
            pin(actor=world.chen, number=round_.pk, content=content)


def conflict(run: SolveRun) -> set[tuple[str, tuple[str, ...]]]:
    assert run.status == RunStatus.INFEASIBLE
    assert run.conflict is not None
    return {(entry["rule"], tuple(entry["subjects"])) for entry in run.conflict["entries"]}


# --- 1 to 4: a former post, an in-law, a cousin -----------------------------------------------


def career(body: str, start: str, end: str) -> dict[str, Any]:
    return {"career": [{"body": body, "post": "科长", "from": start, "to": end}]}


def kin(body: str, relation: str, position: str) -> dict[str, Any]:
    return {"relatives": [{"body": body, "relation": relation, "position": position}]}


def may_sit(world: World, run: SolveRun, unit: str, role: str) -> bool:
    """Whether the database lets Dinghai's fifth into a team that visits Putuo's unit."""
    with acting(world.chen):
        plan = Plan.objects.create(
            tenant_id=run.tenant_id,
            round_id=run.round_id,
            origin=Plan.Origin.DESK,
            question=run.question,
            version=50,
            created_at=now(),
            found_at=now(),
        )
        own = {"tenant_id": run.tenant_id, "plan": plan}
        team = PlanTeam.objects.create(**own, code="T01", name="", position=1)
        body = ReportedUnit.objects.get(sender__code="putuo", code=unit)
        day = run.round.starts_on
        PlanVisit.objects.create(**own, team=team, unit=body, starts_on=day, ends_on=day)
        fifth = ReleasedPerson.objects.get(sender__code="dinghai", number="005")
        try:
            with refused_by("plan_seat_not_barred", TieOutOfRange(fault="")):
                PlanSeat.objects.create(**own, team=team, person=fifth, role=role)
        except TieOutOfRange:
            return False
        return True


@pytest.mark.parametrize(
    ("facts", "unit", "role", "allowed"),
    [
        pytest.param(career(SCHOOLS, "2019-03", "2022-08"), "U1", "member", False, id="1"),
        pytest.param(career(SCHOOLS, "2021-08", "2022-08"), "U1", "member", True, id="2"),
        pytest.param(kin(MONEY, "in_law", "leadership"), "U2", "leader", False, id="3"),
        pytest.param(kin(MONEY, "in_law", "leadership"), "U1", "leader", True, id="3, elsewhere"),
        pytest.param(kin(MONEY, "other", "staff"), "U2", "member", True, id="4"),
    ],
)
def test_1_to_4_a_seat_on_a_solved_round(
    world: World, facts: dict[str, Any], unit: str, role: str, allowed: bool
) -> None:
    run = world.solve(a_round(world, facts=facts))

    assert may_sit(world, run, unit, role) is allowed


def test_4_a_cousin_on_the_staff_costs_and_the_city_s_own_masked_question_knows(
    world: World,
) -> None:
    run = world.solve(a_round(world, facts=kin(MONEY, "other", "staff")))
    with acting(world.chen):
        problem = masked_problem(question_of(world.plan_of(run)))

    assert soft_cost(problem, "dinghai-005") - soft_cost(problem, "dinghai-006") == 1


def question_of(answer: SolveRun | Plan) -> FrozenQuestion:
    assert answer.question is not None
    return answer.question


def soft_cost(problem: Problem, who: str) -> int:
    visit = Visit("putuo:U2", problem.calendar[0], problem.calendar[4])
    team = Team("T01", None, (), (who,), (visit,))
    return measures(problem, Schedule((team,)))["soft_conflict"]


# --- 5 and 6: rings ----------------------------------------------------------------------------

THERE, BACK = {"from": "dinghai", "to": "putuo"}, {"from": "putuo", "to": "dinghai"}


def test_5_pins_both_ways_are_impossible_and_the_page_names_them_and_the_rule(
    world: World, signed_in: Callable[[Actor], Client]
) -> None:
    round_ = a_round(world, THREE)
    pinned(world, round_, THERE, BACK)

    run = world.solve(round_)

    assert conflict(run) == {
        ("pin", ("pins[0]",)),
        ("pin", ("pins[1]",)),
        ("reciprocity", ("dinghai", "putuo")),
    }
    page = signed_in(world.chen).get(f"/runs/{run.pk}/").content.decode()
    for words in ("已定：定海区派人到普陀区", "已定：普陀区派人到定海区"):
        assert words in page


def test_5_one_pin_alone_gives_the_ring_that_runs_that_way(world: World) -> None:
    round_ = a_round(world, THREE)
    pinned(world, round_, THERE, BACK, {"from": "dinghai", "to": "daishan"})
    with acting(world.chen):
        for content in (THERE, BACK):
            assert unpin(actor=world.chen, number=round_.pk, content=content)

    plan = world.plan_of(world.solve(round_))

    assert plan.is_usable
    assert arcs(world, plan) == {
        ("dinghai", "daishan"),
        ("daishan", "putuo"),
        ("putuo", "dinghai"),
    }


def arcs(world: World, plan: Plan) -> set[tuple[str, str]]:
    with acting(world.chen):
        schedule = schedule_of(plan)
    return {
        (who.split("-")[0], visit.unit.split(":")[0])
        for team in schedule.teams
        for who in team.people
        for visit in team.visits
    }


def test_6_a_ring_of_two_is_answered_with_use_swap(
    world: World, signed_in: Callable[[Actor], Client]
) -> None:
    round_ = a_round(world, TWO)

    page = signed_in(world.chen).get(f"/rounds/{round_.pk}/").content.decode()

    assert "请改用“互派（对口）式”" in page
    with acting(world.chen):
        [refusal] = round_page(world.chen, round_.pk).mode_refusals
        assert refusal.use == "swap"


# --- 7 and 8: local people ---------------------------------------------------------------------


def test_7_a_host_deputy_on_the_petition_post_stops_the_plan_on_its_way(world: World) -> None:
    round_ = a_round(world, mode="half_unit")
    pinned(
        world,
        round_,
        {"inspector": "dinghai-003", "team": "T01", "role": "deputy"},
        {"unit": "dinghai:U1", "team": "T01"},
    )
    plan = world.plan_of(world.solve(round_))
    draft = way.draft_of(world, plan)
    post(world, draft, "petition_handler")

    assert way.propose(world, draft).state == PlanState.CANDIDATE  # checked, and held up
    with pytest.raises(PlanHeldUp) as refused:
        way.ask_to_propose(world, draft)
    assert refused.value.data["codes"] == ["duty"]

    post(world, draft, "liaison")
    assert way.published(world, draft).number == 1


def post(world: World, plan: Plan, duty: str) -> None:
    with acting(world.chen):
        seats = PlanSeat.objects.filter(plan=plan, person__number="003")
        assert seats.filter(person__sender__code="dinghai").update(duties=[duty]) == 1


def test_8_a_local_leader_in_a_swap_is_impossible_and_unpinning_the_way_out(world: World) -> None:
    round_ = a_round(world, TWO, mode="swap")
    leader = {"inspector": "dinghai-001", "team": "T01", "role": "leader"}
    unit = {"unit": "dinghai:U1", "team": "T01"}
    pinned(world, round_, leader, unit)

    run = world.solve(round_, seconds=10)

    assert {rule for rule, _ in conflict(run)} == {"pin", "own_county"}
    assert run.conflict is not None
    pins = [entry for entry in run.conflict["entries"] if entry["rule"] == "pin"]
    assert pins
    assert all(entry["remedy"] for entry in pins)
    with acting(world.chen):
        assert unpin(actor=world.chen, number=round_.pk, content=leader)
    plan = world.plan_of(world.solve(round_))
    assert plan.is_usable


# --- 9: known too late -------------------------------------------------------------------------


def test_9_a_late_declaration_suspends_proposes_and_changes_two_seats_at_most(
    world: World, signed_in: Callable[[Actor], Client]
) -> None:
    plan = world.plan_of(world.solve(a_round(world)))
    way.published(world, plan)
    who, unit = a_seat_of(world, plan, "dinghai")

    declare_tie(world, who, unit)

    with acting(world.chen):
        [suspended] = SeatSuspension.objects.all()
        assert (suspended.plan_id, suspended.person.number) == (plan.pk, who)
        [seat] = suspended_seats(world.chen, plan.pk).seats
        assert seat.person == f"dinghai-{who}"
        assert seat.replacements
    city = signed_in(world.chen)
    page = city.get(f"/plans/{plan.pk}/").content.decode()
    assert "1 个席位已停用" in page
    assert f'name="around" value="{plan.pk}"' in page
    assert seat.replacements[0].name in page
    assert CANARY not in page
    mended = solved_around(world, plan, city)
    assert mended.is_usable
    assert len(people_of(world, plan) - people_of(world, mended)) <= 2
    assert way.published(world, mended).number == 2
    with acting(world.chen):
        assert suspended_seats(world.chen, mended.pk).seats == []


def a_seat_of(world: World, plan: Plan, office: str) -> tuple[str, ReportedUnit]:
    """A member of that office in the plan, and a unit that they are to visit."""
    with acting(world.chen):
        seat = PlanSeat.objects.filter(
            plan=plan, person__sender__code=office, role="member"
        ).select_related("person")[0]
        visit = PlanVisit.objects.filter(team=seat.team_id).select_related("unit")[0]
        return seat.person.number, visit.unit


def declare_tie(world: World, who: str, unit: ReportedUnit, **said: Any) -> None:
    number = world.call_to("dinghai").pk
    with acting(world.wu):
        tie = Tie("unit", "relative", unit.sender_id, unit.code, **said)
        declare(actor=world.wu, number=number, person=who, tie=tie)


def solved_around(world: World, plan: Plan, city: Client) -> Plan:
    """By the button on the plan's page."""
    answer = city.post(f"/rounds/{plan.round_id}/run/", {"around": plan.pk, "time_limit_s": 5})
    assert answer.status_code == 302
    with acting(world.chen):
        run = SolveRun.objects.select_related("job").latest("pk")
    assert run.job is not None
    assert run.baseline
    assert world.work(run.job) == "done"
    return world.plan_of(run)


def people_of(world: World, plan: Plan) -> set[tuple[str, str, str]]:
    with acting(world.chen):
        return {
            (team.id, who, str(team.role_of(who)))
            for team in schedule_of(plan).teams
            for who in team.people
        }


# --- 12: not to be asked about ------------------------------------------------------------------


def test_12_who_is_flagged_disappears_and_nobody_learns_why(
    world: World, signed_in: Callable[[Actor], Client]
) -> None:
    round_ = a_round(world)
    plan = world.plan_of(world.solve(round_))
    who, _ = a_seat_of(world, plan, "dinghai")
    flagged = f"dinghai-{who}"

    flag(world, who)

    with acting(world.chen):
        [seat] = suspended_seats(world.chen, plan.pk).seats
        assert [because.zh for because in seat.because] == ["不能参加"]
        question = question_of(plan)
        problem = as_declared(Plan.objects.get(pk=plan.pk), question)
        schedule = schedule_of(plan)
        offered = {
            candidate.inspector
            for each in sorted({p for team in schedule.teams for p in team.people} - {flagged})
            for candidate in who_else(problem, schedule, each, 200)
        }
        assert offered
        assert flagged not in offered
    again = world.plan_of(world.solve(round_))
    assert flagged not in {who for _, who, _ in people_of(world, again)}
    for address in (f"/rounds/{round_.pk}/declared/", f"/plans/{plan.pk}/"):
        page = signed_in(world.chen).get(address).content.decode()
        assert "不能参加" in page
        assert "纪检监察机关" not in page


def flag(world: World, who: str) -> None:
    home = world.offices["dinghai"]
    body = Actor(None, "", home.pk, home.short_name, home.kind, frozenset({Role.DISCIPLINE_BODY}))
    number = world.call_to("dinghai").pk
    with acting(body):
        declare_unavailable(actor=body, number=number, person=who)


# --- 14: in two rounds at once -------------------------------------------------------------------


def test_14_who_is_booked_by_one_round_is_away_in_another_on_those_days(world: World) -> None:
    plan = world.plan_of(world.solve(a_round(world)))
    way.published(world, plan)
    second = world.make_round(name="2026年第四轮")
    world.call(second)
    for code in COUNTIES:
        world.release(code)

    with world.django_as("worker"), in_office(world.chen.tenant_id):
        _, asked = freeze(InspectionRound.objects.get(pk=second.pk))
        booked = {
            person_id(one.inspector.office, one.inspector.number): (one.starts_on, one.ends_on)
            for one in Booking.objects.in_force().select_related("inspector__office")
        }

    assert booked
    for person in asked.problem.inspectors:
        assert days_away(person.away) == ({booked[person.id]} if person.id in booked else set())


def days_away(away: Any) -> set[tuple[date, date]]:
    return {(span.start, span.end) for span in away}


# --- 16: the question has changed -----------------------------------------------------------------


def test_16_what_changed_in_the_question_stops_the_publication_until_it_is_checked_again(
    world: World,
) -> None:
    plan = world.plan_of(world.solve(a_round(world)))
    way.approved(world, plan)
    who, unit = a_seat_of(world, plan, "dinghai")

    declare_tie(world, who, unit, severity="soft", weight=2)

    with pytest.raises(PlanHeldUp) as refused:
        way.publish(world, plan)
    assert refused.value.data["codes"] == ["outdated"]
    with acting(world.chen):
        take_back_plan(actor=world.chen, number=plan.pk)
    assert way.published(world, plan).number == 1
