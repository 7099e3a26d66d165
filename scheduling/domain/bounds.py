"""Lower bounds of a tier that need no search: how few teams, how cheap the people at best.

A relaxation of the whole contract: it knows counties and people, not teams and days. Every
constraint of it is implied by the rules (docs/scheduling/model.md, "Bounds"), so its optimum,
and any bound that the solver proves of it, is a bound of the round itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduling.domain.problem import Problem, Tier
from scheduling.domain.search.facts import DEPUTY, LEADER, MEMBER, Body, Facts
from scheduling.domain.search.run import Run, Share
from scheduling.domain.search.subsolve import Watcher, proven

LARGEST = 60_000  # people x counties, above which the relaxation is not worth its memory
SECONDS, WORK = 20.0, 20.0
RISKY = 4

Var = cp_model.IntVar
Expr = cp_model.LinearExpr
Seats = dict[tuple[int, int], Var]  # (person, county)


@dataclass
class _Relaxation:
    """People by the county that they visit. `goes` in any role, `leads` as a leader."""

    facts: Facts
    must: dict[int, list[Body]]  # county -> units that every such plan visits
    cp: cp_model.CpModel
    teams: dict[int, Var]
    goes: Seats
    leads: Seats


def quick_bound(
    run: Run, budget: Run | Share, facts: Facts, tier: int, given: Sequence[int]
) -> int | None:
    """A proven lower bound of `tier` given the values of the tiers before; None without one."""
    problem = run.problem
    if problem.policy.team_counties != 1 or not problem.teams:
        return None
    if len(problem.inspectors) * len(facts.units_of) > LARGEST:
        return None
    relaxation = _relaxed(facts, _visited(facts, problem, tier, given))
    relaxation.cp.minimize(_objective(relaxation, problem.policy.objective[tier]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.linearization_level = 2
    solver.parameters.random_seed = run.seed % 2**31
    left = budget.left_work
    solver.parameters.max_deterministic_time = WORK if left is None else max(0.0, min(WORK, left))
    limit = budget.left_s if left is not None else min(SECONDS, budget.left_s)
    solver.parameters.max_time_in_seconds = max(0.01, limit)
    with Watcher(budget, solver):
        status = solver.solve(relaxation.cp)
    run.spend(solver.response_proto.deterministic_time)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
        return None
    bound = proven(solver.best_objective_bound)
    return None if bound is None else max(0, bound)


def _visited(
    facts: Facts, problem: Problem, tier: int, given: Sequence[int]
) -> dict[int, list[Body]]:
    """The units that a plan with these values must visit: the mandatory ones, and those whose
    priority alone is above what an earlier tier has left for `uncovered`."""
    room = math.inf
    for earlier, value in zip(problem.policy.objective[:tier], given, strict=True):
        weight = earlier.get("uncovered", 0)
        if weight:
            room = min(room, value / weight)
    return {
        county: [
            facts.bodies[k]
            for k in units
            if facts.bodies[k].must or facts.bodies[k].priority > room
        ]
        for county, units in facts.units_of.items()
    }


def _relaxed(facts: Facts, must: dict[int, list[Body]]) -> _Relaxation:
    cp = cp_model.CpModel()
    relaxation = _Relaxation(facts, must, cp, {}, {}, {})
    slots = facts.problem.teams
    for county, units in must.items():
        least = least_teams(facts, units)
        relaxation.teams[county] = cp.new_int_var(min(least, len(slots)), len(slots), "")
    cp.add(Expr.sum(list(relaxation.teams.values())) <= len(slots))
    _add_people(relaxation)
    for county in must:
        _staff(relaxation, county)
        _skills(relaxation, county)
    _limit_arcs(relaxation)
    return relaxation


def least_teams(facts: Facts, units: Sequence[Body]) -> int:
    """No fewer teams can visit the units: their days, and how many each may take."""
    if not units:
        return 0
    widest = max(slot.concurrency for slot in facts.problem.teams)
    room = facts.calendar_days * widest
    by_days = math.ceil(sum(unit.days for unit in units) / room)
    return max(1, by_days, math.ceil(len(units) / max(1, most_units(facts, units))))


def most_units(facts: Facts, units: Sequence[Body]) -> int:
    """No team can visit more of the units than this."""
    slots = facts.problem.teams
    room = facts.calendar_days * max(slot.concurrency for slot in slots)
    count = 0
    for days in sorted(unit.days for unit in units):
        room -= days
        if room < 0:
            break
        count += 1
    caps = [slot.max_units for slot in slots]
    limits = [cap for cap in caps if cap is not None]
    return count if len(limits) < len(caps) else min(count, max(limits))


def _add_people(relaxation: _Relaxation) -> None:
    facts, cp = relaxation.facts, relaxation.cp
    for county in relaxation.must:
        for person in range(len(facts.people)):
            roles = [
                role for role in (LEADER, DEPUTY, MEMBER) if _fits(facts, person, county, role)
            ]
            if not roles:
                continue
            goes = relaxation.goes[person, county] = cp.new_bool_var("")
            if LEADER in roles:
                leads = relaxation.leads[person, county] = cp.new_bool_var("")
                cp.add_implication(leads, goes)
    by_person: dict[int, list[Var]] = {}
    for (person, _), goes in relaxation.goes.items():
        by_person.setdefault(person, []).append(goes)
    for chosen in by_person.values():
        cp.add_at_most_one(chosen)
    quota = facts.policy.home_unit_quota
    by_employer: dict[int, list[Var]] = {}
    for person, chosen in by_person.items():
        if facts.employer[person] >= 0:
            by_employer.setdefault(facts.employer[person], []).extend(chosen)
    for colleagues in by_employer.values():
        cp.add(Expr.sum(colleagues) <= quota)


def _fits(facts: Facts, person: int, county: int, role: int) -> bool:
    """Whether some unit of the county is open to the person in that role."""
    office = facts.office[person]
    host = office == county
    if not facts.may[role][person] or (host and facts.policy.host_seats.max == 0):
        return False
    if not host and not facts.may_send[office][county]:
        return False
    if role == LEADER and not host and not facts.may_lead[office][county]:
        return False
    units = sum(1 << unit for unit in facts.units_of[county])
    return bool(~facts.bars[host][role][person] & units)


def _staff(relaxation: _Relaxation, county: int) -> None:
    """So many teams have so many people, one leader each, and so many who have served."""
    facts, cp = relaxation.facts, relaxation.cp
    teams = relaxation.teams[county]
    slots = facts.problem.teams
    going = {p: goes for (p, c), goes in relaxation.goes.items() if c == county}
    leading = [leads for (_, c), leads in relaxation.leads.items() if c == county]
    cp.add(Expr.sum(list(going.values())) >= min(slot.size[0] for slot in slots) * teams)
    cp.add(Expr.sum(leading) == teams)
    heads = min(slot.deputies[0] for slot in slots) + 1
    able = [goes for p, goes in going.items() if facts.may[DEPUTY][p]]
    cp.add(Expr.sum(able) >= heads * teams)
    seasoned = [goes for p, goes in going.items() if facts.seasoned[p]]
    cp.add(Expr.sum(seasoned) >= facts.policy.experienced * teams)


def _skills(relaxation: _Relaxation, county: int) -> None:
    for skill, demand in _demands(relaxation, county, wanted=False).items():
        relaxation.cp.add(_able(relaxation, county, skill) >= demand)


def _able(relaxation: _Relaxation, county: int, skill: int) -> Expr:
    skills = relaxation.facts.skills
    return Expr.sum(
        [goes for (p, c), goes in relaxation.goes.items() if c == county and skill in skills[p]]
    )


def _demands(relaxation: _Relaxation, county: int, *, wanted: bool) -> dict[int, int]:
    """Per skill, a lower bound of the sum over the county's teams of the most that a unit of
    the team asks for: with at most m units a team, the j-th team's is no less than the
    (1 + (j - 1)·m)-th largest of all."""
    units = relaxation.must[county]
    step = max(1, most_units(relaxation.facts, units))
    asked: dict[int, list[int]] = {}
    for unit in units:
        for skill, count in unit.wants if wanted else unit.needs:
            asked.setdefault(skill, []).append(count)
    return {skill: sum(sorted(counts)[::-1][::step]) for skill, counts in asked.items()}


def _limit_arcs(relaxation: _Relaxation) -> None:
    """Reciprocity, targets and sources, over the offices that send anybody."""
    facts, policy, cp = relaxation.facts, relaxation.facts.policy, relaxation.cp
    leaders = policy.reciprocity == "leaders"
    arcs = _arcs(relaxation, relaxation.leads if leaders else relaxation.goes)
    if policy.reciprocity != "off":
        for (a, b), arc in arcs.items():
            if a < b and (b, a) in arcs:
                cp.add_at_most_one(arc, arcs[b, a])
    if leaders or policy.office_targets >= len(relaxation.must):
        return
    for office in range(len(facts.is_county)):
        going = [arc for (a, _), arc in arcs.items() if a == office]
        cp.add(Expr.sum(going) <= policy.office_targets)


def _arcs(relaxation: _Relaxation, seats: Seats) -> dict[tuple[int, int], Var]:
    facts = relaxation.facts
    arcs: dict[tuple[int, int], Var] = {}
    for (person, county), seat in seats.items():
        office = facts.office[person]
        if not facts.is_county[office] or office == county:
            continue
        if (office, county) not in arcs:
            arcs[office, county] = relaxation.cp.new_bool_var("")
        relaxation.cp.add_implication(seat, arcs[office, county])
    return arcs


def _objective(relaxation: _Relaxation, weight: Tier) -> Expr:
    facts = relaxation.facts
    terms: list[Expr | int] = []
    for (person, county), goes in relaxation.goes.items():
        price = weight.get("travel", 0) * facts.distance[facts.office[person]][county]
        price += weight.get("recent_load", 0) * facts.recent[person]
        terms.append(price * goes)
    if weight.get("peak_share"):
        terms.append(weight["peak_share"] * _peak(relaxation))
    for county in relaxation.must:
        if weight.get("skill_gap"):
            terms.append(weight["skill_gap"] * _gap(relaxation, county))
        if weight.get("green_leader"):
            terms.append(weight["green_leader"] * _green(relaxation, county))
    return Expr.sum(terms)


def _peak(relaxation: _Relaxation) -> Var:
    facts = relaxation.facts
    peak = relaxation.cp.new_int_var(0, 1000, "")
    for office, county in enumerate(facts.is_county):
        listed = len(facts.share[office]) - 1
        people = [goes for (p, _), goes in relaxation.goes.items() if facts.office[p] == office]
        if county and listed and people:
            relaxation.cp.add(listed * peak >= 1000 * Expr.sum(people))
    return peak


def _gap(relaxation: _Relaxation, county: int) -> Expr:
    """Whoever is missing of the sum of `_demands` is missing at some unit at least."""
    terms: list[Expr | int] = []
    for skill, demand in _demands(relaxation, county, wanted=True).items():
        least_risk = min(unit.risk for unit in relaxation.must[county] if skill in dict(unit.wants))
        missing = relaxation.cp.new_int_var(0, demand, "")
        relaxation.cp.add(missing + _able(relaxation, county, skill) >= demand)
        terms.append(least_risk * missing)
    return Expr.sum(terms)


def _green(relaxation: _Relaxation, county: int) -> Expr:
    """A seasoned leader can take at most so many of the high-risk units."""
    facts = relaxation.facts
    risky = [unit for unit in relaxation.must[county] if unit.risk >= RISKY]
    if not risky:
        return Expr.sum([])
    left = relaxation.cp.new_int_var(0, len(risky), "")
    seasoned = [
        leads for (p, c), leads in relaxation.leads.items() if c == county and not facts.green[p]
    ]
    relaxation.cp.add(left >= len(risky) - most_units(facts, risky) * Expr.sum(seasoned))
    return min(unit.risk for unit in risky) * left
