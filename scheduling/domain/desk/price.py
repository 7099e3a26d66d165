"""What an act costs: the measures, the tiers and the breaches before and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scheduling.domain.desk.appraisal import Appraisal
from scheduling.domain.desk.bars import OF_PERSONS, shown_codes
from scheduling.domain.desk.edits import Edit, apply
from scheduling.domain.goals import roles_in
from scheduling.domain.problem import Problem, Role, Schedule
from scheduling.domain.verify import Breach


@dataclass(frozen=True, slots=True)
class BarredSeat:
    """Somebody in a role who may not visit a unit that their team visits.

    `rules`: the codes of the rules that bar them, without the facts behind them.
    """

    inspector: str
    role: Role
    unit: str
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Price:
    """The difference that an act makes: two whole evaluations, side by side.

    Measures are in the units of `goals.GOALS`, tiers those of the problem's objective. A
    breach's `message` may name a fact; show it only to who may read the whole problem.
    """

    measures_before: Mapping[str, int]
    measures_after: Mapping[str, int]
    tiers_before: tuple[int, ...]
    tiers_after: tuple[int, ...]
    breaches_new: tuple[Breach, ...]
    breaches_gone: tuple[Breach, ...]
    bars: tuple[BarredSeat, ...]  # barred seats that the act makes

    @property
    def measures_delta(self) -> dict[str, int]:
        """By measure, what is added; below 0 is better."""
        return {
            measure: value - self.measures_before[measure]
            for measure, value in self.measures_after.items()
        }

    @property
    def tiers_delta(self) -> tuple[int, ...]:
        pairs = zip(self.tiers_before, self.tiers_after, strict=True)
        return tuple(after - before for before, after in pairs)

    @property
    def rank(self) -> tuple[int, ...]:
        """For sorting, the least first: new breaches, then the tiers in order."""
        return (len(self.breaches_new), *self.tiers_delta)


@dataclass(frozen=True)
class Priced:
    """The plan after an act, and the price of the act."""

    schedule: Schedule
    price: Price


def price(problem: Problem, before: Schedule, edit: Edit) -> Priced:
    """Apply an act and say what it costs.

    `before` may break rules, but it names only what the problem has. For many acts on one
    plan keep an `Appraisal` and ask `price_from`.

    Raises
    ------
    EditImpossible
        As `edits.apply` does.
    """
    return price_from(Appraisal(problem, before), edit)


def price_from(appraisal: Appraisal, edit: Edit) -> Priced:
    """`price` of an act on the plan that was appraised already."""
    after = apply(appraisal.problem, appraisal.schedule, edit)
    return Priced(after, price_between(appraisal, after))


def price_between(appraisal: Appraisal, after: Schedule) -> Price:
    """The price of going from the appraised plan to another one."""
    measures = appraisal.measures_of(after)
    breaches = appraisal.breaches_of(after)
    before = set(appraisal.breaches)
    found = set(breaches)
    new = tuple(breach for breach in breaches if breach not in before)
    return Price(
        measures_before=appraisal.measures,
        measures_after=measures,
        tiers_before=appraisal.tiers(appraisal.measures),
        tiers_after=appraisal.tiers(measures),
        breaches_new=new,
        breaches_gone=tuple(breach for breach in appraisal.breaches if breach not in found),
        bars=tuple(_barred_seats(appraisal, after, new)),
    )


def better(price: Price) -> bool:
    """Whether the act improves the plan: it breaks nothing new, and mends something or lowers
    the first tier that it changes."""
    if price.breaches_new:
        return False
    return bool(price.breaches_gone) or price.tiers_after < price.tiers_before


def _barred_seats(
    appraisal: Appraisal, after: Schedule, new: Sequence[Breach]
) -> Iterator[BarredSeat]:
    codes: dict[tuple[str, ...], list[str]] = {}
    for breach in new:
        if breach.code in OF_PERSONS:
            codes.setdefault(breach.subjects, []).append(breach.code)
    if not codes:
        return
    for team in appraisal.differing(after)[1]:
        for person, role in roles_in(team):
            for unit in dict.fromkeys(visit.unit for visit in team.visits):
                rules = [
                    shown
                    for code in codes.get((person, unit), ())
                    for shown in shown_codes(appraisal.problem, code, team, person, unit)
                ]
                if rules:
                    yield BarredSeat(person, role, unit, tuple(rules))
