"""Which units stand where: by county, and above or below one another.

Only units that are up for inspection are ever barred. The others carry facts: they are
links in the chain of parents.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scheduling.domain.problem import Problem, Unit


def units_by_county(problem: Problem) -> dict[str, list[Unit]]:
    """The inspectable units of each county."""
    counties: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in problem.units:
        if unit.inspectable:
            counties[unit.county].append(unit)
    return counties


class UnitTree:
    """The chain of competent bodies, read once for a whole rule.

    A loop of parents is a fault of the document, but no rule may hang on one.
    """

    def __init__(self, problem: Problem) -> None:
        self._units = problem.unit_by_id
        self._children: defaultdict[str, list[str]] = defaultdict(list)
        for unit in problem.units:
            if unit.parent is not None:
                self._children[unit.parent].append(unit.id)

    def at_or_below(self, unit_id: str) -> Iterator[Unit]:
        """The unit itself and all under it at any depth, where inspectable."""
        seen: set[str] = set()
        stack = [unit_id] if unit_id in self._units else []
        while stack:
            current = stack.pop()
            if current in seen:
                continue
            seen.add(current)
            if self._units[current].inspectable:
                yield self._units[current]
            stack.extend(self._children.get(current, ()))

    def above(self, unit_id: str) -> Iterator[Unit]:
        """All above the unit, nearest first, where inspectable."""
        seen = {unit_id}
        current = self._units[unit_id].parent if unit_id in self._units else None
        while current is not None and current not in seen:
            seen.add(current)
            if self._units[current].inspectable:
                yield self._units[current]
            current = self._units[current].parent
