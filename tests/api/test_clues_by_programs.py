"""Clues by programs; what a county's program finds of the city's is what nobody's number finds."""

from __future__ import annotations

from tests.api.calling import program_of
from tests.api.clues_by_programs import clues_by_programs
from tests.api.witness import Office, Witness
from tests.clues import CITY_MANAGED, received
from tests.teams import Team


def test_from_the_register_to_the_end(team: Team) -> None:
    called: set[str] = set()

    def seated(actor: object) -> Office:
        return Office(actor, None, Witness(program_of(actor).client, {}, called))  # type: ignore[arg-type]

    clues_by_programs(team, seated)

    assert len(called) == 38


def test_a_city_managed_clue_is_nobody_s_to_a_county_s_program(team: Team) -> None:
    lin, zhao = program_of(team.actor("lin")), program_of(team.actor("zhao"))
    before = lin.get("/clue-ledger").body
    number = received(team, team.actor("zhao"), team.actor("qin"), management_level=CITY_MANAGED)

    assert lin.get("/clue-ledger").body == before
    theirs, nobody_s = (lin.get(f"/clue-ledger/{one}") for one in (number, number + 1))
    assert (theirs.status, theirs.body) == (
        404,
        nobody_s.body.replace(b"%d" % (number + 1), b"%d" % number),
    )
    assert zhao.get(f"/clue-ledger/{number}").status == 200
