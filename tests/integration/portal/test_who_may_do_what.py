"""The printed table of roles: what it says is what the system does, and everybody may read it."""

from __future__ import annotations

import pytest

from portal.who_may import OFFICES, of_kind, of_person
from tenancy.actor import Actor
from tenancy.domain.matrix import Rule
from tenancy.domain.matrix.words import RECORDS, VERBS
from tenancy.domain.roles import MATRIX, ROLE_TITLES, SEATS, Role
from tests.integration.portal.desks import desk_of, seen


def told(kind: str) -> set[tuple[str, str, str, bool]]:
    return {
        (record.title["en"], line.verb["en"], role["en"], is_code)
        for record in of_kind(kind)
        for line in record.lines
        for roles, is_code in ((line.fully, False), (line.by_code, True))
        for role in roles
    }


@pytest.mark.parametrize("kind", OFFICES)
def test_the_page_leaves_out_no_cell_and_adds_none(kind: str) -> None:
    roles = [role for role in Role if role in SEATS[kind]]
    wanted = set()
    for line in MATRIX.lines:
        marks = {role: line.cells[role].in_office(kind) for role in roles}
        for role, mark in marks.items():
            if mark == "-":
                continue
            all_may = set(marks.values()) == {"may"}
            who = "Everybody who holds a seat" if all_may else ROLE_TITLES[role]["en"]
            what = (RECORDS[line.rule.record]["en"], VERBS[line.rule.verb]["en"])
            wanted.add((*what, who, mark == "code"))

    assert told(kind) == wanted


def test_what_lin_reads_of_herself_is_what_the_table_lets_her(lin: Actor) -> None:
    mine = {
        (record.title["en"], line.verb["en"]) for record in of_person(lin) for line in record.lines
    }

    for rule in MATRIX.needs:
        words = (RECORDS[rule.record]["en"], VERBS[rule.verb]["en"])
        assert (words in mine) is (MATRIX.needs[rule] <= lin.permissions), rule


@pytest.mark.usefixtures("committed_db")
def test_everybody_seated_reads_it_and_may_look_at_the_other_kinds_of_office() -> None:
    wu = desk_of("wu")

    own = seen(wu, "/who-may/")
    city = seen(wu, "/who-may/?kind=city")

    assert "谁可以做什么" in own
    assert "您在本单位可以做什么" in own
    assert ROLE_TITLES[Role.COUNTY_CLERK]["zh"] in own
    assert ROLE_TITLES[Role.SCHEDULER]["zh"] not in own
    assert ROLE_TITLES[Role.SCHEDULER]["zh"] in city
    assert "仅代码或数量" in city
    assert seen(wu, "/who-may/?kind=moon") == own


def test_the_scheduler_is_said_to_see_others_people_by_code_alone() -> None:
    shown = Rule("released_person", "read")
    words = (RECORDS[shown.record]["en"], VERBS[shown.verb]["en"], "Scheduler")

    assert (*words, True) in told("city")
    assert (*words, False) not in told("city")
