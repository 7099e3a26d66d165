"""Deputies: less than whom they stand in for, never for long, never on their own."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tenancy.domain.deputies import (
    LONGEST_DAYS,
    NEVER_PASSED_ON,
    POSTS,
    Seat,
    Unfit,
    end_of,
    passed_on,
    unfit,
)
from tenancy.domain.roles import ADMINISTRATORS, SEATS, Permission, Role, permissions_of
from tenancy.domain.seats import SeatFact

FIRST = date(2026, 9, 1)
DAYS = st.integers(-200, 200).map(lambda days: FIRST + timedelta(days=days))
KINDS = st.sampled_from(sorted(SEATS))
PERMISSIONS = st.sets(st.sampled_from(Permission))


@st.composite
def held(draw: st.DrawFn) -> list[Seat]:
    """Seats of four people in two offices; some stand in for one that is there."""
    found: list[Seat] = []
    for number in range(1, draw(st.integers(2, 8))):
        since = draw(DAYS)
        days = draw(st.none() | st.integers(1, 300))
        until = None if days is None else since + timedelta(days)
        fact = SeatFact(
            draw(st.integers(1, 4)),
            draw(st.integers(1, 2)),
            draw(st.sampled_from(Role)),
            since,
            until,
        )
        of = draw(st.none() | st.integers(1, number))
        found.append(Seat(number, fact, None if of == number else of))
    return found


@given(st.sampled_from(Role), KINDS, PERMISSIONS)
def test_a_deputy_may_less_than_the_seat(role: Role, kind: str, kept: set[Permission]) -> None:
    passed = passed_on(role, kind, kept)

    assert passed <= permissions_of([role], kind)
    assert not passed & (NEVER_PASSED_ON | kept)
    assert role in POSTS or not passed


@given(held(), st.integers(1, 4), DAYS, DAYS)
def test_who_stands_in_fits_in_every_way(
    seats: list[Seat], person: int, since: date, until: date
) -> None:
    for seat in seats:
        if unfit(seat, person, since, until, held=seats) is not None:
            continue
        assert seat.held.role in POSTS
        assert seat.stands_for is None
        assert person != seat.held.person
        assert 1 <= (until - since).days <= LONGEST_DAYS
        assert seat.held.since_on <= since
        assert seat.held.until_on is None or until <= seat.held.until_on
        assert any(
            one.held.person == person and one.held.office == seat.held.office
            for one in seats
            if one.stands_for is None
        )


@given(held(), st.lists(st.tuples(st.integers(0, 7), st.integers(1, 4), DAYS, DAYS), max_size=8))
def test_in_whatever_order_no_seat_has_two_at_once_and_no_deputy_has_one(
    seats: list[Seat], wanted: list[tuple[int, int, date, date]]
) -> None:
    own = [seat for seat in seats if seat.stands_for is None]
    every = list(own)
    for place, person, since, until in wanted:
        if place < len(every) and unfit(every[place], person, since, until, held=every) is None:
            seat = every[place]
            fact = SeatFact(person, seat.held.office, seat.held.role, since, until)
            every.append(Seat(len(every) + 100, fact, seat.number))

    deputies = every[len(own) :]
    numbers = {seat.number for seat in own}
    for one in deputies:
        assert one.stands_for in numbers
        others = [two for two in deputies if two is not one and two.stands_for == one.stands_for]
        assert not any(one.held.overlaps(two.held) for two in others)


@given(DAYS, st.none() | DAYS, st.none() | DAYS)
def test_it_ends_with_whichever_ends_first(
    until: date, principal: date | None, own: date | None
) -> None:
    deputy = Seat(9, SeatFact(1, 1, Role.SCHEDULER, FIRST, until), 1)

    ends = end_of(deputy, principal, own)

    assert ends == min(day for day in (until, principal, own) if day is not None)


def test_each_rule_refuses_by_its_name() -> None:
    chief = Seat(1, SeatFact(1, 1, Role.CITY_DIRECTOR, FIRST, FIRST + timedelta(days=400)))
    clerk = Seat(2, SeatFact(2, 1, Role.SCHEDULER, FIRST))
    there = [chief, clerk]
    last = FIRST + timedelta(days=LONGEST_DAYS)

    def why(
        seat: Seat = chief,
        person: int = 2,
        since: date = FIRST,
        until: date = last,
        also: Seat | None = None,
    ) -> Unfit | None:
        return unfit(seat, person, since, until, held=[*there, *([also] if also else [])])

    assert why() is None
    assert why(person=1) is Unfit.ONESELF
    assert why(person=3) is Unfit.NOT_OF_THE_OFFICE
    assert why(until=last + timedelta(days=1)) is Unfit.TERM
    assert why(until=FIRST) is Unfit.TERM
    late = FIRST + timedelta(days=390)
    assert why(since=late, until=late + timedelta(days=20)) is Unfit.AFTER_THE_SEAT
    deputy = Seat(3, SeatFact(2, 1, Role.CITY_DIRECTOR, FIRST, last), 1)
    assert why(seat=deputy, person=1, also=deputy) is Unfit.OF_A_DEPUTY
    assert why(also=deputy) is Unfit.TAKEN
    for role in [*ADMINISTRATORS, Role.RECUSAL_OFFICER, Role.TEAM_LEADER, Role.DISCIPLINE_BODY]:
        assert why(seat=Seat(4, SeatFact(4, 1, role, FIRST))) is Unfit.NO_POST
