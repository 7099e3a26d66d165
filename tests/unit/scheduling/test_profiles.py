"""The modes of a round set the policy that they promise, and refuse rounds they do not fit."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from scheduling.domain.problem import TeamSlot
from scheduling.domain.profiles import PROFILE_BY_CODE, PROFILES, Profile, refusals
from scheduling.domain.solve import Search
from tests.rounds import tiny_round

CODES = [profile.code for profile in PROFILES]


def _refused(code: str, counties: int, *slots: TeamSlot) -> list[str | None]:
    found = refusals(PROFILE_BY_CODE[code], counties=counties, teams=slots)
    return [refusal.use for refusal in found]


@pytest.mark.parametrize("profile", PROFILES, ids=CODES)
def test_a_profile_speaks_both_languages(profile: Profile) -> None:
    for text in (profile.title, profile.sentence, profile.when, profile.basis.title):
        assert re.search(r"[一-鿿]", text.zh)
        assert text.en
        assert not re.search(r"[一-鿿]", text.en)


@pytest.mark.parametrize("profile", PROFILES, ids=CODES)
def test_every_profile_bars_a_unit_where_somebody_served_three_years(profile: Profile) -> None:
    assert profile.policy.former_post_total_years == 3


def test_the_six_modes_are_there() -> None:
    assert CODES == ["ring", "swap", "half_unit", "recombined", "mixed", "lifted"]


def test_a_ring_of_two_is_refused_in_favour_of_a_swap() -> None:
    assert _refused("ring", 2) == ["swap"]


def test_a_ring_of_three_is_not_refused() -> None:
    assert _refused("ring", 3) == []


def test_a_swap_of_three_leaves_one_over_and_is_refused_in_favour_of_a_ring() -> None:
    assert _refused("swap", 3) == ["ring"]


@pytest.mark.parametrize("counties", [2, 4])
def test_a_swap_of_counties_in_pairs_is_not_refused(counties: int) -> None:
    assert _refused("swap", counties) == []


@pytest.mark.parametrize("code", ["half_unit", "recombined", "mixed"])
def test_modes_that_need_a_third_county_are_refused_for_two(code: str) -> None:
    assert _refused(code, 2) == ["swap"]
    assert _refused(code, 3) == []


def test_a_single_county_can_only_be_lifted() -> None:
    assert _refused("lifted", 1) == []
    assert _refused("swap", 1) == ["lifted"]


def test_host_seats_may_never_be_half_of_a_team() -> None:
    assert _refused("half_unit", 3, TeamSlot("red", (4, 6), (1, 1))) == [None]
    assert _refused("half_unit", 3, TeamSlot("red", (5, 6), (1, 1))) == []


def test_the_refusal_says_what_to_use_in_both_languages() -> None:
    [refusal] = refusals(PROFILE_BY_CODE["ring"], counties=2)

    assert "互派" in refusal.remedy.zh
    assert "Swap" in refusal.remedy.en
    assert "2" in refusal.text.zh


@pytest.mark.parametrize("code", ["ring", "half_unit", "lifted"])
def test_a_small_round_can_be_planned_in_the_mode(code: str) -> None:
    problem = replace(tiny_round(), policy=PROFILE_BY_CODE[code].policy)

    outcome = Search(problem, time_limit_s=20, workers=1).outcome

    assert outcome.schedule is not None
