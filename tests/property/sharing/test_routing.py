"""A city-managed cadre's clue passes the host county by; nobody else's does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling.domain.profiles import PROFILE_BY_CODE
from sharing.domain.routing import (
    OWNED_BY_MODE,
    ManagementLevel,
    Offices,
    UnknownMode,
    clue_goes_to,
    may_know_of_clue,
    owner_of,
)

CITY, HOST, ORIGIN, THIRD = 1, 2, 3, 4
OFFICES = st.builds(
    Offices, st.just(CITY), st.just(HOST), st.sampled_from([None, ORIGIN]), st.booleans()
)
MODES = st.sampled_from(sorted(OWNED_BY_MODE))
LEVELS = st.sampled_from(ManagementLevel)


@given(MODES, OFFICES)
def test_the_county_hears_nothing_of_a_city_managed_cadre(mode: str, offices: Offices) -> None:
    assert clue_goes_to(mode, ManagementLevel.CITY, offices) == CITY
    assert not may_know_of_clue(HOST, mode, ManagementLevel.CITY, offices)
    assert may_know_of_clue(CITY, mode, ManagementLevel.CITY, offices)


@given(MODES, LEVELS, OFFICES)
def test_where_the_team_comes_from_and_third_counties_hear_of_no_clue(
    mode: str, level: ManagementLevel, offices: Offices
) -> None:
    assert not may_know_of_clue(ORIGIN, mode, level, offices)
    assert not may_know_of_clue(THIRD, mode, level, offices)


@given(MODES, OFFICES)
def test_the_county_takes_in_clues_about_its_own_cadres(mode: str, offices: Offices) -> None:
    for level in (ManagementLevel.COUNTY, ManagementLevel.LOWER):
        taken_in_by = clue_goes_to(mode, level, offices)
        assert taken_in_by == owner_of(mode, offices)
        assert may_know_of_clue(taken_in_by, mode, level, offices)


@given(st.text().filter(lambda mode: mode not in OWNED_BY_MODE), OFFICES)
def test_a_mode_that_nobody_decided_about_owns_nothing(mode: str, offices: Offices) -> None:
    with pytest.raises(UnknownMode):
        owner_of(mode, offices)


def test_every_mode_of_the_engine_says_whose_its_records_are() -> None:
    assert set(PROFILE_BY_CODE) <= set(OWNED_BY_MODE)
