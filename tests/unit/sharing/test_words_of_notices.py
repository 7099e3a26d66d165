"""An instant in a notice is written as every page writes one."""

from __future__ import annotations

from scheduling.domain.notices import KIND_BY_CODE
from sharing.domain.hit_news import TOLD


def test_the_moment_until_which_something_waits_reads_as_on_the_pages() -> None:
    said = KIND_BY_CODE[TOLD].told({"until": "2027-01-09 09:00"})

    assert "请在 2027年1月9日 09:00 前" in said.zh
    assert "until 9 Jan 2027 09:00" in said.en
