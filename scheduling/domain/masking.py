"""The masked problem: the same plans, and nothing of why somebody is barred.

A round's question leaves the office whose people it names only in this form. What follows
from a person's facts is worked out here and said as `declared` entries whose `kind` is the
rule's code; the facts themselves stay behind. Why it is so: docs/decisions/0004-masked-rounds.md.

Source: docs/exchange-format.md, `declared[]`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from scheduling.domain.problem import ROLES, Declared, Inspector, Pair, Problem, Role
from scheduling.domain.rules import facts_of
from scheduling.domain.rules.statements import Excluded
from scheduling.domain.rules.territory import units_by_county

# The rules that read what is taken away, in the order of the rule book.
MASKED_RULES: tuple[str, ...] = (
    "own_unit",
    "system",
    "native_place",
    "former_post",
    "relative",
    "interest",
    "revisit",
)
SOFT_KIN = "relative"  # the kind of the soft entry for distant kin on the staff
NO_ROLES: frozenset[Role] = frozenset()


def mask(problem: Problem) -> Problem:
    """The masked form of `problem`; a masked problem stays as it is.

    A plan breaks no rule of the one exactly when it breaks none of the other, and every
    measure of it is the same. That holds for the policy of `problem`: a changed policy needs
    the facts again, and so the unmasked problem.
    """
    return replace(
        problem,
        inspectors=_without_facts(problem),
        declared=_in_order(problem, [*problem.declared, *_bars(problem), *_soft_kin(problem)]),
        pairs=tuple(dict.fromkeys(Pair(pair.a, pair.b, "pair") for pair in problem.pairs)),
    )


# --- People ---------------------------------------------------------------------------------


def _without_facts(problem: Problem) -> tuple[Inspector, ...]:
    token = _employers(problem)
    return tuple(
        replace(
            inspector,
            home_unit=None if inspector.home_unit is None else token[inspector.home_unit],
            system=None,
            native=None,
            grew_up=None,
            posts=(),
            relatives=(),
            interests=(),
            visited=(),
            led=(),
        )
        for inspector in problem.inspectors
    )


def _employers(problem: Problem) -> Mapping[str, str]:
    """A token for each employer, numbered as the list of people first mentions it.

    The number says nothing that the list of people does not. No token is a unit's id: the
    verifier would take it for an employer that is up for inspection.
    """
    prefix = "employer-"
    while any(unit.id.startswith(prefix) for unit in problem.units):
        prefix = f"_{prefix}"
    homes = dict.fromkeys(i.home_unit for i in problem.inspectors if i.home_unit is not None)
    return {home: f"{prefix}{number}" for number, home in enumerate(homes, start=1)}


# --- Bars -----------------------------------------------------------------------------------

_Kept = tuple[str, str, bool]  # inspector, rule, unless_host


def _bars(problem: Problem) -> Iterator[Declared]:
    """What the facts bar, as hard entries: one for a whole county where it is barred alike."""
    roles: dict[_Kept, dict[str, frozenset[Role]]] = defaultdict(dict)
    for fact in facts_of(problem):
        if fact.rule in MASKED_RULES:
            for unless_host, bound in _resolved(problem, fact):
                units = roles[fact.inspector, fact.rule, unless_host]
                units[fact.unit] = units.get(fact.unit, NO_ROLES) | bound
    for (inspector, rule, unless_host), units in roles.items():
        for unit, office, bound in _by_county(problem, units):
            yield Declared(
                inspector, rule, "hard", unit, office, roles=bound, unless_host=unless_host
            )


def _resolved(problem: Problem, fact: Excluded) -> Iterator[tuple[bool, frozenset[Role]]]:
    """The bar without its exemption for host seats where that can be worked out beforehand.

    Yields (unless_host, roles). A person who visits their own county is on a host seat, so
    nothing is left to say. Elsewhere they are on one only if the team visits their county
    too, which takes a team of two counties, and a role that host seats allow: in every other
    role `own_county` bars them from the team anyhow.
    """
    if not fact.unless_host:
        yield False, fact.roles
        return
    office = problem.inspector_by_id[fact.inspector].office
    if office == problem.unit_by_id[fact.unit].county:
        return
    seats, policy = problem.policy.host_seats, problem.policy
    can_be_host = seats.max > 0 and policy.team_counties > 1 and office in units_by_county(problem)
    exempt = seats.roles & fact.roles if can_be_host else NO_ROLES
    if fact.roles - exempt:
        yield False, fact.roles - exempt
    if exempt:
        yield True, exempt


def _by_county(
    problem: Problem, units: Mapping[str, frozenset[Role]]
) -> Iterator[tuple[str | None, str | None, frozenset[Role]]]:
    """(unit, office, roles): the office where all units of its county are barred alike.

    So the entry says which pairs are barred, and not whether one fact barred them or many.
    """
    for county, bodies in units_by_county(problem).items():
        barred = [units.get(unit.id, NO_ROLES) for unit in bodies]
        if len(set(barred)) == 1 and barred[0]:
            yield None, county, barred[0]
        else:
            yield from (
                (unit.id, None, roles) for unit, roles in zip(bodies, barred, strict=True) if roles
            )


def _soft_kin(problem: Problem) -> Iterator[Declared]:
    """Distant kin on the staff, which cost 1 each where they are."""
    for inspector in problem.inspectors:
        places = Counter(
            (kin.unit, kin.office)
            for kin in inspector.relatives
            if kin.relation == "other" and kin.position == "staff"
        )
        for (unit, office), weight in places.items():
            yield Declared(inspector.id, SOFT_KIN, "soft", unit, office, weight)


# --- Order ----------------------------------------------------------------------------------


def _in_order(problem: Problem, entries: Iterable[Declared]) -> tuple[Declared, ...]:
    """By person and place in the order of the problem, whichever fact came first.

    A hard entry that is there already says nothing new; soft ones add up.
    """
    people = {inspector.id: k for k, inspector in enumerate(problem.inspectors)}
    units = {unit.id: k for k, unit in enumerate(problem.units)}
    offices = {office.id: k for k, office in enumerate(problem.offices)}

    def place(entry: Declared) -> tuple[object, ...]:
        return (
            people[entry.inspector],
            entry.severity,
            entry.kind,
            offices.get(entry.office or "", -1),
            units.get(entry.unit or "", -1),
            tuple(role in entry.roles for role in ROLES),
            entry.unless_host,
            entry.weight,
        )

    ordered: list[Declared] = []
    for entry in sorted(entries, key=place):
        if entry.severity == "soft" or not ordered or ordered[-1] != entry:
            ordered.append(entry)
    return tuple(ordered)
