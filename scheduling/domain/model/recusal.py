"""Who may not be sent where, and how many host seats a team may have."""

from __future__ import annotations

from scheduling.domain.model.variables import Model, grouped, total
from scheduling.domain.problem import ROLES, Inspector
from scheduling.domain.rules import facts_of
from scheduling.domain.rules.statements import Excluded

EVERY_ROLE = frozenset(ROLES)


def add_bars(model: Model) -> None:
    """`Excluded` facts. Where somebody is barred from all units of a county, from the county."""
    present = {unit.id: unit for unit in model.units}
    people = {person.id: person for person in model.people}
    facts = [
        fact
        for fact in facts_of(model.problem)
        if fact.unit in present and fact.inspector in people and model.binds(fact.rule, fact.unit)
    ]
    outright: dict[str, set[str]] = {}
    for fact in facts:
        if fact.roles == EVERY_ROLE and not fact.unless_host:
            outright.setdefault(fact.inspector, set()).add(fact.unit)
    for person_id, units in outright.items():
        _barred_outright(model, people[person_id], units)
    told: set[tuple[str, str, frozenset[str], bool]] = set()
    for fact in facts:
        key = (fact.inspector, fact.unit, fact.roles, fact.unless_host)
        if fact.unit not in outright.get(fact.inspector, ()) and key not in told:
            told.add(key)
            _barred_in_roles(model, people[fact.inspector], fact, present[fact.unit].county)


def _barred_outright(model: Model, person: Inspector, units: set[str]) -> None:
    by_county = grouped((u for u in model.units if u.id in units), lambda unit: unit.county)
    sizes = {
        county: sum(1 for unit in model.units if unit.county == county) for county in by_county
    }
    for team in model.teams:
        seat = model.seat[person.id, team.id]
        for county, barred in by_county.items():
            at = model.at.get((team.id, county))
            if at is None:
                continue
            if len(barred) == sizes[county]:
                model.cp.add_bool_or(seat.negated(), at.negated())
                continue
            for unit in barred:
                visit = model.visit[unit.id, team.id]
                model.cp.add_bool_or(seat.negated(), visit.negated())


def _barred_in_roles(model: Model, person: Inspector, fact: Excluded, county: str) -> None:
    for team in model.teams:
        visit = model.visit.get((fact.unit, team.id))
        if visit is None:
            continue
        exempt = model.at.get((team.id, person.office)) if fact.unless_host else None
        if exempt is not None and person.office == county:
            continue  # whoever visits their own county is on a host seat
        for held in model.holding(person, team.id, fact.roles):
            clause = [visit.negated(), *(literal.negated() for literal in held)]
            model.cp.add_bool_or(clause if exempt is None else [*clause, exempt])


def limit_host_seats(model: Model) -> None:
    """How many people of a visited county's own office a team may hold."""
    most = model.problem.policy.host_seats.max
    for county, people in model.by_office.items():
        if len(people) <= most:
            continue
        for team in model.teams:
            seats = model.seated(people, team.id)
            for unit in model.units:
                visit = model.visit.get((unit.id, team.id))
                if unit.county != county or visit is None or most == 0:
                    continue
                if model.binds("own_county", unit.id):
                    model.cp.add(total(seats) <= most).only_enforce_if(visit)
