"""The measures of a plan as CP-SAT expressions over a built model.

Each expression is never below the measure's true value, and equals it wherever a tier is
minimised to the end. In a sub-problem kept teams count for nothing but `peak_share`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from scheduling.domain.model.variables import Linear, Literal, Model, Truth, grouped, total
from scheduling.domain.problem import ROLES, Inspector, Role, TeamSlot, Unit

SoftTies = Mapping[tuple[str, str], list[tuple[frozenset[Role], int]]]


def tier_expressions(model: Model) -> list[Linear]:
    """What each tier of the policy's objective minimises, in order."""
    named = {measure for tier in model.problem.policy.objective for measure in tier}
    made = measure_expressions(model, dict.fromkeys(named, 1))
    return [
        total(weight * made[measure] for measure, weight in tier.items() if weight)
        for tier in model.problem.policy.objective
    ]


def measure_expressions(model: Model, weights: Mapping[str, int]) -> dict[str, Linear]:
    """The measures that have a weight."""
    return {
        measure: expression(model)
        for measure, expression in EXPRESSIONS.items()
        if weights.get(measure)
    }


def _uncovered(model: Model) -> Linear:
    terms: list[Linear | int] = []
    for unit in model.units:
        if unit.mandatory or unit.id in model.pinned_out:
            continue
        visits = [model.visit[unit.id, t.id] for t in model.teams if (unit.id, t.id) in model.visit]
        terms.append(unit.priority * (1 - total(visits)))
    return total(terms)


def _soft_conflict(model: Model) -> Linear:
    people = {person.id: person for person in model.people}
    units = {unit.id: unit for unit in model.units}
    terms: list[Linear | int] = []
    for (person_id, unit_id), ties in soft_ties(model).items():
        if person_id not in people or unit_id not in units:
            continue
        for team in model.teams:
            visit = model.visit.get((unit_id, team.id))
            if visit is None:
                continue
            for roles, weight in ties:
                for held in model.holding(people[person_id], team.id, roles):
                    terms.append(weight * _both(model, visit, *held))
    return total(terms)


def _both(model: Model, *literals: Truth) -> Literal:
    """True at least when all the literals are."""
    both = model.cp.new_bool_var("")
    model.cp.add_bool_or(both, *(literal.negated() for literal in literals))
    return both


def soft_ties(model: Model) -> SoftTies:
    """(inspector, unit) -> the roles in which a tie costs, and its weight."""
    problem = model.problem
    by_county = grouped(
        (unit for unit in problem.units if unit.inspectable), lambda unit: unit.county
    )
    ties: defaultdict[tuple[str, str], list[tuple[frozenset[Role], int]]] = defaultdict(list)

    def add(
        person: str, unit: str | None, office: str | None, roles: frozenset[Role], weight: int
    ) -> None:
        named = [unit] if unit is not None else [u.id for u in by_county.get(office or "", [])]
        for unit_id in named:
            ties[person, unit_id].append((roles, weight))

    for entry in problem.declared:
        if entry.severity == "soft" and entry.weight:
            add(entry.inspector, entry.unit, entry.office, entry.roles, entry.weight)
    for person in problem.inspectors:
        for relative in person.relatives:
            if relative.relation == "other" and relative.position == "staff":
                add(person.id, relative.unit, relative.office, frozenset(ROLES), 1)
    return ties


def _peak_share(model: Model) -> Linear:
    most = 1000 * max(1, len(model.problem.teams))
    peak = model.cp.new_int_var(0, most, "")
    for office in model.problem.counties:
        listed = model.listed[office.id]
        if not listed:
            continue
        seats = [
            seat
            for team in model.teams
            for seat in model.seated(model.by_office.get(office.id, []), team.id)
        ]
        kept = model.kept.per_office.get(office.id, 0)
        if seats or kept:
            model.cp.add(listed * peak >= 1000 * (kept + total(seats)))
    return peak


def _recent_load(model: Model) -> Linear:
    recent = {person.id: person.recent_days for person in model.people}
    return total(recent[person] * seat for (person, _), seat in model.seat.items())


def _skill_gap(model: Model) -> Linear:
    terms: list[Linear | int] = []
    for unit in model.units:
        for skill, wanted in unit.wanted.items():
            if wanted <= 0 or not unit.risk:
                continue
            gap = model.cp.new_int_var(0, wanted, "")
            terms.append(unit.risk * gap)
            for team in model.teams:
                visit = model.visit.get((unit.id, team.id))
                if visit is not None:
                    able = (p for p in model.people if skill in p.skills)
                    model.cp.add(gap + total(model.seated(able, team.id)) >= wanted * visit)
    return total(terms)


