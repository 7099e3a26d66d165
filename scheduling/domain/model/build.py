"""The one translator of the rule book to CP-SAT, rule by rule in the contract's order.

Formulation and sources: docs/scheduling/model.md. Sizes: with I people, U units, T teams,
C counties the whole model has about T·(3·I + U + C) Booleans.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from itertools import combinations, pairwise

from scheduling.domain.model import attendance
from scheduling.domain.model.scope import Scope
from scheduling.domain.model.variables import (
    GroupKey,
    Literal,
    Model,
    add_variables,
    grouped,
    total,
)
from scheduling.domain.problem import (
    ROLES,
    Inspector,
    PinArc,
    PinPerson,
    PinUnit,
    Problem,
    TeamSlot,
)
from scheduling.domain.rules import excluded
from scheduling.domain.rules.statements import Excluded
from scheduling.domain.rules.visits import pin_name

EVERY_ROLE = frozenset(ROLES)


def build(
    problem: Problem, *, without: Container[GroupKey] = (), scope: Scope | None = None
) -> Model:
    """Every hard rule of `problem` as a CP-SAT model; no objective yet.

    Parameters
    ----------
    problem
        I inspectors, U units, T teams; see the sizes above.
    without
        Parts of the rules (`rules.groups`) that shall not bind.
    scope
        Limits the model to some teams; the others are constants. None: the whole round.
    """
    model = Model(problem, without, scope)
    add_variables(model)
    _coverage(model)
    _barred(model)
    _host_seats(model)
    _pairs(model)
    _one_team(model)
    for team in model.teams:
        _leader(model, team)
        _team_size(model, team)
        _team_counties(model, team)
        _per_office_max(model, team)
        _skills(model, team)
        _experienced(model, team)
    _home_unit_quota(model)
    _origins(model)
    _sent_offices(model)
    attendance.add(model)
    _pins(model)
    if not without and scope is None:
        _order_equal_teams(model)
    return model


def _coverage(model: Model) -> None:
    for unit in model.units:
        visits = [
            model.visit[unit.id, team.id]
            for team in model.teams
            if (unit.id, team.id) in model.visit
        ]
        due = unit.mandatory and unit.id not in model.pinned_out
        if due and model.binds("coverage", unit.id):
            model.cp.add_exactly_one(visits)
        else:
            model.cp.add_at_most_one(visits)


def _barred(model: Model) -> None:
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


def facts_of(problem: Problem) -> tuple[Excluded, ...]:
    """`rules.excluded`, computed once for a problem: every sub-problem asks again."""
    found = problem.__dict__.get("_excluded_facts")
    if found is None:
        found = problem.__dict__["_excluded_facts"] = tuple(excluded(problem))
    return tuple(found)


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


def _host_seats(model: Model) -> None:
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


def _pairs(model: Model) -> None:
    for pair in model.problem.pairs:
        for team in model.teams:
            if model.binds("pair", team.id):
                both = [model.seat.get((person, team.id)) for person in dict.fromkeys((pair.a, pair.b))]
                seats = [seat for seat in both if seat is not None]
                if len(seats) == 2:
                    model.cp.add_at_most_one(seats)


def _one_team(model: Model) -> None:
    if model.binds("one_team"):
        for person in model.people:
            model.cp.add_at_most_one(model.seat[person.id, team.id] for team in model.teams)


def _leader(model: Model, team: TeamSlot) -> None:
    if not model.binds("leader", team.id):
        return
    used = model.used[team.id]
    leaders = [model.lead[p.id, team.id] for p in model.people if (p.id, team.id) in model.lead]
    model.cp.add_exactly_one(*leaders, used.negated())
    deputies = total(
        model.deputy[p.id, team.id] for p in model.people if (p.id, team.id) in model.deputy
    )
    least, most = team.deputies
    model.cp.add(deputies >= least * used)
    model.cp.add(deputies <= most * used)


def _team_size(model: Model, team: TeamSlot) -> None:
    if not model.binds("team_size", team.id):
        return
    used = model.used[team.id]
    least, most = team.size
    model.cp.add(model.team_size(team.id) >= least * used)
    model.cp.add(model.team_size(team.id) <= most * used)
    for person in model.people:
        model.cp.add_implication(model.seat[person.id, team.id], used)


def _team_counties(model: Model, team: TeamSlot) -> None:
    most = model.problem.policy.team_counties
    places = [model.at[team.id, county] for county in model.hosts[team.id]]
    if len(places) <= most or not model.binds("team_counties", team.id):
        return
    if most == 1:
        model.cp.add_at_most_one(places)
    else:
        model.cp.add(total(places) <= most)


def _per_office_max(model: Model, team: TeamSlot) -> None:
    most = model.problem.policy.per_office_max
    if not model.binds("per_office_max", team.id):
        return
    counties = {office.id for office in model.problem.counties}
    for office, people in model.by_office.items():
        seats = model.seated(people, team.id)
        if office not in counties or len(seats) <= most:
            continue
        limit = model.cp.add(total(seats) <= most)
        if (team.id, office) in model.at:
            limit.only_enforce_if(model.at[team.id, office].negated())


def _skills(model: Model, team: TeamSlot) -> None:
    able: dict[str, list[Literal]] = {}
    for unit in model.units:
        visit = model.visit.get((unit.id, team.id))
        if visit is None or not model.binds("skills", unit.id):
            continue
        for skill, needed in unit.skills.items():
            if needed > 0:
                if skill not in able:
                    holders = (p for p in model.people if skill in p.skills)
                    able[skill] = model.seated(holders, team.id)
                model.cp.add(total(able[skill]) >= needed * visit)


def _experienced(model: Model, team: TeamSlot) -> None:
    least = model.problem.policy.experienced
    if least > 0 and model.binds("experienced", team.id):
        seasoned = model.seated((p for p in model.people if p.rounds >= 1), team.id)
        model.cp.add(total(seasoned) >= least * model.used[team.id])


def _home_unit_quota(model: Model) -> None:
    if not model.binds("home_unit_quota"):
        return
    most = model.problem.policy.home_unit_quota
    for employer, people in grouped(model.people, lambda person: person.home_unit).items():
        if employer is not None:
            left = most - model.kept.per_home_unit.get(employer, 0)
            seats = [seat for team in model.teams for seat in model.seated(people, team.id)]
            if len(people) > left:
                model.cp.add(total(seats) <= left)


def _origins(model: Model) -> None:
    """`sends[t, a]`: somebody from office a, not on a host seat, is in team t. And its bounds."""
    if not _origins_matter(model):
        return
    cp = model.cp
    least, most = model.problem.policy.home_offices
    counties = {office.id for office in model.problem.counties}
    for team in model.teams:
        for office, people in model.by_office.items():
            seats = model.seated(people, team.id)
            sends = model.sends[team.id, office] = cp.new_bool_var("")
            at = model.at.get((team.id, office))
            for seat in seats:
                if at is None:
                    cp.add_implication(seat, sends)
                else:
                    cp.add_bool_or(seat.negated(), sends, at)
            cp.add_bool_or(*seats, sends.negated())
            if at is not None:
                cp.add_bool_or(sends.negated(), at.negated())
        if model.binds("home_offices", team.id):
            used = model.used[team.id]
            origins = total(
                s for (t, o), s in model.sends.items() if t == team.id and o in counties
            )
            cp.add(origins >= least * used)
            cp.add(origins <= most)


def _origins_matter(model: Model) -> bool:
    policy = model.problem.policy
    counties = len(model.problem.counties)
    return (
        policy.home_offices[0] > 0
        or policy.home_offices[1] < counties
        or policy.office_targets < counties
        or policy.office_sources < counties
        or policy.reciprocity == "members"
        or bool(model.problem.history and policy.repeat_rounds and policy.reciprocity != "leaders")
        or any(isinstance(pin, PinArc) for pin in model.problem.pins)
    )


def _sent_offices(model: Model) -> None:
    """office_targets, office_sources, reciprocity, repeat: who inspects which county."""
    policy = model.problem.policy
    counties = [office.id for office in model.problem.counties]
    hosts = {county for _, county in model.at} | {b for _, b in model.kept.sent}
    if policy.reciprocity == "leaders":
        leads = _leading(model)
        _reciprocity(model, _arcs(model, leads, model.kept.led), counties)
        _repeat(model, leads)
    else:
        _repeat(model, model.sends)
    targets = policy.office_targets < len(hosts) and model.binds("office_targets")
    sources = policy.office_sources < len(counties) and model.binds("office_sources")
    members = policy.reciprocity == "members"
    if not (targets or sources or members):
        return
    arcs = _arcs(model, model.sends, model.kept.sent)
    if members:
        _reciprocity(model, arcs, counties)
    for office in counties:
        if targets:
            outgoing = [arc for (a, _), arc in arcs.items() if a == office]
            model.cp.add(total(outgoing) <= policy.office_targets)
        if sources:
            incoming = [arc for (a, b), arc in arcs.items() if b == office and a in counties]
            model.cp.add(total(incoming) <= policy.office_sources)


def _leading(model: Model) -> dict[tuple[str, str], Literal]:
    """(team, office): the leader comes from the office and is not on a host seat."""
    leading: dict[tuple[str, str], Literal] = {}
    for team in model.teams:
        for office, people in model.by_office.items():
            leads = [model.lead[p.id, team.id] for p in people if (p.id, team.id) in model.lead]
            if not leads:
                continue
            literal = leading[team.id, office] = model.cp.new_bool_var("")
            at = model.at.get((team.id, office))
            for lead in leads:
                clause = [lead.negated(), literal]
                model.cp.add_bool_or(clause if at is None else [*clause, at])
    return leading


def _arcs(
    model: Model,
    sends: dict[tuple[str, str], Literal],
    kept: frozenset[tuple[str, str]],
) -> dict[tuple[str, str], Literal]:
    """(a, b) is true if somebody counted by `sends` goes from office a to county b."""
    arcs: dict[tuple[str, str], Literal] = {}
    true = model.cp.new_constant(1)
    for a, b in sorted(kept):
        arcs[a, b] = true
    for (team, office), literal in sends.items():
        for host in model.hosts[team]:
            if host == office or (office, host) in kept:
                continue
            arc = arcs.get((office, host))
            if arc is None:
                arc = arcs[office, host] = model.cp.new_bool_var("")
            model.cp.add_bool_or(literal.negated(), model.at[team, host].negated(), arc)
    return arcs


def _reciprocity(model: Model, arcs: dict[tuple[str, str], Literal], counties: list[str]) -> None:
    for a, b in combinations(counties, 2):
        there, back = arcs.get((a, b)), arcs.get((b, a))
        if there is not None and back is not None and model.binds("reciprocity", a, b):
            model.cp.add_bool_or(there.negated(), back.negated())


def _repeat(model: Model, sends: dict[tuple[str, str], Literal]) -> None:
    recent = {
        (sent.origin, sent.host)
        for sent in model.problem.history
        if sent.ago <= model.problem.policy.repeat_rounds
    }
    for origin, host in sorted(recent):
        if model.binds("repeat", origin, host):
            for went in _went(model, sends, origin, host):
                model.cp.add_bool_or(*(literal.negated() for literal in went))


def _went(
    model: Model, sends: dict[tuple[str, str], Literal], origin: str, host: str
) -> Iterator[tuple[Literal, Literal]]:
    """For each team: it holds somebody from `origin`, and it visits `host`."""
    for team in model.teams:
        literal, at = sends.get((team.id, origin)), model.at.get((team.id, host))
        if literal is not None and at is not None and origin != host:
            yield literal, at


def _pins(model: Model) -> None:
    for index, pin in enumerate(model.problem.pins):
        if not model.binds("pin", pin_name(index)):
            continue
        if isinstance(pin, PinPerson):
            _pin_person(model, pin)
        elif isinstance(pin, PinUnit):
            _pin_unit(model, pin)
        else:
            _pin_arc(model, pin)


def _pin_person(model: Model, pin: PinPerson) -> None:
    if pin.inspector in model.kept.people or pin.team in {team.id for team in model.kept.teams}:
        return
    if pin.team is None:
        _forbid(model, (model.seat.get((pin.inspector, t.id)) for t in model.teams))
        return
    key = (pin.inspector, pin.team)
    if pin.forbid:
        _forbid(model, [model.seat.get(key)])
        return
    _require(model, model.seat.get(key))
    if pin.role == "leader":
        _require(model, model.lead.get(key))
    elif pin.role == "deputy":
        _require(model, model.deputy.get(key))
    elif pin.role == "member":
        _forbid(model, [model.lead.get(key), model.deputy.get(key)])


def _pin_unit(model: Model, pin: PinUnit) -> None:
    if pin.unit in model.kept.units:
        return
    if pin.team is None:
        _forbid(model, (model.visit.get((pin.unit, team.id)) for team in model.teams))
        return
    _require(model, model.visit.get((pin.unit, pin.team)))
    if pin.start is not None:
        index = model.problem.day_index.get(pin.start)
        if index is None or pin.unit not in model.start:
            _require(model, None)
        else:
            model.cp.add(model.start[pin.unit] == index)


def _pin_arc(model: Model, pin: PinArc) -> None:
    went = list(_went(model, model.sends, pin.origin, pin.host))
    if pin.forbid:
        for literals in went:
            model.cp.add_bool_or(*(literal.negated() for literal in literals))
        return
    if (pin.origin, pin.host) in model.kept.sent:
        return
    chosen = []
    for sends, at in went:
        both = model.cp.new_bool_var("")
        model.cp.add_implication(both, sends)
        model.cp.add_implication(both, at)
        chosen.append(both)
    model.cp.add_bool_or(chosen)


def _forbid(model: Model, literals: Iterable[Literal | None]) -> None:
    for literal in literals:
        if literal is not None:
            model.cp.add_bool_or(literal.negated())


def _require(model: Model, literal: Literal | None) -> None:
    """The literal must hold; one that does not exist cannot, and the model is infeasible."""
    model.cp.add_bool_or([] if literal is None else [literal])


def _order_equal_teams(model: Model) -> None:
    """Slots that nothing tells apart are filled in order, and in order of their counties."""
    position = {office.id: k + 1 for k, office in enumerate(model.problem.counties)}
    for first, second in equal_neighbours(model.problem):
        model.cp.add_implication(model.used[second], model.used[first])
        if model.problem.policy.team_counties == 1:
            places = [
                total(position[county] * model.at[team, county] for county in model.hosts[team])
                for team in (first, second)
            ]
            last = len(position) + 1
            model.cp.add(places[0] <= places[1] + last - last * model.used[second])


def equal_neighbours(problem: Problem) -> Iterator[tuple[str, str]]:
    """Consecutive slots with the same bounds that no pin and no baseline tells apart."""
    named = {pin.team for pin in problem.pins if not isinstance(pin, PinArc)}
    named |= {team.id for team in problem.baseline or ()}
    groups = grouped(
        (team for team in problem.teams if team.id not in named),
        lambda team: (team.size, team.deputies, team.concurrency, team.max_units),
    )
    for teams in groups.values():
        yield from ((a.id, b.id) for a, b in pairwise(teams))
