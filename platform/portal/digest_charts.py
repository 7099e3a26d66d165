"""Bars of a digest: lengths by the counts that are told; what is not told has its mark and no length."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from kernel.text import Text
from sharing.domain.digest.publications import Mark
from sharing.selectors.digests import Chart, Section, Settled, Share

FULL = 100  # the width of a bar's frame
MOST_BARS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """`count` None: `mark` stands for it."""

    title: Text
    count: int | None
    mark: Mark | None
    width: float


@dataclass(frozen=True, slots=True)
class Bars:
    title: Text
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class ShareBar:
    title: Text
    rate: float | None
    width: float


def bars_of(section: Section) -> list[Bars]:
    """Of headings alone: what stands under them is in the table."""
    return [_bars(chart) for chart in section.charts]


def share_bars(settled: Settled) -> list[ShareBar]:
    shares: list[Share] = [one for section in settled.sections for one in section.shares]
    told = sorted(shares, key=lambda one: -(one.rate if one.rate is not None else -1))
    return [
        ShareBar(one.county, _share(one.rate), round(float(one.rate or 0) * FULL, 1))
        for one in told
    ]


def closed_share(settled: Settled) -> float | None:
    """Of the whole city; None where a count that it needs is not told."""
    return _share(settled.closed)


def _share(rate: Fraction | None) -> float | None:
    return None if rate is None else float(rate)


def _bars(chart: Chart) -> Bars:
    lines = [line for line in chart.lines if line.depth == 1]
    figures = {line.code: line.figures[0] for line in lines}
    most = max((one for one in figures.values() if isinstance(one, int)), default=0)
    bars = []
    for line in lines:
        figure = figures[line.code]
        count, mark = (None, figure) if isinstance(figure, Mark) else (figure, None)
        if count != 0:  # A zero is told by the table; a bar of no length tells less.
            bars.append(Bar(line.title, count, mark, round((count or 0) * FULL / max(most, 1), 1)))
    return Bars(chart.title, bars[:MOST_BARS])
