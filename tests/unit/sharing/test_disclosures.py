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
    for name, other in (
        ("grant", 9), ("view", 9), ("digest", "e"), ("fields", ("title",)), ("office", 9),
        ("person", 9), ("role", "x"), ("purpose", "x"), ("way", Way.PRINT), ("at", EXPORTED.at),
    ):  # fmt: skip
        changed = replace(READ, **{name: other})  # type: ignore[arg-type]
        assert certificate_digest([changed, EXPORTED]) != whole, name
    assert certificate_digest([EXPORTED, READ]) != whole
    assert certificate_digest([READ]) != whole
