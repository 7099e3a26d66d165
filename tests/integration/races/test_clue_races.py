"""Two hand-overs of one clue, and a receipt against a return: nothing is signed twice, nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from psycopg2.extensions import connection as Connection

from sharing.errors.clues import ClueNotToHandOver, NothingToReceive
from sharing.errors.walking import StepOutOfTurn
from sharing.services import disposing, handing_over
from tests.clues import arrived, handed_over
from tests.integration.races.courses import done
from tests.integration.races.racing import RACES, WON, Course, Track
from tests.people import acting
from tests.teams import Team

WRITTEN = (
    "sharing_officeclue",
    "sharing_officecluestep",
    "sharing_handoverlist",
    "sharing_handoverentry",
    "sharing_clueroute",
)


def test_of_two_hand_overs_of_one_clue_one_is_signed(
    team: Team, connect_as: Callable[[str], Connection]
) -> None:
    lin = team.actor("lin")
    number = arrived(team, lin)
    with acting(lin):
        handing_over.take_in(actor=lin, number=number)
    seal = partial(done, lin, handing_over.seal_list, clues=[number])
    course = Course(
        (seal, seal),
        broken="SELECT abs((SELECT count(*) FROM sharing_handoverlist) - 1)"
        " + abs((SELECT count(*) FROM sharing_handoverentry WHERE returned_at IS NULL) - 1)"
        " + (SELECT count(*) FROM sharing_officeclue WHERE state <> 'handed_over')"
        " + (SELECT count(*) FROM sharing_handoverlist WHERE number <> 1)",
        tables=WRITTEN,
        lost=frozenset({ClueNotToHandOver, StepOutOfTurn}),
    )

    track = raced(course, connect_as)

    assert f"{WON} | {WON}" not in track.ends


def test_a_receipt_and_a_return_at_once_leave_no_clue_between_them(
    team: Team, connect_as: Callable[[str], Connection]
) -> None:
    lin, luo = team.actor("lin"), team.actor("luo")
    number, list_ = handed_over(team, lin)
    course = Course(
        (
            partial(done, luo, handing_over.acknowledge_list, number=list_.pk),
            partial(done, luo, disposing.return_clue, number=number, reason="证据不足"),
        ),
        broken="SELECT (SELECT count(*) FROM sharing_officeclue WHERE state <> 'taken_in'"
        "    OR disposal_due_on IS NOT NULL)"
        " + (SELECT count(*) FROM sharing_handoverentry WHERE returned_at IS NULL)"
        " + (SELECT count(*) FROM sharing_handoverlist AS list WHERE acknowledged_at IS NOT NULL"
        "    AND NOT EXISTS (SELECT FROM sharing_officecluestep WHERE act = 'acknowledged'))",
        tables=WRITTEN,
        lost=frozenset({NothingToReceive, StepOutOfTurn}),
        both_win=True,
    )

    raced(course, connect_as)


def raced(course: Course, connect_as: Callable[[str], Connection]) -> Track:
    track = Track(course, connect_as("superuser"))
    track.run()
    assert track.ends.total() == RACES
    assert track.broken == 0, track.ends
    assert all(WON in end for end in track.ends)
    return track
