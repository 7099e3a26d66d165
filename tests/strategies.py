"""Random rounds small enough to be searched exhaustively, and schedules for them.

`problems()` draws valid problems in which every key of the policy and every optional list of
the exchange format turns up. Most values stay near their defaults, so that a good share of
the problems has a plan. `schedules(problem)` draws plans, most of them broken somewhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal, get_args

from hypothesis import strategies as st

from scheduling.domain.problem import (
    MEASURES,
    ROLES,
    Away,
    Declared,
    HostSeats,
    Inspector,
    Led,
    Month,
    Office,
    Pair,
    Pin,
    PinArc,
    PinPerson,
    PinUnit,
    Policy,
    Position,
    Post,
    Problem,
    Relation,
    Relative,
    RoleScope,
    Round,
    Schedule,
    Sent,
    Team,
    TeamSlot,
    Tier,
    Unit,
    Visit,
    Visited,
    Window,
    default_objective,
)

Draw = st.DrawFn
Range = tuple[int, int]

SKILLS = ("audit", "finance", "law")
SYSTEMS = ("education", "health", "party")
EMPLOYERS = ("county hospital", "tax bureau")
CITY = "city"
_LOCATIONS = st.tuples(st.integers(1200, 1230), st.integers(290, 310)).map(
    lambda tenths: (tenths[0] / 10, tenths[1] / 10)
)


def mostly(usual: Any, *others: st.SearchStrategy[Any], odds: int = 3) -> st.SearchStrategy[Any]:
    """`usual` about `odds` times as often as one of the others.

    A die decides, because `one_of` counts equal strategies once.
    """
    otherwise = st.one_of(*others)
    return st.integers(0, odds + len(others) - 1).flatmap(
        lambda die: st.just(usual) if die < odds else otherwise
    )


@st.composite
def problems(
    draw: Draw,
    *,
    counties: Range = (2, 4),
    people: Range = (4, 10),
    teams: Range = (1, 3),
    units: Range = (2, 5),
    days: Range = (3, 8),
    baseline: bool | None = None,
    pins: bool | None = None,
) -> Problem:
    """A small valid problem. `baseline` and `pins`: True always, False never, None at times."""
    round_, calendar = draw(_rounds(days))
    offices = draw(_offices(counties))
    county_ids = [office.id for office in offices if office.kind == "county"]
    bodies = draw(_units(county_ids, calendar, units))
    inspectors = draw(_inspectors(offices, bodies, calendar, people))
    slots = draw(_slots(teams))
    drawn = Problem(
        round=round_,
        calendar=calendar,
        offices=offices,
        units=bodies,
        inspectors=inspectors,
        teams=slots,
        declared=draw(_some(_declared(inspectors, bodies, offices), 3)),
        pairs=draw(_some(_pairs(inspectors), 2)),
        history=draw(_some(_history([o.id for o in offices], county_ids), 2)),
        travel=draw(_travel(offices)),
    )
    if pins or (pins is None and draw(mostly(False, st.just(True)))):
        drawn = replace(drawn, pins=draw(_some(_pins(drawn), 3, least=1)))
    if baseline or (baseline is None and draw(mostly(False, st.just(True)))):
        drawn = replace(drawn, baseline=draw(_baselines(drawn)))
    return replace(drawn, policy=draw(_policies(with_baseline=drawn.baseline is not None)))


@st.composite
def schedules(draw: Draw, problem: Problem) -> Schedule:
    """A plan for `problem`: units, teams and people exist, rules are mostly not looked at.

    At times it is careful about dates and roles, so that near-valid plans turn up too.
    """
    careful = draw(mostly(True, st.just(False)))
    return Schedule(_teams_of(draw, problem, careful=careful))


def _some(
    each: st.SearchStrategy[Any] | None, most: int, *, least: int = 0
) -> st.SearchStrategy[tuple[Any, ...]]:
    if each is None:
        return st.just(())
    return st.lists(each, min_size=least, max_size=most).map(tuple)


# --- The frame: days, offices, teams ------------------------------------------------------


@st.composite
def _rounds(draw: Draw, days: Range) -> tuple[Round, tuple[date, ...]]:
    start = date(2026, 3, 2) + timedelta(days=draw(st.integers(0, 40)))
    length = draw(st.integers(*days))
    gaps = draw(st.lists(st.sampled_from([1, 1, 1, 3]), min_size=length, max_size=length))
    calendar = [start + timedelta(days=draw(st.integers(0, 1)))]
    for gap in gaps[1:]:
        calendar.append(calendar[-1] + timedelta(days=gap))
    end = calendar[-1] + timedelta(days=draw(st.integers(0, 2)))
    return Round("r1", "spring round", start, end), tuple(calendar)


@st.composite
def _offices(draw: Draw, counties: Range) -> tuple[Office, ...]:
    names = [f"c{k}" for k in range(draw(st.integers(*counties)))]
    offices = [Office(name, f"Office {name}", "county", draw(_LOCATIONS)) for name in names]
    if draw(mostly(True, st.just(False))):
        offices.insert(0, Office(CITY, "City office", "city", draw(_LOCATIONS)))
    return tuple(offices)


def _slots(teams: Range) -> st.SearchStrategy[tuple[TeamSlot, ...]]:
    sizes = mostly((1, 3), st.sampled_from([(2, 3), (2, 4), (0, 2), (1, 1), (3, 3)]), odds=2)
    deputies = mostly((0, 1), st.sampled_from([(1, 1), (0, 0), (0, 2), (1, 2)]))
    slot = st.builds(
        TeamSlot,
        id=st.just(""),
        size=sizes,
        deputies=deputies,
        concurrency=mostly(1, st.just(2)),
        max_units=mostly(None, st.integers(1, 2)),
    )
    return st.lists(slot, min_size=teams[0], max_size=teams[1]).map(
        lambda slots: tuple(replace(slot, id=f"t{k}") for k, slot in enumerate(slots))
    )


@st.composite
def _travel(draw: Draw, offices: Sequence[Office]) -> Mapping[tuple[str, str], int]:
    if len(offices) < 2 or not draw(mostly(False, st.just(True))):
        return {}
    a, b = draw(st.permutations([office.id for office in offices]))[:2]
    km = draw(st.integers(0, 200))
    return {(a, b): km, (b, a): km}


# --- Units ---------------------------------------------------------------------------------


@st.composite
def _units(
    draw: Draw, county_ids: Sequence[str], calendar: Sequence[date], units: Range
) -> tuple[Unit, ...]:
    drawn: list[Unit] = []
    for k in range(draw(st.integers(*units))):
        # A parent comes earlier in the list, which rules out cycles.
        parents = st.sampled_from([unit.id for unit in drawn]) if drawn else st.none()
        needs = st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 2), max_size=2)
        drawn.append(
            Unit(
                id=f"u{k}",
                name=f"Unit {k}",
                county=draw(st.sampled_from(list(county_ids))),
                kind=draw(st.sampled_from(["bureau", "township"])),
                risk=draw(st.integers(1, 5)),
                days=draw(st.integers(1, min(3, len(calendar)))),
                mandatory=draw(mostly(False, st.just(True))),
                priority=draw(st.integers(1, 9)),
                parent=draw(mostly(None, parents)),
                system=draw(mostly(None, st.sampled_from(SYSTEMS), odds=1)),
                inspectable=draw(mostly(True, st.just(False), odds=6)),
                window=draw(mostly(Window(), _windows(calendar))),
                skills=draw(mostly({}, needs, odds=5)),
                wanted=draw(mostly({}, needs, odds=1)),
            )
        )
    return tuple(drawn)


@st.composite
def _windows(draw: Draw, calendar: Sequence[date]) -> Window:
    earliest = draw(st.none() | st.sampled_from(list(calendar)))
    later = [day for day in calendar if earliest is None or day >= earliest]
    return Window(earliest, draw(st.none() | st.sampled_from(later)))


# --- People --------------------------------------------------------------------------------


@st.composite
def _inspectors(
    draw: Draw,
    offices: Sequence[Office],
    units: Sequence[Unit],
    calendar: Sequence[date],
    people: Range,
) -> tuple[Inspector, ...]:
    number = draw(st.integers(*people))
    return tuple(draw(_inspector(f"p{k}", offices, units, calendar)) for k in range(number))


@st.composite
def _inspector(
    draw: Draw,
    inspector_id: str,
    offices: Sequence[Office],
    units: Sequence[Unit],
    calendar: Sequence[date],
) -> Inspector:
    office_ids = [office.id for office in offices]
    county_ids = [office.id for office in offices if office.kind == "county"]
    unit_ids = [unit.id for unit in units]
    place = mostly(None, st.sampled_from([*county_ids, "elsewhere"]), odds=6)
    county = st.sampled_from(county_ids)
    unit = st.sampled_from(unit_ids)
    ago = st.integers(1, 4)
    return Inspector(
        id=inspector_id,
        name=f"Inspector {inspector_id}",
        office=draw(st.sampled_from(office_ids)),
        leader=draw(mostly(True, st.just(False), odds=2)),
        deputy=draw(st.booleans()),
        skills=frozenset(draw(st.sets(st.sampled_from(SKILLS), max_size=2))),
        rounds=draw(mostly(1, st.integers(0, 4))),
        recent_days=draw(st.sampled_from([0, 0, 5, 20])),
        home_unit=draw(mostly(None, st.sampled_from([*unit_ids, *EMPLOYERS]), odds=6)),
        system=draw(mostly(None, st.sampled_from(SYSTEMS), odds=1)),
        native=draw(place),
        grew_up=draw(place),
        away=draw(mostly((), _some(_absences(calendar), 2), odds=8)),
        posts=draw(mostly((), _some(_posts(unit_ids, office_ids), 2), odds=8)),
        relatives=draw(mostly((), _some(_relatives(unit_ids, office_ids), 2), odds=8)),
        interests=draw(mostly((), _some(unit, 1), odds=8)),
        visited=draw(mostly((), _some(st.builds(Visited, unit=unit, ago=ago), 1), odds=8)),
        led=draw(mostly((), _some(st.builds(Led, county=county, ago=ago), 1), odds=8)),
    )


@st.composite
def _absences(draw: Draw, calendar: Sequence[date]) -> Away:
    start = draw(st.sampled_from(list(calendar)))
    return Away(start, start + timedelta(days=draw(st.integers(0, 3))))


@st.composite
def _posts(draw: Draw, unit_ids: Sequence[str], office_ids: Sequence[str]) -> Post:
    start = draw(st.integers(12 * 2019, 12 * 2026))
    end = draw(st.none() | st.integers(start, min(start + 60, 12 * 2026 + 6)))
    unit, office = draw(_unit_or_office(unit_ids, office_ids))
    return Post(_month(start), None if end is None else _month(end), unit, office)


def _month(index: int) -> Month:
    return Month(index // 12, index % 12 + 1)


def _unit_or_office(
    unit_ids: Sequence[str], office_ids: Sequence[str]
) -> st.SearchStrategy[tuple[str | None, str | None]]:
    return st.one_of(
        st.tuples(st.sampled_from(list(unit_ids)), st.none()),
        st.tuples(st.none(), st.sampled_from(list(office_ids))),
    )


@st.composite
def _relatives(draw: Draw, unit_ids: Sequence[str], office_ids: Sequence[str]) -> Relative:
    unit, office = draw(_unit_or_office(unit_ids, office_ids))
    relation: Relation = draw(mostly("other", st.sampled_from(get_args(Relation)), odds=1))
    position: Position = draw(st.sampled_from(get_args(Position)))
    return Relative(relation, position, unit, office)


# --- What binds people, offices and teams --------------------------------------------------


@st.composite
def _declared(
    draw: Draw, inspectors: Sequence[Inspector], units: Sequence[Unit], offices: Sequence[Office]
) -> Declared:
    unit, office = draw(_unit_or_office([u.id for u in units], [o.id for o in offices]))
    severity: Literal["hard", "soft"] = draw(st.sampled_from(["hard", "soft"]))
    return Declared(
        inspector=draw(st.sampled_from(list(inspectors))).id,
        kind="dispute",
        severity=severity,
        unit=unit,
        office=office,
        weight=draw(st.integers(0, 5)),
        roles=frozenset(draw(mostly(ROLES, st.sets(st.sampled_from(ROLES))))),
        unless_host=severity == "hard" and draw(mostly(False, st.just(True))),
    )


def _pairs(inspectors: Sequence[Inspector]) -> st.SearchStrategy[Pair] | None:
    if len(inspectors) < 2:
        return None
    two = st.lists(st.sampled_from([i.id for i in inspectors]), min_size=2, max_size=2, unique=True)
    return two.map(lambda ids: Pair(ids[0], ids[1], "spouse"))


def _history(office_ids: Sequence[str], county_ids: Sequence[str]) -> st.SearchStrategy[Sent]:
    return st.builds(
        Sent,
        origin=st.sampled_from(list(office_ids)),
        host=st.sampled_from(list(county_ids)),
        ago=st.integers(1, 3),
    )


def _pins(problem: Problem) -> st.SearchStrategy[Pin]:
    person = st.sampled_from([inspector.id for inspector in problem.inspectors])
    team = st.sampled_from([team.id for team in problem.teams])
    county = st.sampled_from([office.id for office in problem.counties])
    kinds: list[st.SearchStrategy[Pin]] = [
        st.builds(PinPerson, inspector=person, team=team, role=st.none() | st.sampled_from(ROLES)),
        st.builds(PinPerson, inspector=person, team=team, forbid=st.just(True)),
        st.builds(PinPerson, inspector=person, team=st.none()),
        st.builds(PinArc, origin=county, host=county, forbid=st.booleans()),
    ]
    inspectable = [unit.id for unit in problem.units if unit.inspectable]
    if inspectable:
        unit = st.sampled_from(inspectable)
        start = st.none() | st.sampled_from(list(problem.calendar))
        kinds.append(st.builds(PinUnit, unit=unit, team=team, start=start))
        kinds.append(st.builds(PinUnit, unit=unit, team=st.none()))
    return st.one_of(kinds)


@st.composite
def _policies(draw: Draw, *, with_baseline: bool) -> Policy:
    """Up to five keys away from their defaults: with more, hardly a round has a plan."""
    roles = st.sets(st.sampled_from(ROLES)).map(frozenset)
    scope: tuple[RoleScope, ...] = get_args(RoleScope)
    unusual: dict[str, st.SearchStrategy[Any]] = {
        "home_offices": st.sampled_from([(1, 1), (2, 99), (0, 1), (0, 99)]),
        "host_seats": st.builds(HostSeats, st.integers(0, 2), roles),
        "team_counties": st.integers(0, 3),
        "office_targets": st.integers(0, 2),
        "office_sources": st.integers(0, 2),
        "per_office_max": st.integers(0, 2),
        "reciprocity": st.sampled_from(["off", "leaders"]),
        "repeat_rounds": st.integers(1, 3),
        "former_post_years": st.integers(0, 6),
        "former_post_total_years": st.integers(0, 4),
        "system": st.sampled_from(scope),
        "home_unit_quota": st.integers(0, 1),
        "native": st.sampled_from(scope),
        "revisit_rounds": st.integers(0, 4),
        "max_absence_days": st.integers(1, 3),
        "experienced": st.integers(0, 2),
        "recent_days_cap": st.integers(0, 24),
    }
    keys = draw(st.lists(st.sampled_from(sorted(unusual)), max_size=5, unique=True))
    given = {key: draw(unusual[key]) for key in keys}
    return Policy(**given, objective=draw(_objectives(with_baseline=with_baseline)))


def _objectives(*, with_baseline: bool) -> st.SearchStrategy[tuple[Tier, ...]]:
    tier = st.dictionaries(st.sampled_from(MEASURES), st.integers(0, 50), min_size=1, max_size=4)
    usual = default_objective(with_baseline=with_baseline)
    return mostly(usual, st.lists(tier, min_size=1, max_size=3).map(tuple), odds=1)


# --- Plans ---------------------------------------------------------------------------------


@st.composite
def _baselines(draw: Draw, problem: Problem) -> tuple[Team, ...]:
    """A published plan, of which a person, a unit or a team may be gone by now."""
    teams = list(_teams_of(draw, problem, careful=True, everybody_once=True))
    gone = draw(mostly("nothing", st.sampled_from(["person", "unit", "team"]), odds=1))
    first = teams[0]
    if gone == "person":
        teams[0] = replace(first, members=(*first.members, "gone-person"))
    elif gone == "unit":
        day = problem.calendar[0]
        teams[0] = replace(first, visits=(*first.visits, Visit("gone-unit", day, day)))
    elif gone == "team":
        teams[0] = replace(first, id="gone-team")
    return tuple(teams)


def _teams_of(
    draw: Draw, problem: Problem, *, careful: bool, everybody_once: bool = False
) -> tuple[Team, ...]:
    """One team a slot. `careful`: roles and dates mostly fit."""
    idle = [inspector.id for inspector in draw(st.permutations(problem.inspectors))]
    unvisited = [u for u in draw(st.permutations(problem.units)) if u.inspectable or not careful]
    everybody = [inspector.id for inspector in problem.inspectors]
    teams: list[Team] = []
    for slot in problem.teams:
        size = draw(st.integers(*slot.size) if careful else st.integers(0, 4))
        if careful or everybody_once:
            people, idle = idle[:size], idle[size:]
        else:
            people = draw(st.lists(st.sampled_from(everybody), max_size=size))
        count = draw(st.integers(0, 2))
        visited, unvisited = unvisited[:count], unvisited[count:]
        if careful and not visited:
            people = []
        teams.append(_team(draw, problem, slot, people, visited, careful=careful))
    return tuple(teams)


def _team(
    draw: Draw,
    problem: Problem,
    slot: TeamSlot,
    people: Sequence[str],
    visited: Sequence[Unit],
    *,
    careful: bool,
) -> Team:
    leaders = [p for p in people if problem.inspector_by_id[p].leader] if careful else list(people)
    leader = leaders[0] if leaders and (careful or draw(st.booleans())) else None
    rest = [p for p in people if p != leader]
    deputies = draw(st.integers(*slot.deputies) if careful else st.integers(0, 3))
    return Team(
        id=slot.id,
        leader=leader,
        deputies=tuple(rest[:deputies]),
        members=tuple(rest[deputies:]),
        visits=tuple(draw(_visits(problem, unit, careful=careful)) for unit in visited),
    )


@st.composite
def _visits(draw: Draw, problem: Problem, unit: Unit, *, careful: bool) -> Visit:
    starts = problem.starts_of(unit)
    if careful and starts:
        first = draw(st.sampled_from(list(starts)))
        return Visit(unit.id, problem.calendar[first], problem.calendar[first + unit.days - 1])
    start = problem.round.start + timedelta(days=draw(st.integers(-1, 8)))
    return Visit(unit.id, start, start + timedelta(days=draw(st.integers(0, 4))))
