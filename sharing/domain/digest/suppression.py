"""Which cells are withheld: the small counts, and what must go with them at least cost.

A withheld cell is safe when there is a *twin*: other counts, with the same figures published, in which
the cell has another value. First the small counts are tried alone: many hide one another. For those that
nothing hides, one twin is sought that moves all of them and, of what would have been published, as few
cells as can be, and of those the smallest. What moves in it is withheld as well.

Cheapest when the solver has proven it; in any case no more than a proposal: the audit decides.

Who has this program could run it on other counts and drop those that it would have hidden otherwise. So a
few *decoys*, drawn by chance, are withheld like small counts: then every set of counts that the audit leaves
possible could have led to the same digest (`docs/architecture/digest.md` has the argument).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from sharing.domain.digest.publications import Protection
from sharing.domain.digest.tables import Cell, Sum
from sharing.domain.digest.worlds import Balance, Question, Range, Search, World, ask

# In a larger system the cheapest choice is not worth its time: further cells are moved by so much alone,
# which is a far easier question and nearly always costs as little.
EXACT_UP_TO = 300  # cells
SMALL_STEPS = (1, 3)


@dataclass(frozen=True, slots=True)
class Task:
    """`told` and `untold`: cells that an earlier publication showed, or withheld. `blank`: cells of lines
    that are not broken down at all; of these a reader cannot even tell that they are not zero.
    `decoys`: cells that are to be withheld where they hang together with others that must be. `insiders`:
    for each reader with counts of their own, which those are."""

    sums: tuple[Sum, ...]
    counts: Mapping[Cell, int]
    minimum: int
    protection: Protection
    search: Search
    told: frozenset[Cell] = frozenset()
    untold: frozenset[Cell] = frozenset()
    blank: frozenset[Cell] = frozenset()
    decoys: frozenset[Cell] = frozenset()
    insiders: tuple[frozenset[Cell], ...] = ()

    def is_small(self, cell: Cell) -> bool:
        return 0 < self.counts[cell] < self.minimum


def withheld_of(task: Task, *, linked: bool = True) -> frozenset[Cell]:
    """The cells to withhold. `linked` False: the small counts alone, which protects nobody."""
    small = {cell for cell in task.counts if task.is_small(cell)} - task.told
    must = frozenset(small | task.untold)
    if not linked or not must:
        return must
    first = must | task.blank | task.decoys
    found = first | _hiding(task, first, _unhidden(task, first, first))
    for own in task.insiders:
        theirs, others = replace(task, told=task.told | own), found - own
        found |= _hiding(theirs, others, _unhidden(theirs, others, others))
    return must.union(_tied_to(task, must, found))


def _unhidden(task: Task, withheld: frozenset[Cell], among: frozenset[Cell]) -> frozenset[Cell]:
    """Which of `among` have no twin as long as nothing but `withheld` may move."""
    some = [_small_in(task, group) for group in _with_small(task, withheld)]
    far = max(task.counts.values())
    question = Question(_ranges(task, withheld, far), _balances(task, withheld), some)
    open_ = among
    while open_:
        answer = ask(
            question, task.search, start=task.counts,
            costs=dict.fromkeys(open_, -1), targets=_targets(task, open_, far), roughly=True,
        )  # fmt: skip
        still = open_ if answer.world is None else _unmoved(task, answer.world, open_)
        if still == open_:
            break
        open_ = still
    return open_


def _hiding(task: Task, first: frozenset[Cell], exposed: frozenset[Cell]) -> frozenset[Cell]:
    """Further cells with which `exposed` have twins: by one twin, or what it leaves over by more.

    A cell that nothing can hide stays as it is; the audit will say so.
    """
    found = first
    for step in SMALL_STEPS if len(task.counts) > EXACT_UP_TO else (None,):
        while exposed:
            world = _twin(task, found, exposed, step)
            left = exposed if world is None else _unmoved(task, world, exposed)
            if world is None or left == exposed:
                break
            found |= _moved(task, world)
            exposed = _unhidden(task, found, left)
    return found - first


def _twin(
    task: Task, withheld: frozenset[Cell], moving: frozenset[Cell], step: int | None
) -> World | None:
    """Other counts in which as many of `moving` as can be have another value, at least cost of further cells.

    `step`: by how much further cells may move; None: by as much as it takes.
    """
    free = frozenset(c for c, n in task.counts.items() if n and c not in task.told) | withheld
    costs = _costs(task, free - withheld)
    ranges, targets = _ranges(task, free), _targets(task, free)
    if step is not None and task.protection is Protection.TWO_VALUES:
        near = {c: [(max(1, task.counts[c] - step), task.counts[c] + step)] for c in costs}
        ranges, targets = ranges | near, targets | near
    beside = _neighbours(task, withheld, frozenset(costs))
    groups = _with_small(task, withheld)
    some = [_small_in(task, group.union(*(beside[cell] for cell in group))) for group in groups]
    question = Question(ranges, _balances(task, free), some, if_moved=frozenset(costs))
    gain = dict.fromkeys(moving, -1 - sum(costs.values()))
    return ask(question, task.search, start=task.counts, costs=costs | gain, targets=targets).world


def _costs(task: Task, cells: Iterable[Cell]) -> dict[Cell, int]:
    """Fewest cells first, then the smallest counts: no sum of counts outweighs one cell."""
    counts = {cell: task.counts[cell] for cell in sorted(cells)}
    each = 1 + sum(counts.values())
    return {cell: each + count for cell, count in counts.items()}


def _ranges(task: Task, cells: Iterable[Cell], further: int = 0) -> dict[Cell, list[Range]]:
    """A shown zero is told to be zero, so whatever is withheld is one or more; not so in a blank line."""
    reach = 3 * task.minimum + further
    if task.protection is Protection.ACROSS_THE_MINIMUM:
        reach += max(task.counts.values())
    return {
        cell: [(0 if cell in task.blank else min(1, task.counts[cell]), task.counts[cell] + reach)]
        for cell in cells
    }


def _targets(task: Task, cells: Iterable[Cell], further: int = 0) -> dict[Cell, list[Range]]:
    """Where a cell must go for its value to be in doubt."""
    targets = {}
    for cell, [(least, most)] in _ranges(task, cells, further).items():
        count = task.counts[cell]
        if task.protection is Protection.TWO_VALUES:
            pieces = [(least, count - 1), (count + 1, most)]
        elif count < task.minimum:
            pieces = [(task.minimum, most)]
        else:
            pieces = [(least, task.minimum - 1)]
        targets[cell] = [(a, b) for a, b in pieces if a <= b]
    return targets


def _balances(task: Task, free: frozenset[Cell]) -> list[Balance]:
    """The sums in which something may move; all else stands as it was counted."""
    balances = []
    for whole, parts in task.sums:
        plus = tuple(cell for cell in parts if cell in free)
        minus = (whole,) if whole in free else ()
        if plus or minus:
            rest = sum(task.counts[c] for c in plus) - sum(task.counts[c] for c in minus)
            balances.append(Balance(plus, minus, rest))
    return balances


def _with_small(task: Task, withheld: frozenset[Cell]) -> list[set[Cell]]:
    """Not those of decoys alone: such will be tied to others, or shown in the end."""
    groups = _clusters(task.sums, withheld)
    return [group for group in groups if any(task.is_small(cell) for cell in group)]


def _small_in(task: Task, cells: Iterable[Cell]) -> dict[Cell, Range]:
    """Readers know that nothing is withheld where nothing is small: a twin needs a small count as well."""
    return dict.fromkeys(cells, (1, task.minimum - 1))


def _neighbours(
    task: Task, withheld: frozenset[Cell], further: frozenset[Cell]
) -> dict[Cell, set[Cell]]:
    near: dict[Cell, set[Cell]] = {cell: set() for cell in withheld}
    for whole, parts in task.sums:
        together = {whole, *parts}
        beside = together & further
        for cell in together & withheld:
            near[cell] |= beside
    return near


def _clusters(sums: Iterable[Sum], cells: frozenset[Cell]) -> list[set[Cell]]:
    """`cells` in groups that no sum ties to one another."""
    group_of = {cell: {cell} for cell in cells}
    for whole, parts in sums:
        tied = [group_of[cell] for cell in (whole, *parts) if cell in cells]
        for group in tied[1:]:
            if group is not group_of[next(iter(tied[0]))]:
                _join(group_of, tied[0], group)
    return list({id(group): group for group in group_of.values()}.values())


def _join(group_of: dict[Cell, set[Cell]], one: set[Cell], other: set[Cell]) -> None:
    into = group_of[next(iter(one))]
    into |= other
    for cell in other:
        group_of[cell] = into


def _tied_to(task: Task, must: frozenset[Cell], further: frozenset[Cell]) -> Iterator[Cell]:
    """Of `further`, what hangs together with a cell that must be withheld; the rest may be shown."""
    for group in _clusters(task.sums, must | further):
        if group & must:
            yield from group - must


def _moved(task: Task, world: World) -> frozenset[Cell]:
    return frozenset(cell for cell, value in world.items() if value != task.counts[cell])


def _unmoved(task: Task, world: World, cells: frozenset[Cell]) -> frozenset[Cell]:
    targets = _targets(task, cells, max(task.counts.values()))
    return frozenset(
        cell for cell in cells if not any(a <= world[cell] <= b for a, b in targets[cell])
    )
