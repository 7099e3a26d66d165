"""Other counts that would look the same: the one module of the digest that speaks to the solver.

A world gives each cell a whole number, in the cell's ranges, so that all sums come out. What is found
here is never believed: whoever asks checks the world by adding it up.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ortools.sat.python import cp_model

from sharing.domain.digest.tables import Cell

Range = tuple[int, int]  # both ends included
World = Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class Search:
    """`seconds`: wall-clock, for each question to the solver. With one worker the same question has
    the same answer, unless time runs out. `before_each` question is called: to say that the work goes
    on, or to end all of it by an exception."""

    seconds: float = 10.0
    workers: int = 1
    before_each: Callable[[], None] | None = None


class Balance(NamedTuple):
    """The sum of `plus`, less the sum of `minus`, is `rest`."""

    plus: tuple[Cell, ...]
    minus: tuple[Cell, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class Question:
    """`some`: of each group, one cell at least lies in its range; a cell that must have moved for that
    stands in `if_moved`."""

    ranges: Mapping[Cell, Sequence[Range]]
    balances: Sequence[Balance]
    some: Sequence[Mapping[Cell, Range]] = ()
    if_moved: Collection[Cell] = frozenset()


class Answer(NamedTuple):
    """`world` None: there is none, if `proven`; else none was found in time."""

    world: World | None
    proven: bool


def ask(
    question: Question,
    search: Search,
    *,
    start: World | None = None,
    costs: Mapping[Cell, int] | None = None,
    targets: Mapping[Cell, Sequence[Range]] | None = None,
    roughly: bool = False,
) -> Answer:
    """The world in which moving cells away from `start` costs least. A negative cost is a gain.

    A cell of `costs` either keeps its value of `start` or goes into its range of `targets`. `roughly`: up to
    a twentieth from the best will do, for who asks again about what is left.
    """
    if search.before_each is not None:
        search.before_each()
    model = cp_model.CpModel()
    numbers = {
        cell: model.new_int_var_from_domain(cp_model.Domain.from_intervals([*ranges]), "")
        for cell, ranges in question.ranges.items()
    }
    for plus, minus, rest in question.balances:
        model.add(sum(numbers[c] for c in plus) - sum(numbers[c] for c in minus) == rest)
    moved = _moves(model, numbers, start or {}, costs or {}, targets or {})
    _say_some(model, numbers, moved, question)
    if costs:
        model.minimize(sum(cost * moved[cell] for cell, cost in costs.items()))
    for cell, value in (start or {}).items():
        if cell in numbers:
            model.add_hint(numbers[cell], value)
    return _solved(model, numbers, search, 0.05 if roughly else 0.0)


def _moves(
    model: cp_model.CpModel,
    numbers: Mapping[Cell, cp_model.IntVar],
    start: World,
    costs: Iterable[Cell],
    targets: Mapping[Cell, Sequence[Range]],
) -> dict[Cell, cp_model.LinearExprT]:
    """For each cell of `costs` 1 if it moves, else 0."""
    moved: dict[Cell, cp_model.LinearExprT] = {}
    for cell in costs:
        number, value = numbers[cell], start[cell]
        target = cp_model.Domain.from_intervals([*targets[cell]])
        if all(value - 1 <= a and b <= value + 1 for a, b in targets[cell]):
            # One step up or down: a sum that the solver can reason with far better than with "if".
            up, down = model.new_bool_var(""), model.new_bool_var("")
            model.add_at_most_one(up, down)
            model.add(number == value + up - down)
            moved[cell] = up + down
        else:
            moves = model.new_bool_var("")
            model.add_linear_expression_in_domain(number, target).only_enforce_if(moves)
            model.add(number == value).only_enforce_if(~moves)
            moved[cell] = moves
    return moved


def _say_some(
    model: cp_model.CpModel,
    numbers: Mapping[Cell, cp_model.IntVar],
    moved: Mapping[Cell, cp_model.LinearExprT],
    question: Question,
) -> None:
    for group in question.some:
        literals = []
        for cell, (least, most) in group.items():
            holds = model.new_bool_var("")
            model.add_linear_constraint(numbers[cell], least, most).only_enforce_if(holds)
            if cell in question.if_moved:
                model.add(moved[cell] >= holds)
            literals.append(holds)
        model.add_bool_or(literals)


def _solved(
    model: cp_model.CpModel, numbers: Mapping[Cell, cp_model.IntVar], search: Search, gap: float
) -> Answer:
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = search.seconds
    solver.parameters.relative_gap_limit = gap
    solver.parameters.num_workers = search.workers
    status = solver.solve(model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        world = {cell: solver.value(number) for cell, number in numbers.items()}
        return Answer(world, status == cp_model.OPTIMAL)
    return Answer(None, status == cp_model.INFEASIBLE)
