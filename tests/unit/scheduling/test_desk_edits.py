"""Acts on the small round: what each does to the plan, and which make no sense."""

from __future__ import annotations

import pytest

from scheduling.domain.desk.edits import (
    AddVisit,
    ChangeRole,
    DropVisit,
    Edit,
    EditImpossible,
    MoveUnit,
    MoveVisit,
    Seat,
    Swap,
    Unseat,
    apply,
)
from scheduling.domain.desk.price import BarredSeat, better, price
from scheduling.domain.problem import Away, Declared, PinUnit, Problem, Role, Schedule, Team, Visit
from tests.rounds import day, tiny_plan, tiny_round, with_person, with_team

PROBLEM, PLAN = tiny_round(), tiny_plan()


def _team(name: str, edit: Edit, problem: Problem = PROBLEM, plan: Schedule = PLAN) -> Team:
    [team] = [team for team in apply(problem, plan, edit).teams if team.id == name]
    return team


# --- People -------------------------------------------------------------------------------


def test_a_swap_across_teams_leaves_the_roles_with_the_seats() -> None:
    assert _team("red", Swap("wang", "nan")).deputies == ("nan",)
    assert _team("blue", Swap("wang", "nan")).members == ("wang",)


def test_a_swap_with_somebody_outside_is_a_replacement_either_way_round() -> None:
    assert _team("red", Swap("cai", "wen")) == _team("red", Swap("wen", "cai"))
    assert _team("red", Swap("cai", "wen")).members == ("wen",)


@pytest.mark.parametrize("role", ["deputy", "member"])
def test_somebody_from_elsewhere_leaves_their_team_and_takes_the_seat(role: Role) -> None:
    edit = Seat("nan", "red", role)

    assert _team("red", edit).role_of("nan") == role
    assert "nan" not in _team("blue", edit).people


def test_a_second_leader_makes_the_first_a_member() -> None:
    team = _team("red", Seat("chen", "red", "leader"))

    assert (team.leader, team.members) == ("chen", ("cai", "wu"))


def test_a_new_leader_hands_their_role_to_the_one_before() -> None:
    team = _team("red", ChangeRole("wang", "leader"))

    assert (team.leader, team.deputies) == ("wang", ("wu",))


def test_to_seat_a_teams_own_member_as_leader_is_a_change_of_roles() -> None:
    assert _team("red", Seat("wang", "red", "leader")) == _team("red", ChangeRole("wang", "leader"))


def test_a_leader_who_steps_down_leaves_the_team_without_one() -> None:
    team = _team("red", ChangeRole("wu", "member"))

    assert (team.leader, team.members) == (None, ("cai", "wu"))


def test_a_slot_that_the_plan_leaves_out_is_filled_in_its_place() -> None:
    only_blue = Schedule((PLAN.teams[1],))

    after = apply(PROBLEM, only_blue, Seat("wu", "red", "leader"))

    assert [team.id for team in after.teams] == ["red", "blue"]


# --- Visits -------------------------------------------------------------------------------


def test_a_visit_takes_consecutive_entries_of_the_calendar() -> None:
    team = _team("red", MoveVisit("school", day(5)))

    assert Visit("school", day(5), day(7)) in team.visits  # over the weekend


def test_a_unit_that_moves_comes_on_the_earliest_days_that_the_team_is_free() -> None:
    edit = MoveUnit("clinic", "red")

    assert Visit("clinic", day(7), day(9)) in _team("red", edit).visits
    assert [visit.unit for visit in _team("blue", edit).visits] == ["hospital"]


def test_days_on_which_somebody_is_away_are_passed_over() -> None:
    problem = with_person(PROBLEM, "cai", away=(Away(day(7), day(7)),))

    assert (
        Visit("clinic", day(8), day(10)) in _team("red", MoveUnit("clinic", "red"), problem).visits
    )


def test_a_pinned_start_goes_first() -> None:
    problem = tiny_round(pins=(PinUnit("clinic", "red", day(8)),))

    assert (
        Visit("clinic", day(8), day(10)) in _team("red", MoveUnit("clinic", "red"), problem).visits
    )


def test_where_nothing_is_free_the_rules_say_what_is_wrong() -> None:
    priced = price(PROBLEM, PLAN, AddVisit("harbour", "blue"))

    assert {"overlap", "team_counties"} <= {breach.code for breach in priced.price.breaches_new}


def test_a_visit_can_be_dropped_and_added_again() -> None:
    without = apply(PROBLEM, PLAN, DropVisit("tax"))

    assert apply(PROBLEM, without, AddVisit("tax", "red", day(4))) == PLAN


# --- Nonsense -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "edit",
    [
        Swap("wu", "nobody"),
        Swap("wu", "wu"),
        Swap("chen", "wen"),  # both outside
        Seat("wu", "red", "leader"),
        Seat("wen", "green", "member"),
        Unseat("chen"),
        ChangeRole("wu", "leader"),
        ChangeRole("chen", "leader"),
        MoveUnit("harbour", "red"),  # nobody visits it
        MoveUnit("school", "red"),
        MoveUnit("school", "green"),
        MoveVisit("school", day(1)),
        MoveVisit("school", day(9)),  # two days are left
        MoveVisit("school", day(1).replace(day=7)),  # a Saturday
        AddVisit("school", "blue"),
        AddVisit("moon", "blue"),
        DropVisit("harbour"),
    ],
    ids=repr,
)
def test_nonsense_is_refused_in_both_languages(edit: Edit) -> None:
    with pytest.raises(EditImpossible) as refused:
        apply(PROBLEM, PLAN, edit)

    assert refused.value.says.zh
    assert refused.value.says.en


# --- Prices -------------------------------------------------------------------------------


def test_a_barred_seat_is_told_with_the_code_of_its_rule_and_no_fact() -> None:
    masked = tiny_round(declared=(Declared("wen", "relative", "hard", unit="tax"),))

    priced = price(masked, PLAN, Swap("cai", "wen"))

    assert priced.price.bars == (BarredSeat("wen", "member", "tax", ("relative",)),)
    assert not better(priced.price)


def test_mending_a_breach_is_better_at_any_price() -> None:
    late = tiny_round(declared=(Declared("cai", "relative", "hard", unit="tax"),))

    priced = price(late, PLAN, Swap("cai", "wen"))

    assert priced.price.tiers_after > priced.price.tiers_before
    assert better(priced.price)


def test_an_act_that_saves_and_breaks_nothing_is_better_and_its_reverse_is_not() -> None:
    there = price(PROBLEM, PLAN, Swap("cai", "wen"))
    back = price(PROBLEM, there.schedule, Swap("cai", "wen"))

    assert not better(there.price)
    assert better(back.price)
    assert back.price.tiers_delta == tuple(-delta for delta in there.price.tiers_delta)


def test_a_team_that_breaks_a_rule_already_is_not_charged_again() -> None:
    broken = with_team(PLAN, "red", deputies=(), members=("wang", "cai"))

    priced = price(PROBLEM, broken, Swap("cai", "wen"))

    assert priced.price.breaches_new == ()
