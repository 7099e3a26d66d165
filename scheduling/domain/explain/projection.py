"""A smaller problem that has a plan exactly when the whole one has, for some parts of the rules.

What no part asks for can be taken out of a plan: whole teams, people, single visits. So only
that is kept which a part asks for: teams that a pin names and as many others as there are
visits to make, people where a part demands any, and units that must be visited.

Two things hold single visits in place. Without visits nobody may lead a team or sit in it, so
all units stay where a pin seats somebody in a team of which that is asked. And a visit may
give somebody a host seat, unless every team visits one county.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from scheduling.domain.problem import (
    Inspector,
    Pin,
    PinArc,
    PinPerson,
    PinUnit,
    Problem,
    TeamSlot,
    Unit,
)
from scheduling.domain.rules.groups import Group, pin_name

# Rules that look at whether a seat is a host seat.
HOST_RULES = frozenset(
    {
        "home_offices",
        "office_targets",
        "office_sources",
        "per_office_max",
        "reciprocity",
        "repeat",
        "native_place",
        "former_post",
    }
)
# Rules that ask for people; all others only keep people away.
DEMANDING = frozenset({"leader", "team_size", "skills", "experienced", "home_offices"})
# Rules that let nobody, or nobody in a role, into a team without visits.
EMPTYING = ("leader", "team_size")


def projected(problem: Problem, parts: frozenset[Group]) -> Problem:
    """`problem` without the units, teams and people that `parts` give nothing to do."""
    asked = _Asked(problem, parts)
    people = {person.id for person in problem.inspectors if asked.may_need(person)}
    # Pins stay where they are: parts name them by their place.
    return replace(
        problem,
        units=tuple(u if asked.needs(u) else replace(u, inspectable=False) for u in problem.units),
        teams=tuple(asked.enough_teams()),
        inspectors=tuple(person for person in problem.inspectors if person.id in people),
        declared=tuple(entry for entry in problem.declared if entry.inspector in people),
        pairs=tuple(pair for pair in problem.pairs if {pair.a, pair.b} <= people),
        baseline=None,
    )


@dataclass(frozen=True)
class _Asked:
    """What the parts ask for."""

    problem: Problem
    parts: frozenset[Group]

    @cached_property
    def rules(self) -> frozenset[str]:
        return frozenset(part.rule for part in self.parts)

    @cached_property
    def pins(self) -> tuple[Pin, ...]:
        return tuple(
            pin
            for index, pin in enumerate(self.problem.pins)
            if Group("pin", (pin_name(index),)) in self.parts
        )

    @cached_property
    def seated(self) -> dict[str, str]:
        """Who is pinned into a team."""
        return {
            pin.inspector: pin.team
            for pin in self.pins
            if isinstance(pin, PinPerson) and pin.team is not None and not pin.forbid
        }

    @cached_property
    def arcs(self) -> frozenset[tuple[str, str]]:
        return frozenset(
            (pin.origin, pin.host)
            for pin in self.pins
            if isinstance(pin, PinArc) and not pin.forbid
        )

    @cached_property
    def due(self) -> frozenset[str]:
        """Units that must be visited."""
        covered = {part.subjects[0] for part in self.parts if part.rule == "coverage"}
        pinned = {pin.unit for pin in self.pins if isinstance(pin, PinUnit) and pin.team}
        return frozenset(covered | pinned)

    @cached_property
    def _visits_give_seats(self) -> bool:
        """Whether somebody may lose a host seat that matters when a visit is taken out."""
        hosts = {unit.county for unit in self.problem.units if unit.inspectable}
        if len(hosts) <= 1:
            return False
        if self.problem.policy.team_counties <= 1 and all(
            Group("team_counties", (team.id,)) in self.parts for team in self.problem.teams
        ):
            return False
        host_rules = HOST_RULES
        if any(entry.unless_host for entry in self.problem.declared):
            host_rules |= {"declared"}
        return bool(self.rules & host_rules) or any(isinstance(p, PinArc) for p in self.pins)

    @cached_property
    def _any_visit_helps(self) -> bool:
        """Whether somebody is pinned into a team that may not hold them without visits."""
        return any(
            Group(rule, (team,)) in self.parts for team in self.seated.values() for rule in EMPTYING
        )

    @cached_property
    def _sent_to(self) -> frozenset[str]:
        return frozenset(host for _, host in self.arcs)

    def needs(self, unit: Unit) -> bool:
        return unit.inspectable and (
            self._visits_give_seats
            or self._any_visit_helps
            or unit.id in self.due
            or unit.county in self._sent_to
        )

    def may_need(self, person: Inspector) -> bool:
        return (
            bool(self.rules & DEMANDING)
            or person.id in self.seated
            or any(person.office == origin for origin, _ in self.arcs)
        )

    def enough_teams(self) -> list[TeamSlot]:
        """The teams that pins name, and of those that nothing tells apart one a visit."""
        named = {pin.team for pin in self.pins if isinstance(pin, PinPerson | PinUnit)}
        binding: defaultdict[str, set[str]] = defaultdict(set)
        ids = {slot.id for slot in self.problem.teams}
        for part in self.parts:
            if len(part.subjects) == 1 and part.subjects[0] in ids:
                binding[part.subjects[0]].add(part.rule)
        visits = max(1, len(self.due) + len(self.arcs))
        alike: Counter[object] = Counter()
        kept = []
        for slot in self.problem.teams:
            kind = (replace(slot, id=""), frozenset(binding[slot.id]))
            if slot.id not in named:
                alike[kind] += 1
            if slot.id in named or alike[kind] <= visits:
                kept.append(slot)
        return kept
