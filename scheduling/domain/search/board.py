"""A plan that is changed step by step, with its cost kept up to date.

Every step checks first whether a rule forbids it (`may_seat`, `dates_with`), so a board never
breaks a rule that forbids something. What a rule *demands* (a leader, enough people, needed
skills, mandatory units) may be missing meanwhile; `cost` holds `facts.shortage` for each such
point, so a board is a plan exactly when `missing` is 0.
"""

from __future__ import annotations

from scheduling.domain.search.crew import Crew
from scheduling.domain.search.facts import DEPUTY, LEADER, Facts
from scheduling.domain.search.packing import pack

NOWHERE = -1


class Board:
    """See the module. People, units and teams are indices into `facts`."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.slots = facts.problem.teams
        self.crews = [Crew(len(facts.skill_index)) for _ in self.slots]
        self.team_of = [NOWHERE] * len(facts.people)
        self.visitor = [NOWHERE] * len(facts.bodies)
        self.employed = [0] * facts.employers
        offices = len(facts.is_county)
        self.sent = [[0] * offices for _ in range(offices)]  # teams, by origin and host
        self.led = [[0] * offices for _ in range(offices)]
        self.targets = [0] * offices  # hosts that each county office sends to
        self.sources = [0] * offices  # county offices that send to each host
        self.in_teams = [0] * offices  # people of each office
        self.peak = 0
        self._packed: dict[tuple[int, int, int], dict[int, int] | None] = {}
        self._tables: dict[int, list[list[int]]] = {}
        self._orders: dict[tuple[int, ...], list[int]] = {}
        self._read_limits()
        self.cost = self._cost_of_nothing()

    def _read_limits(self) -> None:
        facts, policy = self.facts, self.facts.policy
        self.seat_cost = [facts.weights["recent_load"] * recent for recent in facts.recent]
        self.host_max = policy.host_seats.max
        names = ("leader", "deputy", "member")
        self.host_roles = [name in policy.host_seats.roles for name in names]
        self.members_reciprocal = policy.reciprocity == "members"
        self.leaders_reciprocal = policy.reciprocity == "leaders"
        self.cap = policy.recent_days_cap
        self.has_pins = bool(facts.pinned_seat or facts.pinned_out or facts.barred_teams)
        problem = facts.problem
        self.before: dict[int, set[tuple[int, int]]] = {}
        self.planned: dict[int, set[tuple[int, int]]] = {}
        self.change_cost = facts.weights["changes"] if problem.baseline is not None else 0
        if self.change_cost:
            self._read_baseline()

    def _read_baseline(self) -> None:
        facts = self.facts
        for team in facts.problem.baseline or ():
            slot = facts.team_index.get(team.id, -2)
            for person in team.people:
                if person in facts.person_index:
                    role = ("leader", "deputy", "member").index(team.role_of(person) or "member")
                    self.before.setdefault(facts.person_index[person], set()).add((slot, role))
            for visit in team.visits:
                if visit.unit in facts.body_index:
                    start = facts.problem.day_index.get(visit.start, -1)
                    self.planned.setdefault(facts.body_index[visit.unit], set()).add((slot, start))

    def _cost_of_nothing(self) -> int:
        facts = self.facts
        cost = sum(self._left_out(unit) for unit in range(len(facts.bodies)))
        cost += facts.shortage * (len(facts.wanted_arcs) + len(facts.pinned_seat))
        return cost + self.change_cost * (len(self.before) + len(self.planned))

    def _left_out(self, unit: int) -> int:
        facts, body = self.facts, self.facts.bodies[unit]
        cost = 0 if body.must else facts.weights["uncovered"] * body.priority
        if body.must or body.team is not None:
            cost += facts.shortage
        return cost

    @property
    def missing(self) -> int:
        """How many demands of the rules are not met; 0 for a plan."""
        return self.cost // self.facts.shortage

    def price_order(self, hosts: tuple[int, ...]) -> list[int]:
        """Everybody whom somebody may send to these counties, the cheapest first."""
        known = self._orders.get(hosts)
        if known is None:
            facts = self.facts
            travel = facts.weights["travel"]
            price = [
                travel * sum(facts.distance[office][host] for host in hosts) + cost
                for office, cost in zip(facts.office, self.seat_cost, strict=True)
            ]
            known = self._orders[hosts] = [
                person
                for person in sorted(range(len(price)), key=price.__getitem__)
                if self._fit(person, hosts)
            ]
        return known

    def _fit(self, person: int, hosts: tuple[int, ...]) -> bool:
        """Whether some role and some unit of the counties is open to the person at all."""
        facts = self.facts
        office = facts.office[person]
        host = office in hosts
        if host and not (self.host_max and any(self.host_roles)):
            return False
        if not host and not all(facts.may_send[office][county] for county in hosts):
            return False
        units = sum(1 << unit for county in hosts for unit in facts.units_of[county])
        bars = facts.bars[host]
        return any(facts.may[role][person] and ~bars[role][person] & units for role in range(3))

    # --- People ------------------------------------------------------------------------------

    def may_seat(self, person: int, team: int, role: int) -> bool:
        """Whether no rule forbids to add this person, who is in no team now."""
        facts, crew = self.facts, self.crews[team]
        if not facts.may[role][person]:
            return False
        office = facts.office[person]
        host = office in crew.hosts
        if facts.bars[host][role][person] & crew.unit_mask:
            return False
        missed = crew.busy & facts.away[person]
        if missed and missed.bit_count() > facts.policy.max_absence_days:
            return False
        slot = self.slots[team]
        if len(crew.seats) >= slot.size[1]:
            return False
        if role == LEADER and crew.leaders:
            return False
        if role == DEPUTY and crew.deputies >= slot.deputies[1]:
            return False
        employer = facts.employer[person]
        if employer >= 0 and self.employed[employer] >= facts.policy.home_unit_quota:
            return False
        for enemy in facts.enemies[person]:
            if self.team_of[enemy] == team:
                return False
        if self.cap is not None and facts.recent[person] + crew.busy.bit_count() > self.cap:
            return False
        if self.has_pins and not self._pins_allow(person, team, role):
            return False
        if host:
            return self.host_roles[role] and crew.per_office[office] < self.host_max
        return self._may_send(office, crew, role)

    def _pins_allow(self, person: int, team: int, role: int) -> bool:
        facts = self.facts
        if person in facts.pinned_out or (person, team) in facts.barred_teams:
            return False
        pinned = facts.pinned_seat.get(person)
        return pinned is None or (pinned[0] == team and pinned[1] in (None, role))

    def _may_send(self, office: int, crew: Crew, role: int) -> bool:
        facts, policy = self.facts, self.facts.policy
        if role == LEADER:
            for host in crew.hosts:
                if not facts.may_lead[office][host]:
                    return False
                if self.leaders_reciprocal and self.led[host][office]:
                    return False
        there = crew.per_office[office]
        if facts.is_county[office]:
            if there >= policy.per_office_max:
                return False
            if not there and crew.origins >= policy.home_offices[1]:
                return False
        if there:
            return True
        for host in crew.hosts:
            if not facts.may_send[office][host]:
                return False
            if self.members_reciprocal and self.sent[host][office]:
                return False
            if facts.is_county[office] and not self.sent[office][host]:
                if self.targets[office] >= policy.office_targets:
                    return False
                if self.sources[host] >= policy.office_sources:
                    return False
        return True

    def seat(self, person: int, team: int, role: int) -> None:
        self._change_seat(person, team, role, 1)

    def unseat(self, person: int) -> None:
        team = self.team_of[person]
        self._change_seat(person, team, self.crews[team].seats[person], -1)

    def _change_seat(self, person: int, team: int, role: int, step: int) -> None:
        """Add (step 1) or take away (-1) somebody, and what it costs."""
        facts, crew = self.facts, self.crews[team]
        office = facts.office[person]
        shortage = facts.shortage
        cost = self.seat_cost[person] + (crew.distance[office] if crew.hosts else 0)
        for unit, weight in facts.soft[role][person]:
            if crew.unit_mask >> unit & 1:
                cost += weight * facts.weights["soft_conflict"]
        if self.change_cost:
            cost += self._seat_change(person, team, role)
        self.cost += cost * step - self._demands(team)
        have, table = crew.have, crew.table
        if table:
            for skill in facts.skills[person]:
                count = have[skill]
                costs = table[skill]
                self.cost += costs[count + step] - costs[count]
                have[skill] = count + step
        else:
            for skill in facts.skills[person]:
                have[skill] += step
        if role == LEADER:
            crew.leaders += step
            if facts.green[person]:
                self.cost += step * crew.risky
        elif role == DEPUTY:
            crew.deputies += step
        if facts.seasoned[person]:
            crew.seasoned += step
        if step > 0:
            crew.seats[person] = role
            self.team_of[person] = team
        else:
            del crew.seats[person]
            self.team_of[person] = NOWHERE
        employer = facts.employer[person]
        if employer >= 0:
            self.employed[employer] += step
        self._change_office(office, crew, role, step)
        if facts.pinned_seat and facts.pinned_seat.get(person, (NOWHERE,))[0] == team:
            self.cost -= step * shortage
        self.cost += self._demands(team)

    def _change_office(self, office: int, crew: Crew, role: int, step: int) -> None:
        facts = self.facts
        before = crew.per_office[office]
        crew.per_office[office] = before + step
        if office not in crew.hosts:
            if before == 0 or before + step == 0:
                if facts.is_county[office]:
                    crew.origins += step
                for host in crew.hosts:
                    self._change_arc(office, host, step)
            if role == LEADER:
                for host in crew.hosts:
                    self.led[office][host] += step
        count = self.in_teams[office] + step
        self.in_teams[office] = count
        share = facts.share[office]
        if step > 0:
            if share[count] > self.peak:
                self._set_peak(share[count])
        elif share[count + 1] == self.peak and self.peak:
            self._set_peak(max(s[n] for s, n in zip(facts.share, self.in_teams, strict=True)))

    def _set_peak(self, peak: int) -> None:
        self.cost += (peak - self.peak) * self.facts.weights["peak_share"]
        self.peak = peak

    def _change_arc(self, origin: int, host: int, step: int) -> None:
        teams = self.sent[origin][host]
        self.sent[origin][host] = teams + step
        if teams == 0 or teams + step == 0:
            if self.facts.is_county[origin]:
                self.targets[origin] += step
                self.sources[host] += step
            if (origin, host) in self.facts.wanted_arcs:
                again = self.facts.wanted_arcs.count((origin, host))
                self.cost -= step * again * self.facts.shortage

    def _seat_change(self, person: int, team: int, role: int) -> int:
        before = self.before.get(person)
        if before is None:
            return self.change_cost
        return -self.change_cost if before == {(team, role)} else 0

    def _demands(self, team: int) -> int:
        """What the team lacks: people, leader, deputies, experience, origins."""
        crew, slot, policy = self.crews[team], self.slots[team], self.facts.policy
        size = len(crew.seats)
        if not crew.units:
            return size * self.facts.shortage
        lacks = 1 - crew.leaders
        if size < slot.size[0]:
            lacks += slot.size[0] - size
        if crew.deputies < slot.deputies[0]:
            lacks += slot.deputies[0] - crew.deputies
        if crew.seasoned < policy.experienced:
            lacks += policy.experienced - crew.seasoned
        if crew.origins < policy.home_offices[0]:
            lacks += policy.home_offices[0] - crew.origins
        return lacks * self.facts.shortage

    # --- Units -------------------------------------------------------------------------------

    def dates_with(self, team: int, units: list[int]) -> dict[int, int] | None:
        """Starts for the team's people visiting exactly `units`; None if a rule forbids it."""
        facts, crew, slot = self.facts, self.crews[team], self.slots[team]
        if slot.max_units is not None and len(units) > slot.max_units:
            return None
        mask = 0
        for unit in units:
            pinned = facts.bodies[unit].team
            if pinned is not None and pinned != team:
                return None
            mask |= 1 << unit
        hosts = {facts.bodies[unit].county for unit in units}
        if len(hosts) > facts.policy.team_counties:
            return None
        for person, role in crew.seats.items():
            if facts.bars[facts.office[person] in hosts][role][person] & mask:
                return None
        starts = self._dates(team, mask, units)
        if starts is None or not self._present(crew, starts):
            return None
        return starts

    def _dates(self, team: int, mask: int, units: list[int]) -> dict[int, int] | None:
        facts, crew, slot = self.facts, self.crews[team], self.slots[team]
        blocked = 0
        for person in crew.seats:
            blocked |= facts.away[person]
        if self.planned:
            kept = self._planned_dates(team, units, blocked)
            if kept is not None:
                return kept
        for avoided in (blocked, 0) if facts.policy.max_absence_days and blocked else (blocked,):
            key = (mask, avoided, slot.concurrency)
            if key not in self._packed:
                jobs = [(facts.bodies[u].starts, facts.bodies[u].days) for u in units]
                found = pack(jobs, avoided, facts.calendar_days, slot.concurrency)
                self._packed[key] = None if found is None else dict(zip(units, found, strict=True))
            starts = self._packed[key]
            if starts is not None:
                return starts
        return None

    def _planned_dates(self, team: int, units: list[int], blocked: int) -> dict[int, int] | None:
        """The published dates, where they still fit; units without one are packed around."""
        facts, slot = self.facts, self.slots[team]
        jobs = []
        for unit in units:
            body = facts.bodies[unit]
            dates = {start for where, start in self.planned.get(unit, ()) if where == team}
            starts = tuple(s for s in body.starts if s in dates) or body.starts
            jobs.append((starts, body.days))
        found = pack(jobs, blocked, facts.calendar_days, slot.concurrency)
        return None if found is None else dict(zip(units, found, strict=True))

    def _present(self, crew: Crew, starts: dict[int, int]) -> bool:
        facts = self.facts
        busy = self._busy(starts)
        days = busy.bit_count()
        for person in crew.seats:
            if (busy & facts.away[person]).bit_count() > facts.policy.max_absence_days:
                return False
            if self.cap is not None and facts.recent[person] + days > self.cap:
                return False
        return True

    def _busy(self, starts: dict[int, int]) -> int:
        busy = 0
        for unit, start in starts.items():
            busy |= ((1 << self.facts.bodies[unit].days) - 1) << start
        return busy

    def set_units(self, team: int, starts: dict[int, int]) -> None:
        """Give the team exactly these visits. Its people stay; when the counties change there
        must be none."""
        crew, facts = self.crews[team], self.facts
        self.cost -= self._demands(team) + self._unit_cost(crew)
        for unit in crew.units:
            self.cost -= self._visit_change(unit, team, crew.start[unit])
            if self.visitor[unit] == team:  # else another team took it over already
                self.visitor[unit] = NOWHERE
                self.cost += self._left_out(unit)
        crew.units = sorted(starts)
        crew.start = dict(starts)
        crew.unit_mask = sum(1 << unit for unit in starts)
        crew.busy = self._busy(starts)
        hosts = tuple(sorted({facts.bodies[unit].county for unit in starts}))
        if hosts != crew.hosts:
            if crew.seats:
                raise AssertionError("The counties of a team change only while it is empty.")
            crew.hosts = hosts
            weight = facts.weights["travel"]
            crew.distance = [weight * sum(row[host] for host in hosts) for row in facts.distance]
        for unit in crew.units:
            self.cost += self._visit_change(unit, team, crew.start[unit])
            if self.visitor[unit] == NOWHERE:
                self.cost -= self._left_out(unit)
            self.visitor[unit] = team
        crew.risky = facts.weights["green_leader"] * sum(
            facts.bodies[unit].risk for unit in crew.units if facts.bodies[unit].risk >= 4
        )
        crew.table = self._table(crew)
        self.cost += self._demands(team) + self._unit_cost(crew)

    def _unit_cost(self, crew: Crew) -> int:
        """The part of the cost that depends on the team's people and units together."""
        facts = self.facts
        cost = sum(costs[n] for costs, n in zip(crew.table, crew.have, strict=False))
        weight = facts.weights["soft_conflict"]
        for person, role in crew.seats.items():
            if role == LEADER and facts.green[person]:
                cost += crew.risky
            for unit, points in facts.soft[role][person]:
                if crew.unit_mask >> unit & 1:
                    cost += points * weight
        return cost

    def _visit_change(self, unit: int, team: int, start: int) -> int:
        if not self.change_cost:
            return 0
        before = self.planned.get(unit)
        if before is None:
            return self.change_cost
        return -self.change_cost if before == {(team, start)} else 0

    def _table(self, crew: Crew) -> list[list[int]]:
        if not crew.units:
            return []
        known = self._tables.get(crew.unit_mask)
        if known is None:
            known = self._tables[crew.unit_mask] = self._new_table(crew)
        return known

    def _new_table(self, crew: Crew) -> list[list[int]]:
        facts = self.facts
        most = min(max(slot.size[1] for slot in self.slots), len(facts.people)) + 2
        table = [[0] * most for _ in facts.skill_index]
        for unit in crew.units:
            body = facts.bodies[unit]
            for skill, needed in body.needs:
                for count in range(min(needed, most)):
                    table[skill][count] += facts.shortage * (needed - count)
            for skill, wanted in body.wants:
                for count in range(min(wanted, most)):
                    table[skill][count] += facts.weights["skill_gap"] * body.risk * (wanted - count)
        return table

    def empty(self, team: int) -> None:
        """Send the team's people home and give up its visits."""
        for person in list(self.crews[team].seats):
            self.unseat(person)
        self.set_units(team, {})

    # --- Going back -------------------------------------------------------------------------

    def snapshot(self) -> list[tuple[dict[int, int], dict[int, int]]]:
        """Visits and seats of every team, for `restore`."""
        return [(dict(crew.start), dict(crew.seats)) for crew in self.crews]

    def restore(self, snapshot: list[tuple[dict[int, int], dict[int, int]]]) -> None:
        changed = [
            team
            for team, (starts, seats) in enumerate(snapshot)
            if self.crews[team].start != starts or self.crews[team].seats != seats
        ]
        for team in changed:
            self.empty(team)
        for team in changed:
            starts, seats = snapshot[team]
            self.set_units(team, starts)
            for person, role in seats.items():
                self.seat(person, team, role)
