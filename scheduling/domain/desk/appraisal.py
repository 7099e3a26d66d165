"""A plan, weighed; and other plans weighed from it, when they differ in a few teams.

The figures are those of `goals.measures` and `verify.breaches`, which know no shortcut. Here
only the teams that differ are looked at again, so that hundreds of small changes can be
weighed while somebody waits. Property tests hold both ways to the same figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from scheduling.domain import goals
from scheduling.domain.problem import PinUnit, Problem, Role, Schedule, Team
from scheduling.domain.verify import Breach, Verdicts

# Measures that are the sum over the teams of what each team costs alone.
OF_ONE_TEAM = {
    "soft_conflict": goals.soft_conflict,
    "skill_gap": goals.skill_gap,
    "green_leader": goals.green_leader,
    "travel": goals.travel,
}

Taken = Counter[tuple[str, Role]]  # (team, role): how often somebody is mentioned there
Made = Counter[tuple[str, date]]  # (team, start): how often a unit is visited so
Mention = TypeVar("Mention")


@dataclass
class _Book:
    """Who is mentioned where in some teams, and what they visit."""

    taken: dict[str, Taken] = field(default_factory=lambda: defaultdict(Counter))
    made: dict[str, Made] = field(default_factory=lambda: defaultdict(Counter))

    def enter(self, team: Team, times: int = 1) -> None:
        for person, role in goals.roles_in(team):
            self.taken[person][team.id, role] += times
        for visit in team.visits:
            self.made[visit.unit][team.id, visit.start] += times


class Appraisal:
    """The measures and breaches of `schedule`, and of plans that differ from it in few teams.

    The plan may break rules, but it names only what the problem has.
    """

    def __init__(self, problem: Problem, schedule: Schedule) -> None:
        self.problem = problem
        self.schedule = schedule
        self.verdicts = Verdicts(problem)
        self.measures: Mapping[str, int] = goals.measures(problem, schedule)
        self.breaches: Sequence[Breach] = self.verdicts.breaches(schedule)
        self._costs: dict[Team, dict[str, int]] = {}
        self._book = _Book()
        for team in schedule.teams:
            self._book.enter(team)
        self._published = _Book()
        for team in problem.baseline or ():
            self._published.enter(team)
        self._listed = Counter(person.office for person in problem.inspectors)
        self._sent = Counter(problem.inspector_by_id[person].office for person in self._book.taken)
        self._pinned_out = {
            pin.unit for pin in problem.pins if isinstance(pin, PinUnit) and pin.team is None
        }

    def tiers(self, measures: Mapping[str, int]) -> tuple[int, ...]:
        return tuple(goals.tier_values(self.problem, measures))

    def breaches_of(self, after: Schedule) -> Sequence[Breach]:
        return self.verdicts.breaches(after)

    def breaks_anew(self, after: Schedule) -> bool:
        """Whether one of the teams that differ breaks a rule that was not broken, looking at
        each team alone. False says nothing yet of the rules across teams."""
        known = set(self.breaches)
        _, new = self.differing(after)
        return any(breach not in known for team in new for breach in self.verdicts.within(team))

    def measures_of(self, after: Schedule) -> dict[str, int]:
        """The same figures as `goals.measures(problem, after)`."""
        gone, new = self.differing(after)
        change = _Book()
        for team in gone:
            change.enter(team, -1)
        for team in new:
            change.enter(team)
        measures = dict(self.measures)
        for sign, teams in ((-1, gone), (1, new)):
            for team in teams:
                for measure, cost in self._cost(team).items():
                    measures[measure] += sign * cost
        self._weigh_people(change, measures)
        self._weigh_units(change, measures)
        return measures

    def differing(self, after: Schedule) -> tuple[list[Team], list[Team]]:
        """The teams of this plan that `after` has not, and the other way round."""
        ours = {id(team) for team in self.schedule.teams}
        theirs = {id(team) for team in after.teams}
        return (
            [team for team in self.schedule.teams if id(team) not in theirs],
            [team for team in after.teams if id(team) not in ours],
        )

    def _cost(self, team: Team) -> dict[str, int]:
        cost = self._costs.get(team)
        if cost is None:
            alone = Schedule((team,))
            cost = {name: value(self.problem, alone) for name, value in OF_ONE_TEAM.items()}
            self._costs[team] = cost
        return cost

    def _weigh_people(self, change: _Book, measures: dict[str, int]) -> None:
        sent: Counter[str] = Counter()
        for name, moves in change.taken.items():
            if not any(moves.values()):
                continue
            person = self.problem.inspector_by_id[name]
            before = self._book.taken.get(name, Counter())
            after = _kept(before, moves)
            step = bool(after) - bool(before)
            sent[person.office] += step
            measures["recent_load"] += step * person.recent_days
            measures["changes"] += self._departs(self._published.taken.get(name), before, after)
        measures["peak_share"] = max(
            (
                -(-1000 * (self._sent[county.id] + sent[county.id]) // self._listed[county.id])
                for county in self.problem.counties
                if self._listed[county.id]
            ),
            default=0,
        )

    def _weigh_units(self, change: _Book, measures: dict[str, int]) -> None:
        for name, moves in change.made.items():
            if not any(moves.values()):
                continue
            unit = self.problem.unit_by_id[name]
            before = self._book.made.get(name, Counter())
            after = _kept(before, moves)
            counts = unit.inspectable and not unit.mandatory and name not in self._pinned_out
            measures["uncovered"] += counts * (bool(before) - bool(after)) * unit.priority
            measures["changes"] += self._departs(self._published.made.get(name), before, after)

    def _departs(
        self,
        published: Counter[Mention] | None,
        before: Counter[Mention],
        after: Counter[Mention],
    ) -> int:
        """How much more `after` departs from what was published than `before` does."""
        if self.problem.baseline is None:
            return 0
        told = set(published or ())
        return (set(after) != told) - (set(before) != told)


def _kept(before: Counter[Mention], moves: Counter[Mention]) -> Counter[Mention]:
    """The mentions that are left; those that come to nothing are dropped."""
    after = Counter(before)
    after.update(moves)
    return +after
