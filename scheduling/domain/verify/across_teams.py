"""What holds across the teams: coverage, quotas, who inspects whom, and the pins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from kernel.text import Text
from scheduling.domain.problem import Pin, PinArc, PinPerson, PinUnit
from scheduling.domain.verify.reading import ROLE_WORDS, Breach, Reading


def coverage(reading: Reading) -> Iterator[Breach]:
    """What must be visited is, once; nothing is visited twice or without being up for it."""
    problem = reading.problem
    visits = Counter(visit.unit for team in reading.schedule.teams for visit in team.visits)
    excused = {pin.unit for pin in problem.pins if isinstance(pin, PinUnit) and pin.team is None}
    for unit in problem.units:
        number = visits.pop(unit.id, 0)
        if not unit.inspectable and number:
            fault = Text(
                zh=f"{unit.name}不在可巡察之列，却被巡察。",
                en=f"{unit.name} is not up for inspection but is visited.",
            )
        elif number > 1:
            fault = Text(
                zh=f"{unit.name}被巡察 {number} 次。", en=f"{unit.name} is visited {number} times."
            )
        elif unit.inspectable and unit.mandatory and number == 0 and unit.id not in excused:
            fault = Text(
                zh=f"{unit.name}必须巡察，却未安排。",
                en=f"{unit.name} must be visited but is not.",
            )
        else:
            continue
        yield Breach("coverage", (unit.id,), fault)
    for unknown in visits:
        yield Breach(
            "coverage",
            (unknown,),
            Text(zh=f"本轮没有单位 {unknown}。", en=f"the round has no unit {unknown}."),
        )


def one_team(reading: Reading) -> Iterator[Breach]:
    """Everybody sits in one place at most."""
    seats: dict[str, list[str]] = defaultdict(list)
    for team in reading.schedule.teams:
        for person in team.people:
            seats[person].append(team.id)
    for person, teams in seats.items():
        inspector = reading.problem.inspector_by_id.get(person)
        if inspector is None:
            yield Breach(
                "one_team",
                (person,),
                Text(zh=f"本轮没有人员 {person}。", en=f"the round has no inspector {person}."),
            )
        elif len(teams) > 1:
            yield Breach(
                "one_team",
                (person, *dict.fromkeys(teams)),
                Text(
                    zh=f"{inspector.name}在方案中占 {len(teams)} 个席位。",
                    en=f"{inspector.name} has {len(teams)} seats in the plan.",
                ),
            )


def home_unit_quota(reading: Reading) -> Iterator[Breach]:
    """How many people one employer gives to all the teams together."""
    most = reading.problem.policy.home_unit_quota
    sent = {person.id: person.home_unit for team in reading.teams for person in team.people}
    for home, number in Counter(sent.values()).items():
        if home is not None and number > most:
            unit = reading.problem.unit_by_id.get(home)
            name = home if unit is None else unit.name
            yield Breach(
                "home_unit_quota",
                (home,),
                Text(
                    zh=f"各组共有{name} {number} 人，最多 {most} 人。",
                    en=f"the teams hold {number} people of {name}, at most {most} may be.",
                ),
            )


def office_targets(reading: Reading) -> Iterator[Breach]:
    """To how many counties one county office sends its people."""
    targets: dict[str, set[str]] = defaultdict(set)
    for origin, host in _arcs(reading):
        targets[origin].add(host)
    most = reading.problem.policy.office_targets
    for origin, hosts in targets.items():
        if origin in reading.county_ids and len(hosts) > most:
            yield Breach(
                "office_targets",
                (origin,),
                Text(
                    zh=f"{reading.office_name(origin)}派往 {len(hosts)} 个县，最多 {most} 个。",
                    en=f"{reading.office_name(origin)} sends people to {len(hosts)} counties,"
                    f" at most {most} may be.",
                ),
            )


def office_sources(reading: Reading) -> Iterator[Breach]:
    """How many county offices send people to one county. Who stays at home is not sent."""
    sources: dict[str, set[str]] = defaultdict(set)
    for origin, host in _arcs(reading):
        if origin in reading.county_ids:
            sources[host].add(origin)
    most = reading.problem.policy.office_sources
    for host, origins in sources.items():
        if len(origins) > most:
            yield Breach(
                "office_sources",
                (host,),
                Text(
                    zh=f"{len(origins)} 个县派人到{reading.office_name(host)}，最多 {most} 个。",
                    en=f"{len(origins)} county offices send people to"
                    f" {reading.office_name(host)}, at most {most} may.",
                ),
            )


def reciprocity(reading: Reading) -> Iterator[Breach]:
    """No two counties inspect each other."""
    mode = reading.problem.policy.reciprocity
    if mode == "off":
        return
    arcs = _arcs(reading, leaders_only=mode == "leaders")
    for a, b in sorted(arcs):
        if a < b and (b, a) in arcs:
            yield Breach(
                "reciprocity",
                (a, b),
                Text(zh="{a}与{b}相互巡察。", en="{a} and {b} inspect each other.").format(
                    a=reading.office_name(a), b=reading.office_name(b)
                ),
            )


def repeat(reading: Reading) -> Iterator[Breach]:
    """No office goes again to where it went lately."""
    policy = reading.problem.policy
    arcs = _arcs(reading, leaders_only=policy.reciprocity == "leaders")
    past = dict.fromkeys(
        (sent.origin, sent.host)
        for sent in reading.problem.history
        if sent.ago <= policy.repeat_rounds
    )
    for origin, host in past:
        if (origin, host) in arcs:
            yield Breach(
                "repeat",
                (origin, host),
                Text(
                    zh="{a}近几轮巡察过{b}，又被派往。",
                    en="{a} is sent to {b}, which it inspected too few rounds ago.",
                ).format(a=reading.office_name(origin), b=reading.office_name(host)),
            )


def pin(reading: Reading) -> Iterator[Breach]:
    """Every decision that a person has taken holds."""
    for index, decided in enumerate(reading.problem.pins):
        wish = _unmet(reading, decided)
        if wish is not None:
            yield Breach("pin", (f"pins[{index}]",), wish)


def _unmet(reading: Reading, decided: Pin) -> Text | None:
    """What the pin asks for, if the plan does not do it."""
    if isinstance(decided, PinPerson):
        return _unmet_person(reading, decided)
    if isinstance(decided, PinUnit):
        return _unmet_unit(reading, decided)
    return _unmet_arc(reading, decided)


def _unmet_person(reading: Reading, decided: PinPerson) -> Text | None:
    name = reading.problem.inspector_by_id[decided.inspector].name
    seats = [
        (team.slot.id, seat.role)
        for team in reading.teams
        for seat in team.seats
        if seat.person.id == decided.inspector
    ]
    if decided.team is None:
        wish = Text(zh=f"{name}不得参加本轮。", en=f"{name} must stay out of the round.")
        return wish if seats else None
    if decided.forbid:
        wish = Text(
            zh=f"{name}不得在 {decided.team} 组。", en=f"{name} may not be in {decided.team}."
        )
        return wish if any(team == decided.team for team, _ in seats) else None
    if any(team == decided.team and decided.role in (None, role) for team, role in seats):
        return None
    if decided.role is None:
        return Text(zh=f"{name}必须在 {decided.team} 组。", en=f"{name} must be in {decided.team}.")
    return Text(
        zh="{name}必须任 {team} 组的{role}。", en="{name} must be {role} of {team}."
    ).format(name=name, team=decided.team, role=ROLE_WORDS[decided.role])


def _unmet_unit(reading: Reading, decided: PinUnit) -> Text | None:
    name = reading.problem.unit_by_id[decided.unit].name
    visits = [
        (team.slot.id, planned.visit.start)
        for team in reading.teams
        for planned in team.visits
        if planned.unit.id == decided.unit
    ]
    if decided.team is None:
        wish = Text(zh=f"{name}本轮不得巡察。", en=f"{name} must stay out of the round.")
        return wish if visits else None
    if any(team == decided.team and decided.start in (None, start) for team, start in visits):
        return None
    if decided.start is None:
        return Text(
            zh=f"{name}必须由 {decided.team} 组巡察。", en=f"{decided.team} must visit {name}."
        )
    return Text(
        zh=f"{name}必须由 {decided.team} 组从 {decided.start} 起巡察。",
        en=f"{decided.team} must visit {name} from {decided.start}.",
    )


def _unmet_arc(reading: Reading, decided: PinArc) -> Text | None:
    names = {"a": reading.office_name(decided.origin), "b": reading.office_name(decided.host)}
    sent = (decided.origin, decided.host) in _arcs(reading)
    if decided.forbid:
        wish = Text(zh="{a}不得派人到{b}。", en="nobody of {a} may be sent to {b}.")
        return wish.format(**names) if sent else None
    wish = Text(zh="{a}必须派人到{b}。", en="somebody of {a} must be sent to {b}.")
    return None if sent else wish.format(**names)


def _arcs(reading: Reading, *, leaders_only: bool = False) -> dict[tuple[str, str], None]:
    """(office, county) wherever somebody of the office, not on a host seat, visits it.

    The keys stand in the order of the plan, so that the same plan has the same verdict.
    """
    return {
        (seat.person.office, county): None
        for team in reading.filled
        for seat in team.guests
        if seat.role == "leader" or not leaders_only
        for county in team.counties
    }
