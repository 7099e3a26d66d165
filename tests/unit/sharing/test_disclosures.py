"""Who was shown what, and what follows from it when a grant ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kernel.clock import CHINA
from sharing.domain.disclosures import (
    CARRIED,
    READ,
    Destruction,
    Disclosure,
    Reached,
    Way,
    certificate_digest,
    destruction_of,
    looked_at_to_approve,
    reach,
    to_tell_of_destruction,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=CHINA)
SEEN = Disclosure(
    grant=5, view=6, digest="d", fields=("title", "fact"), office=3, person=31,
    role="county_director", purpose="corroboration", way=Way.PAGE, at=NOON,
)  # fmt: skip
EXPORTED = replace(SEEN, way=Way.EXPORT, at=NOON + timedelta(hours=1))
OTHERS = replace(SEEN, person=32, fields=("title",), at=NOON + timedelta(hours=2))


NOTED = replace(SEEN, way=Way.NOTE, at=NOON + timedelta(hours=3))
APPROVERS = replace(SEEN, office=1, person=11, way=Way.PROGRAM, role="city_director")
RECEIVER = SEEN.office


def test_reach_tells_everybody_with_readings_copies_notes_fields_and_days() -> None:
    assert reach([OTHERS, NOTED, EXPORTED, SEEN], RECEIVER) == [
        Reached(3, 31, 1, 1, 1, frozenset({"title", "fact"}), SEEN.at, NOTED.at),
        Reached(3, 32, 1, 0, 0, frozenset({"title"}), OTHERS.at, OTHERS.at),
    ]
    assert reach([], RECEIVER) == []


def test_a_note_is_neither_a_reading_nor_a_copy_and_a_program_is_both() -> None:
    assert {way for way in Way if way not in READ} == {Way.EXPORT, Way.PRINT, Way.NOTE}
    assert {way for way in Way if way not in CARRIED} == {Way.PAGE, Way.NOTE}


def test_who_looked_at_it_to_approve_it_is_told_apart_and_was_not_reached() -> None:
    assert reach([APPROVERS], RECEIVER) == []
    assert [one.person for one in looked_at_to_approve([APPROVERS, SEEN], RECEIVER)] == [11]


def test_destruction_is_told_by_whoever_carried_a_copy_away() -> None:
    lines = [SEEN, EXPORTED, OTHERS, NOTED, APPROVERS]
    assert to_tell_of_destruction(lines, RECEIVER, told_by=[]) == [(3, 31)]
    assert to_tell_of_destruction(lines, RECEIVER, told_by=[(3, 31)]) == []


def test_what_a_receiver_owes_once_it_is_over() -> None:
    lines = [SEEN, EXPORTED, NOTED, APPROVERS]
    assert destruction_of(lines, RECEIVER, told_by=[]) is Destruction.TO_TELL
    assert destruction_of(lines, RECEIVER, told_by=[(3, 32)]) is Destruction.TO_TELL
    assert destruction_of(lines, RECEIVER, told_by=[(3, 31)]) is Destruction.TOLD
    assert destruction_of([SEEN, NOTED], RECEIVER, told_by=[]) is Destruction.NOTHING_CARRIED
    assert destruction_of([SEEN], RECEIVER, told_by=[(3, 31)]) is Destruction.TOLD


def test_the_certificate_tells_when_a_line_was_changed_left_out_or_moved() -> None:
    whole = certificate_digest([SEEN, EXPORTED])

    assert certificate_digest([SEEN, EXPORTED]) == whole
    for changed in (
        *(replace(SEEN, grant=9), replace(SEEN, view=9), replace(SEEN, digest="e")),
        *(replace(SEEN, fields=("title",)), replace(SEEN, office=9), replace(SEEN, person=9)),
        *(replace(SEEN, role="x"), replace(SEEN, purpose="x"), replace(SEEN, way=Way.PRINT)),
        replace(SEEN, at=EXPORTED.at),
    ):
        assert certificate_digest([changed, EXPORTED]) != whole, changed
    assert certificate_digest([EXPORTED, SEEN]) != whole
    assert certificate_digest([SEEN]) != whole
