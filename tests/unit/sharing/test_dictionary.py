"""The dictionary's constants, the codes of classes, and what an edition would change."""

from __future__ import annotations

import pytest

from sharing.domain.dictionary import (
    DISCIPLINES,
    LETTERS,
    MOST_A_LEVEL,
    SEVERITIES,
    STANDARD,
    Adoption,
    Entry,
    Frame,
    LevelFull,
    adoption_of,
    next_code,
)


def test_the_standard_set_is_numbered_as_further_headings_would_be() -> None:
    for frame in Frame:
        codes = [one.code for one in STANDARD if one.frame == frame]
        assert codes == [f"{LETTERS[frame]}{place}" for place in range(1, 5)]
        assert next_code(frame, "", codes, of_a_county=False) == f"{LETTERS[frame]}5"
    assert len(DISCIPLINES) == 6
    assert len(SEVERITIES) == 3


def test_codes_are_given_in_order_and_never_twice() -> None:
    def after(*taken: str, county: bool = False) -> str:
        return next_code(Frame.UNITS, "U1", taken, of_a_county=county)

    assert after() == "U1.01"
    assert after("U1.01", "U1.07", "U2.09", "U1.B12") == "U1.08"
    assert after("U1.01", "U1.07", county=True) == "U1.B01"
    assert after("U1.B09", county=True) == "U1.B10"
    assert next_code(Frame.GRASS_ROOTS, "", ["G4", "U9", "G1.03"], of_a_county=True) == "GB1"
    with pytest.raises(LevelFull):
        after(f"U1.{MOST_A_LEVEL}")


def entry(code: str, *, title: str = "", position: int = 1, retired: bool = False) -> Entry:
    parent = code.partition(".")[0] if "." in code else ""
    return Entry(code, parent, Frame.UNITS, title or code, position, retired)


def test_what_an_edition_changes_is_told_and_own_classes_are_no_part_of_it() -> None:
    held = [entry("U1"), entry("U1.01"), entry("U1.02"), entry("U1.03", retired=True)]
    held.append(entry("U1.B01"))
    edition = [
        entry("U1", position=2),
        entry("U1.01", retired=True),
        entry("U1.03"),
        entry("U1.04"),
    ]

    assert adoption_of(edition, held) == Adoption(
        added=("U1.04",), retired=("U1.01",), revived=("U1.03",), moved=("U1",)
    )
    assert adoption_of([entry("U1")], held).changes_nothing
    assert adoption_of([entry("U1", title="x")], held).other_words == ("U1",)
