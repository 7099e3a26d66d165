"""One side's view is a function of its own acts, and of nothing of the other's until both have consented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from sharing.domain.corroboration.classes import About
from sharing.domain.corroboration.consent import ANSWER, Notice, NotToBeDone, Step, answered
from sharing.domain.corroboration.matching import (
    Entry,
    Hit,
    Holder,
    MatchingRules,
    Pair,
    hits,
    is_alive,
)
from sharing.domain.corroboration.views import Phase, View, led_at, seen
from tests.unit.sharing.corroborating import DAY, EAST, MOMENTS, WEST, day, token

SLOTS = [n / 2 for n in range(7)]  # half days: the moments, and between them
WATCHED = [*SLOTS, 3.5, 30.0]
LIN, WU = 11, 12


def told(office: int, at: float = 0, term: float = 2) -> Notice:
    return Notice(Holder(office, 1), About.PERSON, day(at), day(at + term))


def answers(begun: Notice, most: int) -> Iterator[Notice]:
    """Every way in which two people may answer, up to so many steps, each at any slot of the term."""
    yield begun
    if len(begun.steps) == most:
        return
    for name in ANSWER.by_name:
        for at in SLOTS:
            by = LIN if name == "proposed" else WU
            try:
                yield from answers(answered(begun, Step(name, by, day(at))), most)
            except NotToBeDone:
                continue


@cache
def every(office: int, at: float, most: int) -> tuple[Notice, ...]:
    return tuple(answers(told(office, at), most))


def watched(own: Notice, other: Notice | None) -> list[View | None]:
    others = [] if other is None else [other]
    return [seen(own, others, day(at), MOMENTS) for at in WATCHED]


def has_consent(one: Notice, at: datetime) -> bool:
    """A second opinion, from the bare steps: two different people agreed before the moment and nobody took
    it back until then, in the term and while the clue stood."""
    acts = [(step.act, step.by) for step in one.steps if step.at < at]
    taken_back = any(step.at == at for step in one.steps if step.act in ("taken_back", "refused"))
    in_term = one.told_at < at <= one.answer_until and (
        one.withdrawn_at is None or at <= one.withdrawn_at
    )
    agreed = [name for name, _ in acts[-2:]] == ["proposed", "confirmed"]
    return agreed and acts[-2][1] != acts[-1][1] and in_term and not taken_back


def led_on(own: Notice, other: Notice) -> datetime | None:
    """The first moment at which both consents stand, looked for moment by moment."""
    moments = (day(n) for n in range(8))
    return next((one for one in moments if has_consent(own, one) and has_consent(other, one)), None)


def expected(alone: list[View | None], led: datetime | None) -> list[View | None]:
    """What one sees with nobody there, and from the moment on at which both consented, the office."""
    return [
        view
        if view is None or led is None or day(at) < led
        else replace(view, phase=Phase.LED_TOGETHER, offices=frozenset({WEST}))
        for at, view in zip(WATCHED, alone, strict=True)
    ]


def test_every_interleaving_refusal_silence_expiry_and_half_a_consent_look_alike() -> None:
    """All answers of up to three steps of either side, at every half day; West told with East or later.

    At each moment East sees what it would see if West were not there at all, whether West refuses, is
    silent, gets as far as one person, consents too late or takes it back; and that goes on after the end.
    """
    met = apart = 0
    for own in every(EAST, 0, 3):
        alone = watched(own, None)
        for at in (0.0, 1.0):
            for other in every(WEST, at, 3):
                led = led_on(own, other)
                assert led_at(own, other, MOMENTS) == led
                assert watched(own, other) == expected(alone, led)
                met, apart = met + (led is not None), apart + (led is None)

    assert met > 50
    assert apart > 10_000


def test_refusal_silence_and_expiry_each_by_name() -> None:
    """Spelled out for one who consented and waits: five others, one view."""
    own = next(one for one in every(EAST, 0, 2) if one.state == "consented")
    silent, refusing, proposing, late, gone = (
        told(WEST),
        next(one for one in every(WEST, 0, 1) if one.state == "refused"),
        next(one for one in every(WEST, 0, 1) if one.state == "proposed"),
        next(
            one
            for one in every(WEST, 1.0, 2)
            if one.state == "consented" and one.steps[-1].at > own.answer_until
        ),
        replace(
            next(one for one in every(WEST, 0, 2) if one.state == "consented"),
            withdrawn_at=day(0.5),
        ),
    )

    seen_with = [watched(own, other) for other in (silent, refusing, proposing, late, gone)]

    assert seen_with == [watched(own, None)] * 5
    phases = [view.phase for view in seen_with[0] if view is not None]
    assert phases[-1] is Phase.ENDED
    assert Phase.WAITING in phases


PEOPLE = st.integers(1, 4)
TRIED = st.lists(
    st.tuples(st.sampled_from([*ANSWER.by_name]), PEOPLE, st.integers(0, 40)), max_size=12
)


@st.composite
def notices(draw: st.DrawFn, office: int, *, concerned: frozenset[int] = frozenset()) -> Notice:
    """A side of four people, of whom some are concerned, trying everything in any order."""
    at, withdrawn = draw(st.integers(0, 3)), draw(st.none() | st.integers(1, 40))
    one = replace(
        told(office, at, term=6), withdrawn_at=None if withdrawn is None else day(withdrawn / 4)
    )
    for name, by, quarter in sorted(draw(TRIED), key=lambda step: step[2]):
        try:
            one = answered(one, Step(name, by, day(quarter / 4)), concerned)
        except NotToBeDone:
            continue
    return one


EASTS, WESTS = notices(EAST), notices(WEST)
INSTANTS = st.integers(0, 60).map(lambda quarter: day(quarter / 4))


@given(EASTS, WESTS, WESTS, INSTANTS)
def test_of_two_others_that_did_not_meet_it_none_is_told_from_the_other(
    own: Notice, one: Notice, other: Notice, now: datetime
) -> None:
    def met(partner: Notice) -> bool:
        led = led_on(own, partner)
        return led is not None and led <= now

    if met(one) == met(other):
        assert seen(own, [one], now, MOMENTS) == seen(own, [other], now, MOMENTS)


@given(EASTS, WESTS, INSTANTS)
def test_what_is_done_later_changes_no_view_of_before(
    own: Notice, other: Notice, now: datetime
) -> None:
    def until_now(one: Notice) -> Notice:
        gone = one.withdrawn_at if one.withdrawn_at and one.withdrawn_at <= now else None
        return replace(
            one, steps=tuple(step for step in one.steps if step.at <= now), withdrawn_at=gone
        )

    assert seen(own, [other], now, MOMENTS) == seen(
        until_now(own), [until_now(other)], now, MOMENTS
    )


@given(EASTS, WESTS, INSTANTS)
def test_both_are_named_to_each_other_at_one_moment_or_neither(
    own: Notice, other: Notice, now: datetime
) -> None:
    ours, theirs = seen(own, [other], now, MOMENTS), seen(other, [own], now, MOMENTS)

    assert led_at(own, other, MOMENTS) == led_at(other, own, MOMENTS)
    assert (ours is not None and ours.offices == {WEST}) == (
        theirs is not None and theirs.offices == {EAST}
    )


@given(st.frozensets(PEOPLE, max_size=3).flatmap(lambda who: st.tuples(st.just(who), notices(EAST, concerned=who))))  # fmt: skip
def test_no_consent_stands_without_two_people_whom_it_does_not_concern(
    drawn: tuple[frozenset[int], Notice],
) -> None:
    concerned, one = drawn
    agreed = [(first.by, second.by) for first, second in zip(one.steps, one.steps[1:], strict=False) if second.act == "confirmed"]  # fmt: skip

    assert len(agreed) >= len(list(one.consents()))
    assert all(first != second for first, second in agreed)
    assert not {by for both in agreed for by in both} & concerned
    assert all(one.told_at <= step.at < one.ends_at for step in one.steps)


RULES = MatchingRules(most_of_office=2, most_offices=3, cooling=5 * DAY)
ONE_MORE = 4


@st.composite
def tables(draw: st.DrawFn) -> list[Entry]:
    """Clues of three offices, each with tokens of its own days, some withdrawn."""
    found = []
    for clue in range(draw(st.integers(2, 9))):
        office, since = draw(st.integers(1, 3)), draw(st.integers(0, 20))
        gone = draw(st.none() | st.integers(1, 10))
        for word in draw(st.sets(st.sampled_from("abc"), min_size=1)):
            withdrawn = None if gone is None else day(since + gone)
            found.append(Entry(token(word), Holder(office, clue), day(since), withdrawn))
    return found


@given(tables(), st.integers(0, 40))
def test_a_hit_is_of_two_offices_that_hold_one_live_token(table: list[Entry], on: int) -> None:
    for one in hits(table, RULES, day(on)):
        first, second = one.pair
        assert first.office < second.office
        tokens = [
            {row.token for row in table if row.holder.office == holder.office and is_alive(row, RULES, day(on))}
            for holder in one.pair
        ]  # fmt: skip
        assert tokens[0] & tokens[1]


@st.composite
def rows_of_one_more(draw: st.DrawFn) -> list[Entry]:
    """Whatever one more office may file, and take back."""
    found = []
    for clue in range(200, 200 + draw(st.integers(0, 8))):
        since, gone = draw(st.integers(0, 20)), draw(st.none() | st.integers(1, 10))
        withdrawn = None if gone is None else day(since + gone)
        words = draw(st.sets(st.sampled_from("abc"), min_size=1))
        found += [Entry(token(one), Holder(ONE_MORE, clue), day(since), withdrawn) for one in words]
    return found


def offices_of(hit: Hit) -> set[int]:
    return {holder.office for holder in hit.pair}


@given(tables(), rows_of_one_more(), st.integers(0, 40))
def test_whatever_one_office_files_the_others_are_told_the_same(
    table: list[Entry], filed: list[Entry], on: int
) -> None:
    """Three others at most, so that this one is not the office with which they are too many."""
    rules = replace(RULES, most_offices=4)
    found = hits([*table, *filed], rules, day(on))

    assert [one for one in found if ONE_MORE not in offices_of(one)] == hits(table, rules, day(on))


@given(tables(), st.integers(0, 40), st.integers(1, 6))
def test_by_its_number_of_clues_an_office_learns_nothing_of_others(
    table: list[Entry], on: int, more: int
) -> None:
    """Of its first clue it is told the same however many it has beside; and nothing at all from the first
    on that is one too many, whoever the others are."""
    first, *others = (Entry(token("a"), Holder(ONE_MORE, 200 + n), day(0)) for n in range(more + 1))

    def told_of_first(filed: list[Entry]) -> list[Hit]:
        return [one for one in hits([*table, *filed], RULES, day(on)) if first.holder in one.pair]

    expected = told_of_first([first]) if more < RULES.most_of_office else []
    assert told_of_first([first, *others]) == expected


@given(tables(), st.lists(st.integers(0, 60), min_size=1, max_size=6).map(sorted))
def test_no_pair_is_told_twice_and_the_order_of_rows_is_nothing(
    table: list[Entry], days: list[int]
) -> None:
    told_of: list[Pair] = []
    for on in days:
        found = hits(table, RULES, day(on), told_of)
        assert found == hits(table[::-1], RULES, day(on), told_of)
        told_of += [one.pair for one in found]

    assert len(set(told_of)) == len(told_of)


@given(tables(), st.integers(0, 40))
def test_what_comes_later_is_no_part_of_a_matching(table: list[Entry], on: int) -> None:
    until_then = [
        replace(row, withdrawn_at=row.withdrawn_at if row.withdrawn_at and row.withdrawn_at <= day(on) else None)
        for row in table
        if row.registered_at <= day(on)
    ]  # fmt: skip

    assert hits(table, RULES, day(on)) == hits(until_then, RULES, day(on))


@given(tables(), st.integers(0, 20), st.lists(st.integers(0, 4), min_size=1, max_size=4))
def test_deleting_and_retrying_any_number_of_times_tells_an_office_nothing(
    table: list[Entry], since: int, waits: list[int]
) -> None:
    """A prober with one token, told once of all that is there; then it deletes and asks again, each time
    within the cooling, while the others stay as they are: it is never told again."""
    others = [row for row in table if row.holder.office != EAST and row.withdrawn_at is None]
    begun = Entry(token("a"), Holder(EAST, 100), day(since))
    told_of = [one.pair for one in hits([*others, begun], RULES, day(25))]
    rows, on = [begun], 25.0
    for number, wait in enumerate(waits, start=101):
        rows[-1] = replace(rows[-1], withdrawn_at=day(on))
        on += wait + 0.5
        rows.append(Entry(token("a"), Holder(EAST, number), day(on)))
        for later in (0, 6, 100):
            found = hits([*others, *rows], RULES, day(on) + timedelta(days=later), told_of)
            assert [one for one in found if EAST in {each.office for each in one.pair}] == []
