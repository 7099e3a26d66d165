"""What a county knows is a function of what was delivered to it, and of nothing else.

A model of the registers: signed clues go where `routing` says, each office numbers at intake. Whatever
else happens in the city between, each county's register, its numbers and its order are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sharing.domain.clues import CLUE
from sharing.domain.hand_over import Entry, document, sealed_with
from sharing.domain.outcomes import OutcomeCode, fault_of
from sharing.domain.routing import (
    OWNED_BY_MODE,
    ManagementLevel,
    Offices,
    clue_goes_to,
    may_know_of_clue,
)
from tests.property.sharing.test_routing import CITY, HOST, ORIGIN, THIRD

OFFICE_ACTS = [
    one.name for one in CLUE.acts if {"office_director", "discipline_body"} & set(one.hands)
]


@dataclass
class Register:
    """An office's: state and number of each clue, in the order in which they came."""

    clues: list[tuple[str, int | None]] = field(default_factory=list)

    def act(self, place: int, name: str) -> None:
        state, number = self.clues[place % len(self.clues)]
        act = CLUE.by_name[name]
        if state not in act.since:
            return
        if name == "taken_in" and number is None:
            number = 1 + max((one or 0 for _, one in self.clues), default=0)
        self.clues[place % len(self.clues)] = (act.to or state, number)


@st.composite
def events(draw: st.DrawFn) -> list[tuple[str, ...]]:
    signed = st.tuples(
        st.just("sign"), st.sampled_from(sorted(OWNED_BY_MODE)), st.sampled_from(ManagementLevel)
    )
    acted = st.tuples(
        st.just("act"), st.sampled_from(["city", "host"]), st.integers(0, 9).map(str),
        st.sampled_from(OFFICE_ACTS),
    )  # fmt: skip
    return draw(st.lists(st.one_of(signed, acted), max_size=40))


def played(course: list[tuple[str, ...]]) -> dict[int, Register]:
    offices = Offices(CITY, HOST, ORIGIN)
    registers = {office: Register() for office in (CITY, HOST, ORIGIN, THIRD)}
    for kind, *rest in course:
        if kind == "sign":
            mode, level = rest
            office = clue_goes_to(mode, ManagementLevel(level), offices)
            registers[office].clues.append(("leader_signed", None))
        else:
            where, place, name = rest
            register = registers[CITY if where == "city" else HOST]
            if register.clues:
                register.act(int(place), name)
    return registers


def is_of_the_city(event: tuple[str, ...]) -> bool:
    if event[0] == "act":
        return event[1] == "city"
    offices = Offices(CITY, HOST, ORIGIN)
    return clue_goes_to(event[1], ManagementLevel(event[2]), offices) == CITY


@given(events())
def test_without_the_city_s_clues_each_county_s_register_is_the_same(
    course: list[tuple[str, ...]],
) -> None:
    with_them, without = played(course), played([one for one in course if not is_of_the_city(one)])

    for county in (HOST, ORIGIN, THIRD):
        assert with_them[county] == without[county]
    assert not with_them[ORIGIN].clues
    assert not with_them[THIRD].clues


@given(events())
def test_numbers_have_no_gap(course: list[tuple[str, ...]]) -> None:
    for register in played(course).values():
        numbers = sorted(number for _, number in register.clues if number is not None)
        assert numbers == list(range(1, len(numbers) + 1))


@given(st.sampled_from(sorted(OWNED_BY_MODE)), st.sampled_from(ManagementLevel))
def test_who_may_know_is_the_city_and_whom_it_goes_to(mode: str, level: ManagementLevel) -> None:
    offices = Offices(CITY, HOST, ORIGIN)
    knowing = {
        office
        for office in (CITY, HOST, ORIGIN, THIRD)
        if may_know_of_clue(office, mode, level, offices)
    }

    assert knowing == {CITY, clue_goes_to(mode, level, offices)}


ENTRY = st.builds(
    Entry,
    number=st.integers(1, 999),
    year=st.just(2026),
    subject_name=st.text(max_size=20),
    subject_post=st.text(max_size=20),
    subject_unit=st.text(max_size=20),
    management_level=st.sampled_from([one.value for one in ManagementLevel]),
    source_kind=st.just("files"),
    is_urgent=st.booleans(),
    gist=st.text(max_size=50),
    evidence=st.lists(st.text(max_size=20), max_size=3),
    round_name=st.text(max_size=20),
    team_name=st.text(max_size=20),
)


@given(st.lists(ENTRY, min_size=1, max_size=4))
def test_a_sealed_list_is_told_by_its_hash_from_any_other(entries: list[Entry]) -> None:
    def text(number: int) -> str:
        return document(
            office="定海区", number=number, year=2026, signed_by="某", signed_on=date(2026, 9, 1),
            entries=entries,
        )  # fmt: skip

    assert text(1) == text(1)
    assert sealed_with(text(1)) != sealed_with(text(2))


@given(st.lists(st.tuples(st.integers(1, 4), st.sampled_from(OutcomeCode)), max_size=8))
def test_outcomes_hold_where_people_are_counted_through_and_nothing_contradicts(
    told: list[tuple[int, OutcomeCode]],
) -> None:
    persons = {person for person, _ in told}
    alone = {OutcomeCode.NOT_BORNE_OUT, OutcomeCode.NO_LIABILITY}
    holds = (
        bool(told)
        and persons == set(range(1, len(persons) + 1))
        and len(set(told)) == len(told)
        and not any(
            code in alone and sum(one == person for one, _ in told) > 1 for person, code in told
        )
    )

    assert (fault_of(told) is None) is holds
