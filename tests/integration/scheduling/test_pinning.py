"""Decisions that the scheduler takes before the engine is asked."""

from __future__ import annotations

from typing import Any

import pytest

from kernel.errors import NotAllowed, NotVisible
from scheduling.errors import PinUnreadable, RoundBeingSolved, RoundNotReady
from scheduling.mapping.basis import basis_of
from scheduling.models.pins import RoundPin
from scheduling.models.releases import ReleasedPerson
from scheduling.models.rounds import InspectionRound
from scheduling.services.pinning import pin, unpin
from scheduling.services.round_drafts import UnitChoice
from scheduling.services.rounds import choose_units
from tenancy.models import AuditEntry
from tests.integration.scheduling.world import World, acting

SEATED = {"inspector": "dinghai-001", "team": "T01", "role": "leader"}
FORMS: list[dict[str, Any]] = [
    SEATED,
    {"inspector": "dinghai-001", "team": "T01"},
    {"inspector": "dinghai-001", "team": "T02", "forbid": True},
    {"inspector": "dinghai-002", "out": True},
    {"unit": "putuo:U1", "team": "T01"},
    {"unit": "putuo:U1", "team": "T01", "start": "2026-09-08"},
    {"unit": "putuo:U2", "out": True},
    {"from": "dinghai", "to": "putuo"},
    {"from": "dinghai", "to": "putuo", "forbid": True},
]
NONSENSE: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    ({}, ()),
    ({"inspector": "dinghai-001"}, ()),
    ({"inspector": "dinghai-001", "out": True, "team": "T01"}, ()),
    ({"inspector": "dinghai-999", "out": True}, ("content.inspector",)),
    ({"inspector": "dinghai-001", "team": "T77"}, ("content.team",)),
    ({"inspector": "dinghai-001", "team": "T01", "role": "king"}, ("content.role",)),
    ({"unit": "putuo:U3", "team": "T01"}, ("content.unit",)),  # a school that only carries facts
    ({"unit": "putuo:U1", "team": "T01", "start": "2026-02-30"}, ("content.start",)),
    ({"from": "zhoushan", "to": "putuo"}, ("content.from",)),  # the city inspects and is not
]


def pins_of(world: World, round_: InspectionRound) -> list[dict[str, Any]]:
    with acting(world.chen):
        return list(RoundPin.objects.filter(round=round_).values_list("content", flat=True))


@pytest.fixture
def round_(world: World) -> InspectionRound:
    return world.released_round(people=3)


@pytest.mark.parametrize("content", FORMS)
def test_every_form_of_the_exchange_format_can_be_pinned_once_and_taken_back(
    world: World, round_: InspectionRound, content: dict[str, Any]
) -> None:
    with acting(world.chen):
        before = basis_of(round_)
        pin(actor=world.chen, number=round_.pk, content=content)
        pin(actor=world.chen, number=round_.pk, content=dict(reversed(content.items())))
        assert basis_of(round_) != before
    assert pins_of(world, round_) == [content]

    with acting(world.chen):
        assert unpin(actor=world.chen, number=round_.pk, content=content)
        assert not unpin(actor=world.chen, number=round_.pk, content=content)
        assert basis_of(round_) == before
        actions = AuditEntry.objects.filter(action__contains="pinned").values_list(
            "action", flat=True
        )
        assert list(actions) == ["scheduling.round.pinned", "scheduling.round.unpinned"]


def test_pins_that_contradict_one_another_are_let_in(world: World, round_: InspectionRound) -> None:
    with acting(world.chen):
        pin(actor=world.chen, number=round_.pk, content=SEATED)
        pin(actor=world.chen, number=round_.pk, content={"inspector": "dinghai-001", "out": True})

    assert len(pins_of(world, round_)) == 2


def test_what_the_engine_s_reader_does_not_understand_is_refused_where_it_was_typed(
    world: World, round_: InspectionRound
) -> None:
    for content, fields in NONSENSE:
        with acting(world.chen), pytest.raises(PinUnreadable) as refused:
            pin(actor=world.chen, number=round_.pk, content=content)
        assert refused.value.fields == fields, content

    assert pins_of(world, round_) == []


def test_a_director_may_not_pin_and_a_county_does_not_see_the_round(
    world: World, round_: InspectionRound
) -> None:
    with acting(world.zhao), pytest.raises(NotAllowed):
        pin(actor=world.zhao, number=round_.pk, content=SEATED)
    with acting(world.lin), pytest.raises(NotVisible):
        pin(actor=world.lin, number=round_.pk, content=SEATED)


def test_while_a_run_is_at_work_nothing_is_pinned(world: World, round_: InspectionRound) -> None:
    world.start(round_)

    with acting(world.chen), pytest.raises(RoundBeingSolved):
        pin(actor=world.chen, number=round_.pk, content=SEATED)
    with acting(world.chen), pytest.raises(RoundBeingSolved):
        unpin(actor=world.chen, number=round_.pk, content=SEATED)


def test_a_pin_on_what_left_the_round_is_named_before_the_engine_is_asked(
    world: World, round_: InspectionRound
) -> None:
    with acting(world.chen):
        pin(actor=world.chen, number=round_.pk, content={"unit": "putuo:U1", "team": "T01"})
        choose_units(
            actor=world.chen,
            number=round_.pk,
            choices=[left_out(world, "putuo", "U1")],
        )

    with pytest.raises(RoundNotReady, match="putuo:U1"):
        world.start(round_)
    with acting(world.chen):
        assert unpin(
            actor=world.chen, number=round_.pk, content={"unit": "putuo:U1", "team": "T01"}
        )
    world.start(round_)


def test_a_solved_round_obeys_its_pins(world: World) -> None:
    round_ = world.released_round()
    with acting(world.chen):
        pin(actor=world.chen, number=round_.pk, content={"inspector": "dinghai-001", "out": True})
    run = world.solve(round_)

    with acting(world.chen):
        out = ReleasedPerson.objects.get(sender=world.offices["dinghai"], number="001")
        plan = world.plan_of(run)
        assert plan.is_usable
        assert plan.seats.exists()
        assert not plan.seats.filter(person=out).exists()


def left_out(world: World, county: str, code: str) -> UnitChoice:
    return UnitChoice(
        county=world.offices[county].pk,
        code=code,
        chosen=False,
        mandatory=False,
        priority=50,
        days=5,
    )
