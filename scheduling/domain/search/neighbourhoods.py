"""Small parts of a plan solved anew by CP-SAT while the rest stays.

Source: Shaw: Using constraint programming and local search methods to solve vehicle routing
problems, CP 1998 (large neighbourhood search).
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from scheduling.domain.model.build import build
from scheduling.domain.model.hints import hint
from scheduling.domain.model.objective import measure_expressions, tier_expressions
from scheduling.domain.model.scope import Scope
from scheduling.domain.model.variables import Linear, Model, total
from scheduling.domain.problem import Schedule, Team
from scheduling.domain.search.facts import Facts
from scheduling.domain.search.run import Run, Share
from scheduling.domain.search.subsolve import Limits, solve

PEOPLE_PER_TEAM = 45  # candidates besides those who are in the teams already


class Neighbourhoods:
    """Chooses parts of the run's best plan and asks CP-SAT for a better one."""

    def __init__(self, run: Run, facts: Facts, *, seed: int) -> None:
        self.run = run
        self.facts = facts
        self.rng = random.Random(seed)  # noqa: S311 - a search, not a secret

    def improve(self, budget: Run | Share) -> None:
        """Solve one part anew and offer the result."""
        best, values = self.run.best, self.run.values
        if best is None or values is None or not self.run.problem.teams:
            return
        scope = self._scope(best)
        model = build(self.run.problem, scope=scope)
        hint(model, best)
        objective = _objective(model, values, self.facts.solver_weights)
        limits = Limits(seconds=4.0, work=2.0 * len(scope.free))
        answer = solve(model, budget, limits, objective)
        self.run.spend(0.05)
        if answer.schedule is not None:
            self.run.offer(answer.schedule, "neighbourhoods")

    def _scope(self, best: Schedule) -> Scope:
        problem, rng = self.run.problem, self.rng
        filled = {team.id: team for team in best.teams if team.visits}
        if not filled:
            return Scope(kept=(), free=frozenset({rng.choice(problem.teams).id}))
        dice = rng.random()
        if dice < 0.35 or len(filled) < 2:
            chosen = [rng.choice(list(filled.values()))]
        elif dice < 0.75:
            chosen = self._of_one_county(filled, rng.choice((2, 2, 3)))
        else:
            chosen = rng.sample(list(filled.values()), min(len(filled), rng.choice((2, 3))))
        free = {team.id for team in chosen}
        spare = [slot.id for slot in problem.teams if slot.id not in filled]
        hosts = frozenset(problem.unit_by_id[v.unit].county for t in chosen for v in t.visits)
        if spare and len(hosts) == 1 and rng.random() < 0.15:
            free.add(spare[0])
        own = {team.id: self._hosts(team) for team in chosen}
        return Scope(
            kept=tuple(team for team in filled.values() if team.id not in free),
            free=frozenset(free),
            people=self._candidates(filled, chosen, hosts),
            hosts={team: own.get(team, hosts) for team in free}
            if problem.policy.team_counties == 1
            else None,
        )

    def _hosts(self, team: Team) -> frozenset[str]:
        units = self.run.problem.unit_by_id
        return frozenset(units[visit.unit].county for visit in team.visits)

    def _of_one_county(self, filled: Mapping[str, Team], count: int) -> list[Team]:
        hosts = sorted({host for team in filled.values() for host in self._hosts(team)})
        host = self.rng.choice(hosts)
        there = [team for team in filled.values() if host in self._hosts(team)]
        return self.rng.sample(there, min(len(there), count))

    def _candidates(
        self, filled: Mapping[str, Team], chosen: list[Team], hosts: frozenset[str]
    ) -> frozenset[str]:
        problem = self.run.problem
        seated = {person for team in filled.values() for person in team.people}
        free = [person for person in problem.inspectors if person.id not in seated]
        travel = self.facts.weights["travel"]
        recent = self.facts.weights["recent_load"]
        index = self.facts.office_index
        where = [index[host] for host in hosts]
        price = {
            person.id: travel
            * min(self.facts.distance[index[person.office]][host] for host in where)
            + recent * person.recent_days
            + int(60_000 * self.rng.random()) * max(travel, recent) // 1_000
            for person in free
        }
        cheap = sorted(price, key=price.__getitem__)[: PEOPLE_PER_TEAM * len(chosen)]
        pinned = {problem.inspectors[k].id for k in self.facts.pinned_seat}
        return frozenset(
            {*cheap, *(person for team in chosen for person in team.people), *pinned - seated}
        )


def _objective(model: Model, values: tuple[int, ...], weights: Mapping[str, int]) -> Linear:
    """The last tier alone where all before are at 0, which is far easier; else all together."""
    if not any(values[:-1]):
        *before, last = tier_expressions(model)
        for tier in before:
            model.cp.add(tier <= 0)
        return last
    return total(
        weights[measure] * expression
        for measure, expression in measure_expressions(model, weights).items()
    )
