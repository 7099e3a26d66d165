"""Rates and common problems: worked out from what was published, so they can tell nothing more.

No function here is given a count that readers do not have. Averages of days or sums of money are not
told at all: a mean and its count give the sum, and sums of withheld cells come out by subtraction.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from sharing.domain.digest.publications import Publication
from sharing.domain.digest.tables import TOTAL, Cell, Table


def rate(publication: Publication, part: Cell, whole: Cell) -> Fraction | None:
    """The share; None where either count is not told, or there is nothing to share."""
    of_part, of_whole = publication.count(part), publication.count(whole)
    if of_part is None or not of_whole:
        return None
    return Fraction(of_part, of_whole)


@dataclass(frozen=True, slots=True)
class CommonProblem:
    """`counties`: where a count is told for it. `findings`: of the whole city, None if not told."""

    category: str
    counties: tuple[str, ...]
    findings: int | None


def common_problems(
    publication: Publication, table: Table, *, at_least: int
) -> tuple[CommonProblem, ...]:
    """Categories for which `at_least` counties have a told count above zero; the most frequent first, then
    those whose count is not told.

    `table`: categories by counties. A county whose count is withheld is not named: the list would tell.
    """
    category, county = table.dimensions
    found = []
    for code in category.codes[1:]:
        told = (one for one in county.leaves if publication.count(table.cell(code, one)))
        counties = tuple(told)
        if len(counties) >= at_least:
            findings = publication.count(table.cell(code, TOTAL))
            found.append(CommonProblem(code, counties, findings))
    return tuple(sorted(found, key=_by_count))


def _by_count(one: CommonProblem) -> tuple[bool, int, str]:
    return one.findings is None, -(one.findings or 0), one.category
