"""Whatever is done to a file, it is cleaned or refused in words: nothing falls, and no trace passes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sharing.attachments.cleaning import cleaned
from sharing.attachments.refusals import FileRefused
from sharing.attachments.sniffing import kind_of
from tests.planted import FILES, MARK, all_of

# Where, and what stands there instead.
CHANGES = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=0, max_size=6)),
    min_size=1,
    max_size=4,
)


def changed(content: bytes, changes: list[tuple[float, bytes]], end: float) -> bytes:
    found = bytearray(content)
    for where, bytes_ in changes:
        at = int(where * len(found))
        found[at : at + max(len(bytes_), 1)] = bytes_
    return bytes(found[: int(end * len(found)) + 1])


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=CHANGES, end=st.one_of(st.just(1.0), st.floats(0.5, 1)))
def test_a_damaged_file_is_cleaned_or_refused(
    name: str, changes: list[tuple[float, bytes]], end: float
) -> None:
    content = changed(FILES[name], changes, end)

    try:
        made = cleaned(kind_of(content), content)
    except FileRefused:
        return

    assert MARK not in all_of(made.content)
