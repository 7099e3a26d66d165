"""From rows to the exchange format: who and what a name in a roster means."""

from __future__ import annotations

from typing import Any

import pytest

from scheduling.domain.problem import Inspector, Led, Month, Post, Problem, Relative, Visited
from scheduling.errors import RoundInconsistent
from scheduling.mapping.problems import question_of
from scheduling.models.rosters import Person
from scheduling.models.rounds import InspectionRound
from scheduling.services import releasing
from tenancy.context import in_office
from tests.integration.scheduling.world import COUNTIES, World, acting


def asked(world: World, round_: InspectionRound) -> Problem:
    """The question as the worker reads it."""
    with world.django_as("worker"), in_office(world.chen.tenant_id):
        return question_of(InspectionRound.objects.get(pk=round_.pk)).problem


def inspector_with(world: World, **facts: Any) -> Inspector:
    """Person 001 of Dinghai with these facts, as the engine meets them."""
    world.settle()
    with world.django_as("worker"), in_office(world.lin.tenant_id):
        Person.objects.filter(number="001").update(**facts)
    round_ = world.make_round()
    world.call(round_)
    for code in COUNTIES:
        world.release(code)
    return asked(world, round_).inspector_by_id["dinghai-001"]


def test_a_relative_s_employer_is_found_in_the_county_that_its_name_begins_with(
    world: World,
) -> None:
    relatives = [{"body": "舟山市普陀区教育局", "relation": "spouse", "position": "head"}]

    inspector = inspector_with(world, relatives=relatives)

    assert inspector.relatives == (Relative("spouse", "head", unit="putuo:U1"),)


def test_a_post_at_a_county_s_party_committee_names_the_whole_county(world: World) -> None:
    career = [{"body": "中共岱山县委", "post": "秘书", "from": "2024-01", "to": None}]

    inspector = inspector_with(world, career=career)

    assert inspector.posts == (Post(Month(2024, 1), None, office="daishan"),)


def test_a_body_without_a_county_in_its_name_is_the_own_county_s(world: World) -> None:
    assert inspector_with(world, home_unit="教育局").home_unit == "dinghai:U1"


def test_colleagues_of_an_unlisted_employer_share_it_and_other_offices_do_not(
    world: World,
) -> None:
    round_ = world.released_round()

    people = asked(world, round_).inspector_by_id

    assert people["dinghai-001"].home_unit == "dinghai/金丝雀原单位1"
    assert people["putuo-001"].home_unit == "putuo/金丝雀原单位1"


def test_a_place_of_origin_counts_for_the_county_it_lies_in(world: World) -> None:
    inspector = inspector_with(
        world, native_place="浙江省舟山市嵊泗县菜园镇", grew_up_place="浙江省杭州市"
    )

    assert inspector.native == "shengsi"
    assert inspector.grew_up == "浙江省杭州市"


def test_units_visited_and_counties_led_before_are_resolved(world: World) -> None:
    inspector = inspector_with(
        world,
        visited=[{"body": "嵊泗县财政局", "ago": 1}],
        led=[{"county": "岱山县", "ago": 2}],
    )

    assert inspector.visited == (Visited("shengsi:U2", 1),)
    assert inspector.led == (Led("daishan", 2),)


def test_whoever_led_in_the_city_itself_led_in_no_county(world: World) -> None:
    """The engine had refused the whole round for it."""
    inspector = inspector_with(
        world, led=[{"county": "舟山市", "ago": 1}, {"county": "岱山县", "ago": 2}]
    )

    assert inspector.led == (Led("daishan", 2),)


def test_what_means_nothing_in_the_round_is_left_out(world: World) -> None:
    inspector = inspector_with(world, interests=[{"body": "北京某某公司"}])

    assert inspector.interests == ()


def test_a_second_release_changes_nobody_s_id(world: World) -> None:
    round_ = world.released_round()
    before = set(asked(world, round_).inspector_by_id)

    world.release("dinghai", without="定海己")

    assert set(asked(world, round_).inspector_by_id) == before - {"dinghai-006"}


def test_a_withdrawn_county_is_not_in_the_question(world: World) -> None:
    round_ = world.released_round()
    with acting(world.lin):
        releasing.withdraw_release(actor=world.lin, number=world.call_to("dinghai").pk)

    problem = asked(world, round_)
    assert not any(person.office == "dinghai" for person in problem.inspectors)
    assert not any(unit.county == "dinghai" for unit in problem.units)


def test_facts_that_the_engine_cannot_read_are_refused_without_being_quoted(
    world: World,
) -> None:
    career = [{"body": "岱山县教育局", "post": "x", "from": "2024-01", "to": "1999-01"}]

    with pytest.raises(RoundInconsistent) as refusal:
        inspector_with(world, career=career)

    said = " ".join(refusal.value.in_language("zh"))
    assert "$.inspectors[" in said
    assert "1999" not in said
    assert "posts" not in said