def _green_leader(model: Model) -> Linear:
    terms: list[Linear | int] = []
    for team in model.teams:
        risky = [
            (unit, model.visit[unit.id, team.id])
            for unit in model.units
            if unit.risk >= 4 and (unit.id, team.id) in model.visit
        ]
        green = [
            model.lead[person.id, team.id]
            for person in model.people
            if person.rounds < 3 and (person.id, team.id) in model.lead
        ]
        if not risky or not green:
            continue
        led = model.cp.new_bool_var("")
        for lead in green:
            model.cp.add_implication(lead, led)
        terms.extend(unit.risk * _both(model, visit, led) for unit, visit in risky)
    return total(terms)


def _travel(model: Model) -> Linear:
    return total(_team_travel(model, team) for team in model.teams)


def _team_travel(model: Model, team: TeamSlot) -> Linear:
    hosts = model.hosts[team.id]
    if len(hosts) == 1 and model.binds("team_size", team.id):
        return total(
            model.problem.distance_km(office, hosts[0]) * total(model.seated(people, team.id))
            for office, people in model.by_office.items()
        )
    return total(
        _office_travel(model, team, office, people) for office, people in model.by_office.items()
    )


def _office_travel(model: Model, team: TeamSlot, office: str, people: list[Inspector]) -> Linear:
    """Σ over counties of distance · (people of the office who go there with the team)."""
    seats = model.seated(people, team.id)
    most = len(seats)
    if model.binds("team_size", team.id):
        most = min(most, team.size[1])
    going = []
    terms: list[Linear | int] = []
    for host in model.hosts[team.id]:
        count = model.cp.new_int_var(0, most, "")
        at = model.at[team.id, host]
        model.cp.add(count <= most * at)
        model.cp.add(count >= total(seats) - most * (1 - at))
        going.append(count)
        terms.append(model.problem.distance_km(office, host) * count)
    if model.problem.policy.team_counties == 1 and model.binds("team_counties", team.id):
        model.cp.add(total(going) == total(seats))
    return total(terms)


def _changes(model: Model) -> Linear:
    """People and units that differ from the baseline. What lies outside a sub-problem is a
    constant there and left out."""
    problem = model.problem
    seats = grouped(
        (
            (person, team.id, team.role_of(person))
            for team in problem.baseline or ()
            for person in dict.fromkeys(team.people)
        ),
        lambda seat: seat[0],
    )
    visits = grouped(
        ((v.unit, team.id, v.start) for team in problem.baseline or () for v in team.visits),
        lambda visit: visit[0],
    )
    if problem.baseline is None:
        return total(())
    terms: list[Linear | int] = []
    for person in model.people:
        before = seats.get(person.id)
        if before is None:
            terms.extend(model.seated([person], team.id)[0] for team in model.teams)
        else:
            terms.append(1 - _same_seat(model, person, before))
    for unit in model.units:
        planned = visits.get(unit.id)
        if planned is None:
            terms.extend(
                model.visit[unit.id, t.id] for t in model.teams if (unit.id, t.id) in model.visit
            )
        else:
            terms.append(1 - _same_visit(model, unit, planned))
    if model.scope is None:
        gone = seats.keys() - {person.id for person in model.people}
        terms.append(len(gone) + len(visits.keys() - {unit.id for unit in model.units}))
    return total(terms)


def _same_seat(
    model: Model, person: Inspector, before: Sequence[tuple[str, str, Role | None]]
) -> Linear:
    """Whether the person has the published seat; nobody can have two of them again."""
    _, team, role = before[0]
    if len(before) > 1 or role is None or (person.id, team) not in model.seat:
        return total(())
    ways = model.holding(person, team, frozenset({role}))
    return total(_all(model, *way) for way in ways)


def _same_visit(model: Model, unit: Unit, before: Sequence[tuple[str, str, date]]) -> Linear:
    _, team, start = before[0]
    visit = model.visit.get((unit.id, team))
    index = model.problem.day_index.get(start)
    if len(before) > 1 or visit is None or index is None:
        return total(())
    same = model.cp.new_bool_var("")
    model.cp.add_implication(same, visit)
    model.cp.add(model.start[unit.id] == index).only_enforce_if(same)
    return same


def _all(model: Model, *literals: Truth) -> Truth:
    """True only when all the literals are."""
    if len(literals) == 1:
        return literals[0]
    both = model.cp.new_bool_var("")
    for literal in literals:
        model.cp.add_implication(both, literal)
    return both


EXPRESSIONS: Mapping[str, Callable[[Model], Linear]] = {
    "uncovered": _uncovered,
    "soft_conflict": _soft_conflict,
    "peak_share": _peak_share,
    "recent_load": _recent_load,
    "skill_gap": _skill_gap,
    "green_leader": _green_leader,
    "travel": _travel,
    "changes": _changes,
}
