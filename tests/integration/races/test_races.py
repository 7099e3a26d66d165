"""Three hundred races of each kind at every commit: nothing broken, and the loser is told why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from psycopg2.extensions import connection as Connection

from tests.integration.races.courses import COURSES, Lay
from tests.integration.races.racing import RACES, WON, Track
from tests.integration.scheduling.world import World


@pytest.mark.parametrize("lay", COURSES, ids=lambda lay: lay.__name__)
def test_of_two_at_once_nothing_is_broken_and_the_loser_is_told_why(
    world: World, committed_db: None, connect_as: Callable[[str], Connection], lay: Lay
) -> None:
    anybody = connect_as("superuser")
    track = Track(lay(world, anybody), anybody)

    track.run()

    print(f"\n{lay.__name__}: {RACES} races, {track.broken} broken: {dict(track.ends)}")
    assert track.ends.total() == RACES >= 300
    assert track.broken == 0, track.ends
    assert all(WON in end for end in track.ends)
    both = track.ends[f"{WON} | {WON}"]
    assert both == 0 or track.course.both_win, track.ends
    # It was a race: the refusal was seen.
    assert both < RACES, track.ends
