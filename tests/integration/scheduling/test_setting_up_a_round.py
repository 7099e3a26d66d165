"""The scheduler's own decisions: each allowed, and refused to whom they are not allowed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kernel.errors import DomainError, NotAllowed, NotVisible
from scheduling.errors import (
    DayOutsideRound,
    DistanceOutOfRange,
    NoCountiesToCall,
    PolicyOutOfRange,
    RoundBeingSolved,
    RoundDatesReversed,
    RoundNameTaken,
    RoundTooLong,
    TeamsOutOfOrder,
    UnitSettingsOutOfRange,
    UnknownMode,
)
from scheduling.mapping.problems import question_of
from scheduling.models.releases import ReleaseCall
from scheduling.models.rounds import InspectionRound, RoundState, RoundUnit, TeamSlot
from scheduling.services import calling, rounds
from scheduling.services.round_drafts import UnitChoice, uniform_teams
from tenancy.actor import Actor
from tenancy.context import in_office
from tenancy.domain.roles import Permission
from tenancy.models import AuditEntry
from tests.integration.scheduling.world import FIRST_DAY, LAST_DAY, World, acting

TEAMS = uniform_teams(2, size=(3, 4), deputies=(1, 1))
Change = Callable[[Actor, int], Any]


def revise(actor: Actor, number: int) -> Any:
    return rounds.revise_round(
        actor=actor, number=number, name="改名", starts_on=FIRST_DAY, ends_on=LAST_DAY
    )


def override(actor: Actor, number: int) -> Any:
    return rounds.override_days(actor=actor, number=number, overrides={FIRST_DAY: False})


def set_teams(actor: Actor, number: int) -> Any:
    return rounds.set_teams(actor=actor, number=number, teams=TEAMS)


def reset_policy(actor: Actor, number: int) -> Any:
    return rounds.reset_policy(actor=actor, number=number, mode="mixed")


def choose_units(actor: Actor, number: int) -> Any:
    return rounds.choose_units(actor=actor, number=number, choices=[])


def set_distances(actor: Actor, number: int) -> Any:
    return rounds.set_distances(actor=actor, number=number, travel=[], past_arcs=[])


def call_on_offices(actor: Actor, number: int) -> Any:
    return calling.call_on_offices(
        actor=actor, number=number, call=calling.CallDraft(offices=[9002], people=5)
    )


def reopen(actor: Actor, number: int) -> Any:
    return calling.reopen_releases(actor=actor, number=number)


CHANGES = [
    revise,
    override,
    set_teams,
    reset_policy,
    choose_units,
    set_distances,
    call_on_offices,
    reopen,
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_scheduler_may_change_a_round(world: World, change: Change) -> None:
    round_ = world.make_round()

    with acting(world.chen):
        change(world.chen, round_.pk)


@pytest.mark.parametrize("change", CHANGES)
def test_the_city_s_director_sees_a_round_and_may_not_change_it(
    world: World, change: Change
) -> None:
    round_ = world.make_round()

    with acting(world.zhao), pytest.raises(NotAllowed):
        change(world.zhao, round_.pk)


@pytest.mark.parametrize("change", CHANGES)
def test_to_a_county_the_city_s_round_is_not_there(world: World, change: Change) -> None:
    round_ = world.make_round()

    with acting(world.lin), pytest.raises(NotVisible):
        change(world.lin, round_.pk)


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_is_changed_while_the_round_is_being_solved(world: World, change: Change) -> None:
    round_ = world.released_round()
    run = world.start(round_)

    with acting(world.chen), pytest.raises(RoundBeingSolved):
        change(world.chen, round_.pk)

    assert run.job is not None
    world.work(run.job)
    with acting(world.chen):
        change(world.chen, round_.pk)


def test_a_round_begins_with_the_whole_policy_of_its_mode(world: World) -> None:
    round_ = world.make_round(mode="half_unit")

    assert round_.policy["host_seats"] == {"max": 2, "roles": ["deputy", "member"]}
    assert len(round_.policy) == 18


def test_a_county_director_may_not_begin_a_round(world: World) -> None:
    with acting(world.lin), pytest.raises(NotAllowed):
        rounds.create_round(
            actor=world.lin,
            name="自查",
            starts_on=FIRST_DAY,
            ends_on=LAST_DAY,
            mode="ring",
            teams=TEAMS,
        )


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"ends_on": date(2026, 9, 1)}, RoundDatesReversed),
        ({"ends_on": date(2027, 9, 9)}, RoundTooLong),
        ({"mode": "square"}, UnknownMode),
        ({"teams": [TEAMS[0], TEAMS[0]]}, TeamsOutOfOrder),
        ({"teams": uniform_teams(1, size=(5, 4), deputies=(0, 1))}, TeamsOutOfOrder),
        ({"teams": uniform_teams(1, size=(2, 2), deputies=(2, 2))}, TeamsOutOfOrder),
    ],
)
def test_a_round_that_contradicts_itself_is_refused_and_nothing_is_kept(
    world: World, changes: dict[str, Any], refusal: type[DomainError]
) -> None:
    with pytest.raises(refusal):
        world.make_round(**changes)

    with acting(world.chen):
        assert not InspectionRound.objects.exists()


def test_two_rounds_of_one_office_cannot_share_a_name(world: World) -> None:
    world.make_round()

    with pytest.raises(RoundNameTaken):
        world.make_round()

    assert world.make_round(name="2026年第四轮").pk


def test_a_shorter_window_drops_the_overrides_outside_of_it(world: World) -> None:
    round_ = world.make_round()
    with acting(world.chen):
        rounds.override_days(
            actor=world.chen,
            number=round_.pk,
            overrides={FIRST_DAY: False, LAST_DAY: False},
        )

        revised = rounds.revise_round(
            actor=world.chen,
            number=round_.pk,
            name=round_.name,
            starts_on=FIRST_DAY,
            ends_on=date(2026, 9, 18),
        )

    assert revised.calendar_overrides == {FIRST_DAY.isoformat(): "rest"}


def test_a_day_outside_the_round_cannot_be_overridden(world: World) -> None:
    round_ = world.make_round()

    with acting(world.chen), pytest.raises(DayOutsideRound):
        rounds.override_days(
            actor=world.chen, number=round_.pk, overrides={date(2026, 12, 1): True}
        )


@pytest.mark.parametrize(
    "fault",
    [{"native": "some"}, {"home_offices": [3, 1]}, {"experienced": -1}, {"colour": "red"}],
)
def test_a_policy_that_the_engine_cannot_read_is_not_saved(
    world: World, fault: dict[str, Any]
) -> None:
    round_ = world.make_round()

    with acting(world.chen), pytest.raises(PolicyOutOfRange) as refusal:
        rounds.set_policy(
            actor=world.chen, number=round_.pk, mode="ring", policy={**round_.policy, **fault}
        )

    assert refusal.value.fields == (f"policy.{next(iter(fault))}",)
    with acting(world.chen):
        assert InspectionRound.objects.get(pk=round_.pk).policy == round_.policy


def test_a_changed_parameter_is_recorded_with_what_it_was(world: World) -> None:
    round_ = world.make_round()

    with acting(world.chen):
        rounds.set_policy(
            actor=world.chen,
            number=round_.pk,
            mode="ring",
            policy={**round_.policy, "experienced": 2},
        )
        [entry] = AuditEntry.objects.filter(action="scheduling.round.policy_set")

    assert entry.data["before"] == {"experienced": 1}
    assert entry.data["after"] == {"experienced": 2}


@pytest.mark.parametrize("changes", [{"priority": 101}, {"priority": 0}, {"days": 0}])
def test_a_unit_s_settings_out_of_range_are_refused(world: World, changes: dict[str, int]) -> None:
    round_ = world.make_round()
    usual: dict[str, Any] = {"priority": 50, "days": 5}
    choice = UnitChoice(county=9002, code="U1", chosen=True, mandatory=False, **(usual | changes))

    with acting(world.chen), pytest.raises(UnitSettingsOutOfRange):
        rounds.choose_units(actor=world.chen, number=round_.pk, choices=[choice])


@pytest.mark.parametrize(
    ("county", "codes"),
    [("dinghai", ["U9"]), ("dinghai", ["U3"]), ("zhoushan", ["U1"]), ("dinghai", ["U1", "U1"])],
    ids=["unknown", "not up for inspection", "another office's", "twice"],
)
def test_a_unit_that_was_not_reported_cannot_be_decided_about(
    world: World, county: str, codes: list[str]
) -> None:
    round_ = world.released_round()
    office = world.offices[county].pk
    choices = [UnitChoice(office, code, True, False, 50, 5) for code in codes]

    with acting(world.chen), pytest.raises(UnitSettingsOutOfRange):
        rounds.choose_units(actor=world.chen, number=round_.pk, choices=choices)

    with acting(world.chen):
        assert not RoundUnit.objects.exists()


def test_a_unit_that_the_scheduler_leaves_out_is_not_put_to_the_engine(world: World) -> None:
    round_ = world.released_round()
    choice = UnitChoice(
        county=world.offices["dinghai"].pk,
        code="U1",
        chosen=False,
        mandatory=False,
        priority=50,
        days=5,
    )
    with acting(world.chen):
        rounds.choose_units(actor=world.chen, number=round_.pk, choices=[choice])
        rounds.choose_units(actor=world.chen, number=round_.pk, choices=[choice])
        assert RoundUnit.objects.count() == 1

    with world.django_as("worker"), in_office(world.chen.tenant_id):
        problem = question_of(InspectionRound.objects.get(pk=round_.pk)).problem

    assert not problem.unit_by_id["dinghai:U1"].inspectable
    assert problem.unit_by_id["putuo:U1"].inspectable


def test_a_ferry_s_way_and_past_rounds_reach_the_engine(world: World) -> None:
    round_ = world.released_round()
    with acting(world.chen):
        rounds.set_distances(
            actor=world.chen,
            number=round_.pk,
            travel=[("shengsi", "daishan", 120)],
            past_arcs=[("dinghai", "putuo", 1)],
        )

    with world.django_as("worker"), in_office(world.chen.tenant_id):
        problem = question_of(InspectionRound.objects.get(pk=round_.pk)).problem

    assert problem.distance_km("daishan", "shengsi") == 120
    assert [(arc.origin, arc.host, arc.ago) for arc in problem.history] == [("dinghai", "putuo", 1)]


@pytest.mark.parametrize(
    "travel",
    [
        [("shengsi", "atlantis", 5)],
        [("shengsi", "shengsi", 5)],
        [("shengsi", "putuo", 5), ("putuo", "shengsi", 6)],
        [("shengsi", "putuo", -1)],
    ],
)
def test_a_distance_that_makes_no_sense_is_refused(
    world: World, travel: list[tuple[str, str, int]]
) -> None:
    round_ = world.make_round()

    with acting(world.chen), pytest.raises(DistanceOutOfRange):
        rounds.set_distances(actor=world.chen, number=round_.pk, travel=travel, past_arcs=[])


def test_new_teams_replace_the_old_ones(world: World) -> None:
    round_ = world.make_round()

    with acting(world.chen):
        set_teams(world.chen, round_.pk)
        assert list(TeamSlot.objects.values_list("code", flat=True)) == ["T01", "T02"]


def test_an_office_of_another_city_cannot_be_called_on(world: World) -> None:
    round_ = world.make_round()

    with acting(world.chen), pytest.raises(NoCountiesToCall):
        calling.call_on_offices(
            actor=world.chen,
            number=round_.pk,
            call=calling.CallDraft(offices=[10**9], people=5),
        )


def test_calling_on_a_county_opens_the_round_for_releases(world: World) -> None:
    round_ = world.make_round()
    world.call(round_, ("dinghai",))

    with acting(world.chen):
        assert InspectionRound.objects.get(pk=round_.pk).state == RoundState.COLLECTING
    with acting(world.lin):
        [call] = ReleaseCall.objects.readable_by(world.lin, Permission.VIEW_RELEASES)
        assert (call.name, call.people_needed, call.asks_for_units) == ("2026年第三轮", 6, True)
