"""No sequence of one person's own proposals and decisions gives that person a right."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tenancy.domain.offices import in_tree_order
from tenancy.domain.roles import ADMINISTRATORS, Role
from tenancy.domain.seats import (
    SeatFact,
    is_last_of_its_kind,
    may_decide,
    may_propose,
    moved,
    restrains,
)

TODAY = date(2026, 9, 1)
PEOPLE = st.integers(1, 4)
ROLES = st.sampled_from([*ADMINISTRATORS, Role.CITY_DIRECTOR, Role.COUNTY_CLERK])
SEATS = st.builds(
    SeatFact,
    person=PEOPLE,
    office=st.integers(1, 2),
    role=ROLES,
    since_on=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    until_on=st.none() | st.dates(date(2027, 1, 1), date(2027, 12, 31)),
)


def kept(seats: list[SeatFact]) -> list[SeatFact]:
    """Those that the rules let in, one after the other."""
    held: list[SeatFact] = []
    for seat in seats:
        if restrains(seat, held):
            held.append(seat)
    return held


@given(st.lists(SEATS, max_size=6), PEOPLE, st.lists(SEATS, max_size=8))
def test_one_person_alone_gains_nothing(
    start: list[SeatFact], alone: int, wanted: list[SeatFact]
) -> None:
    held = kept(start)
    before = [seat for seat in held if seat.person == alone]
    for seat in wanted:
        mine = [one for one in held if one.person == alone]
        proposed = any(
            may_propose(
                proposer=alone,
                roles={one.role},
                at=one.office,
                person=seat.person,
                office=seat.office,
            )
            for one in mine
        )
        decided = may_decide(
            decider=alone, roles={one.role for one in mine}, proposer=alone, person=seat.person
        )
        if proposed and decided and restrains(seat, held):
            held.append(seat)

    assert [seat for seat in held if seat.person == alone] == before
    assert held == kept(start)


@given(st.lists(SEATS, max_size=10))
def test_an_administrator_never_has_a_second_seat(seats: list[SeatFact]) -> None:
    held = kept(seats)

    for seat in held:
        others = [one for one in held if one.person == seat.person and one is not seat]
        if seat.role in ADMINISTRATORS:
            assert not any(one.overlaps(seat) for one in others)


def test_who_decides_is_a_third_person() -> None:
    security = {Role.SECURITY_ADMINISTRATOR}

    assert may_decide(decider=1, roles=security, proposer=2, person=3)
    assert not may_decide(decider=1, roles=security, proposer=1, person=3)
    assert not may_decide(decider=1, roles=security, proposer=2, person=1)
    assert not may_decide(decider=1, roles={Role.SYSTEM_ADMINISTRATOR}, proposer=2, person=3)


def test_the_last_of_a_kind_is_known() -> None:
    first = SeatFact(1, 1, Role.AUDIT_ADMINISTRATOR, date(2020, 1, 1))
    heir = SeatFact(2, 1, Role.AUDIT_ADMINISTRATOR, date(2026, 8, 1))
    ending = SeatFact(3, 1, Role.AUDIT_ADMINISTRATOR, date(2026, 8, 1), date(2027, 1, 1))

    assert is_last_of_its_kind(first, [first, ending], TODAY)
    assert not is_last_of_its_kind(first, [first, heir], TODAY)


def test_offices_stand_under_their_parents() -> None:
    assert list(in_tree_order({1: None, 2: 1, 3: None, 4: 2, 5: 99})) == [
        (1, 0), (2, 1), (4, 2), (3, 0), (5, 0),
    ]  # fmt: skip


@given(st.lists(SEATS, min_size=1, max_size=8), PEOPLE, st.dates(TODAY, date(2027, 12, 31)))
def test_who_moves_leaves_nothing_behind_and_others_keep_theirs(
    held: list[SeatFact], person: int, day: date
) -> None:
    try:
        after = moved(held, person=person, office=1, to=2, role=Role.COUNTY_CLERK, on=day)
    except ValueError:
        assert not any(
            one.person == person and one.office == 1 and (one.until_on or date.max) > day
            for one in held
        )
        return

    assert SeatFact(person, 2, Role.COUNTY_CLERK, day) in after
    for one in after:
        if (one.person, one.office) == (person, 1):
            assert one.since_on < day
            assert one.until_on is not None
            assert one.until_on <= day
    others = [one for one in held if (one.person, one.office) != (person, 1)]
    assert [one for one in after if one in others][: len(others)] == others
