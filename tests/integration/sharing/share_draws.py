"""What the runs of shares are drawn from: most of it such that it can be."""

from __future__ import annotations

from hypothesis import strategies as st

from sharing.domain.grants import CLUE_READERS

ROLES_READ = sorted({*CLUE_READERS, "county_clerk"})
COUNTY, CLERK = "county_director", "county_clerk"
TERM_ENDS = [-1, 0, 1, 20, 60, 90, 91, 367]

picks = st.integers(0, 10_000)
# From 10 on: somebody who sits where such an act is done; below that: anybody.
people = st.integers(0, 9) | st.integers(10, 39) | st.integers(10, 39)
rarely = st.sampled_from([False, False, False, True])


def sound_terms() -> st.SearchStrategy[tuple[frozenset[str], int, bool]]:
    readers = st.sampled_from([(COUNTY,), (COUNTY, "discipline_body"), (COUNTY, "city_director")])
    return st.tuples(readers.map(frozenset), st.sampled_from([20, 60, 90]), st.booleans())


def terms() -> st.SearchStrategy[tuple[frozenset[str], int, bool]]:
    """Readers, days from now, export: most of them such that they can be."""
    readers = st.sets(st.sampled_from(ROLES_READ), max_size=3).map(frozenset)
    odd = st.tuples(readers, st.sampled_from(TERM_ENDS), st.booleans())
    return sound_terms() | sound_terms() | sound_terms() | odd


def redactions() -> st.SearchStrategy[tuple[bool, int, int]]:
    """Whether a field is withheld, and from where to where words of another are hidden."""
    return st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 3))
