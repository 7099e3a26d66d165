"""Whatever is done to a chain of audit lines, the check says so and names the line."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tenancy.domain.chain import BEGINNING, Entry, Head, verify
from tenancy.domain.streams import STREAMS

MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
WORDS = st.text(max_size=20)
BEFORE_STREAMS = "6675f06ab35d980260a3d78a60224aebc5225778f0cd814514b06c6567314110"


@st.composite
def chains(draw: st.DrawFn, least: int = 1) -> list[Entry]:
    length, stream = draw(st.integers(least, 12)), draw(st.sampled_from(STREAMS))
    chain: list[Entry] = []
    last = BEGINNING
    for seq in range(1, length + 1):
        entry = Entry(
            tenant_id=draw(st.sampled_from([None, 9002])),
            stream=stream,
            seq=seq,
            at=MORNING + timedelta(microseconds=draw(st.integers(0, 10**12))),
            user_id=draw(st.none() | st.integers(1, 99)),
            office_id=draw(st.none() | st.integers(1, 99)),
            action=draw(WORDS),
            object_type=draw(WORDS),
            object_id=draw(st.none() | st.integers(1, 99)),
            data=draw(WORDS),
            prev_hash=last,
            hash=b"",
        )
        chain.append(whole(entry))
        last = chain[-1].hash
    return chain


def whole(entry: Entry) -> Entry:
    """With the hash that belongs to it."""
    return replace(entry, hash=entry.digest())


def head_of(chain: list[Entry]) -> Head:
    return Head(chain[-1].seq, chain[-1].hash)


def bad_line(chain: list[Entry], head: Head | None) -> int | None:
    fault = verify(chain, head).fault
    return None if fault is None else fault.seq


CHANGES: dict[str, Any] = {
    "tenant_id": 77,
    "stream": 77,
    "at": MORNING - timedelta(microseconds=1),
    "user_id": 77_777,
    "office_id": 77_777,
    "action": "another.thing.done",
    "object_type": "another.thing",
    "object_id": 77_777,
    "data": '{"more": true}, padded to be longer than any other',
    "prev_hash": b"\1" * 32,
    "hash": b"\1" * 32,
}


@given(chains())
def test_an_untouched_chain_is_whole(chain: list[Entry]) -> None:
    verdict = verify(chain, head_of(chain))

    assert (verdict.length, verdict.fault) == (len(chain), None)


@given(chains(), st.data(), st.sampled_from(sorted(CHANGES)))
def test_a_changed_column_is_found(chain: list[Entry], data: st.DataObject, column: str) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    head = head_of(chain)
    chain[place] = replace(chain[place], **{column: CHANGES[column]})

    assert bad_line(chain, head) == place + 1


@given(chains(), st.data())
def test_a_line_rewritten_with_its_hash_is_found(chain: list[Entry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    head = head_of(chain)
    chain[place] = whole(replace(chain[place], action="another.thing.done"))

    assert bad_line(chain, head) == place + 1


@given(chains(), st.data())
def test_a_deleted_line_is_found_wherever_it_stood(chain: list[Entry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    head = head_of(chain)
    del chain[place]

    assert bad_line(chain, head) == place + 1


@given(chains(least=2), st.data())
def test_two_lines_that_changed_places_are_found(chain: list[Entry], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(chain) - 2))
    second = data.draw(st.integers(first + 1, len(chain) - 1))
    head = head_of(chain)
    one, other = chain[first], chain[second]
    chain[first], chain[second] = replace(other, seq=one.seq), replace(one, seq=other.seq)

    assert bad_line(chain, head) == first + 1


@given(chains(), st.data())
def test_an_inserted_line_is_found(chain: list[Entry], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    head = head_of(chain)
    chain.insert(place + 1, whole(replace(chain[place], action="another.thing.done")))

    assert bad_line(chain, head) == place + 1


@given(chains())
def test_a_line_appended_past_the_head_is_found(chain: list[Entry]) -> None:
    head = head_of(chain)
    last = chain[-1]
    chain.append(whole(replace(last, seq=last.seq + 1, prev_hash=last.hash)))

    assert bad_line(chain, head) == last.seq + 1


@given(chains(), st.integers(1, 12))
def test_a_missing_tail_is_found_against_the_head(chain: list[Entry], cut: int) -> None:
    assume(cut <= len(chain))
    head = head_of(chain)

    assert bad_line(chain[:-cut], head) == len(chain) - cut + 1


@given(chains())
def test_a_chain_without_its_head_is_found(chain: list[Entry]) -> None:
    assert bad_line(chain, None) == 1


@given(chains(), chains())
def test_another_chain_under_the_same_head_is_found(chain: list[Entry], other: list[Entry]) -> None:
    assume(head_of(chain) != head_of(other))

    assert bad_line(other, head_of(chain)) is not None


@given(chains(), st.data())
def test_a_line_moved_to_another_stream_is_found_in_both(
    chain: list[Entry], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(chain) - 1))
    target = data.draw(st.sampled_from([one for one in STREAMS if one != chain[0].stream]))
    head, moved = head_of(chain), replace(chain.pop(place), stream=target)
    alone = [replace(moved, seq=1)]

    assert bad_line(chain, head) == place + 1
    assert bad_line(alone, Head(1, moved.hash)) == 1
    assert moved.digest() != moved.hash, "even under its own number, behind its own predecessor"


def test_a_stream_without_head_is_whole_only_where_no_other_has_one() -> None:
    assert verify([], None, has_sisters=False).fault is None
    assert verify([], None, has_sisters=True).fault is not None
    assert verify([], Head(0, BEGINNING), has_sisters=True).fault is None


def test_lines_from_before_there_were_streams_keep_their_hashes() -> None:
    """Of the acts nothing is added to what is hashed: this digest was made before streams."""
    line = Entry(9002, 0, 1, MORNING, 3, 9002, "a.b.c", "", None, "{}", BEGINNING, b"")

    assert line.digest().hex() == BEFORE_STREAMS


def test_nothing_written_yet_is_whole() -> None:
    assert verify([], None).fault is None
    assert verify([], Head(0, BEGINNING)).fault is None


def test_shifting_a_letter_between_columns_changes_the_digest() -> None:
    """Parts are length-prefixed, so `ab` + `c` is not `a` + `bc`."""
    line = Entry(1, 0, 1, MORNING, None, None, "ab", "c", None, "{}", BEGINNING, b"")

    assert line.digest() != replace(line, action="a", object_type="bc").digest()
