"""Who was shown what, and what follows from it when a grant ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from kernel.clock import CHINA
from sharing.domain.disclosures import (
    CARRIED,
    Disclosure,
    Reached,
    Way,
    certificate_digest,
    reach,
    to_tell_of_destruction,
)

NOON = datetime(2026, 3, 2, 12, tzinfo=CHINA)
READ = Disclosure(
    grant=5, view=6, digest="d", fields=("title", "fact"), office=3, person=31,
    role="county_director", purpose="corroboration", way=Way.PAGE, at=NOON,
)  # fmt: skip
EXPORTED = replace(READ, way=Way.EXPORT, at=NOON + timedelta(hours=1))
OTHERS = replace(READ, person=32, fields=("title",), at=NOON + timedelta(hours=2))


def test_reach_tells_everybody_with_times_copies_fields_and_days() -> None:
    assert reach([OTHERS, EXPORTED, READ]) == [
        Reached(3, 31, 2, 1, frozenset({"title", "fact"}), READ.at, EXPORTED.at),
        Reached(3, 32, 1, 0, frozenset({"title"}), OTHERS.at, OTHERS.at),
    ]
    assert reach([]) == []


def test_destruction_is_told_by_whoever_carried_a_copy_away() -> None:
    assert to_tell_of_destruction([READ, EXPORTED, OTHERS], told_by=[]) == [(3, 31)]
    assert to_tell_of_destruction([READ, EXPORTED, OTHERS], told_by=[(3, 31)]) == []
    assert {way for way in Way if way not in CARRIED} == {Way.PAGE}


def test_the_certificate_tells_when_a_line_was_changed_left_out_or_moved() -> None:
    whole = certificate_digest([READ, EXPORTED])

    assert certificate_digest([READ, EXPORTED]) == whole
    for changed in (
        *(replace(READ, grant=9), replace(READ, view=9), replace(READ, digest="e")),
        *(replace(READ, fields=("title",)), replace(READ, office=9), replace(READ, person=9)),
        *(replace(READ, role="x"), replace(READ, purpose="x"), replace(READ, way=Way.PRINT)),
        replace(READ, at=EXPORTED.at),
    ):
        assert certificate_digest([changed, EXPORTED]) != whole, changed
    assert certificate_digest([EXPORTED, READ]) != whole
    assert certificate_digest([READ]) != whole
