"""The problem as whole numbers: indices for names, bit masks for sets of units and days.

A *bar* is a bit mask of the units that somebody may not visit in a role. Roles are 0 leader,
1 deputy, 2 member. Offices are numbered in the problem's order; a county that is visited has
the number of its office.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from scheduling.domain.model.attendance import days_away
from scheduling.domain.problem import (
    MEASURES,
    ROLES,
    Inspector,
    PinArc,
    PinPerson,
    PinUnit,
    Problem,
    Unit,
)
from scheduling.domain.rules import facts_of

LEADER, DEPUTY, MEMBER = 0, 1, 2
LATER_TIER = 10_000  # how many points of a tier one point of the tier before outweighs
LARGEST_SUM = 2**60  # of all measures with their weights, for CP-SAT, which counts in 64 bits


@dataclass(frozen=True)
class Body:
    """A unit that may be visited."""

    id: str
    county: int
    days: int
    risk: int
    must: bool
    priority: int
    starts: tuple[int, ...]
    needs: tuple[tuple[int, int], ...]  # (skill, people)
    wants: tuple[tuple[int, int], ...]
    team: int | None  # pinned to
    start: int | None  # pinned to


class Facts:
    """Everything about a problem that no plan changes."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.policy = problem.policy
        self.office_index = {office.id: k for k, office in enumerate(problem.offices)}
        self.is_county = [office.kind == "county" for office in problem.offices]
        self.person_index = {person.id: k for k, person in enumerate(problem.inspectors)}
        self.team_index = {team.id: k for k, team in enumerate(problem.teams)}
        self.people = problem.inspectors
        self._name_skills()
        self._read_units()
        self._read_people()
        self._read_bars()
        self._read_soft_ties()
        self._read_arcs()
        self._read_pins()
        self.weights = self._measure_weights(LATER_TIER)
        self.distance = [
            [problem.distance_km(a.id, b.id) for b in problem.offices] for a in problem.offices
        ]
        self.share = self._shares()
        # What a demand of the rules costs that is not met: more than any whole plan.
        self.shortage = max(
            LATER_TIER * max(1, *self.weights.values()), self._dearest(self.weights) + 1
        )

    def _name_skills(self) -> None:
        names: dict[str, int] = {}
        for unit in self.problem.units:
            for skill in (*unit.skills, *unit.wanted):
                names.setdefault(skill, len(names))
        self.skill_index = names
        self.skills = [
            tuple(sorted(names[s] for s in person.skills if s in names)) for person in self.people
        ]

    def _read_units(self) -> None:
        problem = self.problem
        out = {p.unit for p in problem.pins if isinstance(p, PinUnit) and p.team is None}
        pinned: dict[str, PinUnit] = {}
        for pin in problem.pins:
            if isinstance(pin, PinUnit) and pin.team is not None:
                before = pinned.get(pin.unit)
                if before is None or before.start is None:
                    pinned[pin.unit] = pin
        self.bodies: list[Body] = []
        for unit in problem.units:
            if unit.inspectable and unit.id not in out:
                self.bodies.append(self._body(unit, pinned.get(unit.id)))
        self.body_index = {body.id: k for k, body in enumerate(self.bodies)}
        self.units_of: defaultdict[int, list[int]] = defaultdict(list)
        for index, body in enumerate(self.bodies):
            self.units_of[body.county].append(index)

    def _body(self, unit: Unit, pin: PinUnit | None) -> Body:
        skill = self.skill_index
        starts = tuple(self.problem.starts_of(unit))
        start = None
        if pin is not None and pin.start is not None:
            # A day that is no working day of the round leaves no start at all.
            start = self.problem.day_index.get(pin.start, -1)
            starts = tuple(s for s in starts if s == start)
        return Body(
            id=unit.id,
            county=self.office_index[unit.county],
            days=unit.days,
            risk=unit.risk,
            must=unit.mandatory,
            priority=unit.priority,
            starts=starts,
            needs=tuple((skill[s], n) for s, n in unit.skills.items() if n > 0),
            wants=tuple((skill[s], n) for s, n in unit.wanted.items() if n > 0),
            team=None if pin is None or pin.team is None else self.team_index[pin.team],
            start=start,
        )

    def _read_people(self) -> None:
        people = self.people
        self.office = [self.office_index[person.office] for person in people]
        self.may = [[person.may_hold(role) for person in people] for role in ROLES]
        self.seasoned = [person.rounds >= 1 for person in people]
        self.green = [person.rounds < 3 for person in people]
        self.recent = [person.recent_days for person in people]
        self.away = [self._away(person) for person in people]
        employers = {e: k for k, e in enumerate(dict.fromkeys(p.home_unit for p in people))}
        self.employer = [
            -1 if person.home_unit is None else employers[person.home_unit] for person in people
        ]
        self.employers = len(people) + 1
        self.enemies: list[list[int]] = [[] for _ in people]
        for pair in self.problem.pairs:
            if pair.a != pair.b:
                a, b = self.person_index[pair.a], self.person_index[pair.b]
                self.enemies[a].append(b)
                self.enemies[b].append(a)

    def _away(self, person: Inspector) -> int:
        return sum(1 << day for day in days_away(self.problem, person))

    def _read_bars(self) -> None:
        """`bars[host][role][person]`: host 1 is for somebody on a host seat."""
        count = len(self.people)
        self.bars = [[[0] * count for _ in ROLES] for _ in range(2)]
        for fact in facts_of(self.problem):
            unit = self.body_index.get(fact.unit)
            if unit is None:
                continue
            person = self.person_index[fact.inspector]
            for role, name in enumerate(ROLES):
                if name in fact.roles:
                    self.bars[0][role][person] |= 1 << unit
                    if not fact.unless_host:
                        self.bars[1][role][person] |= 1 << unit

    def _read_soft_ties(self) -> None:
        """`soft[role][person]`: (unit, weight) of what it costs to send them there."""
        self.soft: list[list[list[tuple[int, int]]]] = [[[] for _ in self.people] for _ in ROLES]

        def add(person: int, unit: str | None, office: str | None, role: int, weight: int) -> None:
            if unit is not None:
                named = [self.body_index[unit]] if unit in self.body_index else []
            else:
                named = self.units_of.get(self.office_index[office or ""], [])
            self.soft[role][person].extend((index, weight) for index in named)

        for entry in self.problem.declared:
            if entry.severity == "soft" and entry.weight:
                for role, name in enumerate(ROLES):
                    if name in entry.roles:
                        person = self.person_index[entry.inspector]
                        add(person, entry.unit, entry.office, role, entry.weight)
        for index, inspector in enumerate(self.people):
            for tie in inspector.relatives:
                if tie.relation == "other" and tie.position == "staff":
                    for role in range(3):
                        add(index, tie.unit, tie.office, role, 1)

    def _read_arcs(self) -> None:
        """Who may be sent, and who may lead, where: `[origin][host]`."""
        count = len(self.problem.offices)
        self.may_send = [[True] * count for _ in range(count)]
        self.may_lead = [[True] * count for _ in range(count)]
        recent = [s for s in self.problem.history if s.ago <= self.policy.repeat_rounds]
        for sent in recent:
            a, b = self.office_index[sent.origin], self.office_index[sent.host]
            table = self.may_lead if self.policy.reciprocity == "leaders" else self.may_send
            table[a][b] = False
        self.wanted_arcs: list[tuple[int, int]] = []
        for pin in self.problem.pins:
            if isinstance(pin, PinArc):
                arc = self.office_index[pin.origin], self.office_index[pin.host]
                if pin.forbid:
                    self.may_send[arc[0]][arc[1]] = False
                else:
                    self.wanted_arcs.append(arc)

    def _read_pins(self) -> None:
        """Pinned people keep their seat; `barred_teams` are those that a pin forbids."""
        self.pinned_seat: dict[int, tuple[int, int | None]] = {}
        self.pinned_out: set[int] = set()
        self.barred_teams: set[tuple[int, int]] = set()
        for pin in self.problem.pins:
            if not isinstance(pin, PinPerson):
                continue
            person = self.person_index[pin.inspector]
            if pin.team is None:
                self.pinned_out.add(person)
            elif pin.forbid:
                self.barred_teams.add((person, self.team_index[pin.team]))
            else:
                before = self.pinned_seat.get(person, (0, None))[1]
                role = before if pin.role is None else ROLES.index(pin.role)
                self.pinned_seat[person] = self.team_index[pin.team], role

    @cached_property
    def pins_clash(self) -> bool:
        """Whether two pins ask for different things of one unit or person. Then there is no
        plan, and the lists above are not to be relied on."""
        asked: defaultdict[tuple[str, str], set[object]] = defaultdict(set)
        for pin in self.problem.pins:
            if isinstance(pin, PinUnit):
                asked["unit", pin.unit].add(pin.team)
                if pin.start is not None:
                    asked["start", pin.unit].add(pin.start)
            elif isinstance(pin, PinPerson) and not pin.forbid:
                asked["person", pin.inspector].add(pin.team)
                if pin.role is not None:
                    asked["role", pin.inspector].add(pin.role)
        return any(len(answers) > 1 for answers in asked.values())

    def _measure_weights(self, later_tier: int) -> dict[str, int]:
        """One weight a measure, so large that an earlier tier always comes first in practice."""
        weights = dict.fromkeys(MEASURES, 0)
        scale = 1
        for tier in reversed(self.policy.objective):
            for measure, weight in tier.items():
                weights[measure] += scale * weight
            scale *= later_tier * max([1, *tier.values()])
        return weights

    @cached_property
    def solver_weights(self) -> dict[str, int]:
        """`weights`, drawn together where there are too many tiers for the solver's numbers.

        Then a later tier may win against an earlier one; whoever takes the plan compares.
        """
        weights = self.weights
        for later_tier in (LATER_TIER, 1_000, 100, 10, 1):
            weights = self._measure_weights(later_tier)
            if self._dearest(weights) < LARGEST_SUM:
                return weights
        excess = self._dearest(weights) // LARGEST_SUM + 1
        return {measure: weight // excess for measure, weight in weights.items()}

    def _dearest(self, weights: Mapping[str, int]) -> int:
        """No plan costs more: the sum of each weight times the most that its measure can be."""
        return sum(weight * self._most[measure] for measure, weight in weights.items())

    @cached_property
    def _most(self) -> Mapping[str, int]:
        hosts = list(self.units_of)
        return {
            "uncovered": sum(body.priority for body in self.bodies),
            "soft_conflict": sum(
                max(sum(points for _, points in self.soft[role][k]) for role in range(len(ROLES)))
                for k in range(len(self.people))
            ),
            "peak_share": max((max(shares) for shares in self.share), default=0),
            "recent_load": sum(self.recent),
            "skill_gap": sum(body.risk * n for body in self.bodies for _, n in body.wants),
            "green_leader": sum(body.risk for body in self.bodies),
            "travel": sum(self.distance[office][host] for office in self.office for host in hosts),
            "changes": len(self.people) + len(self.bodies),
        }

    def _shares(self) -> list[list[int]]:
        """`share[office][people]` in thousandths, rounded up; 0 for the city office."""
        listed = [0] * len(self.is_county)
        for office in self.office:
            listed[office] += 1
        return [
            [-(-1000 * n // count) if county else 0 for n in range(count + 1)] if count else [0]
            for county, count in zip(self.is_county, listed, strict=True)
        ]

    @cached_property
    def calendar_days(self) -> int:
        return len(self.problem.calendar)
