"""`round-problem/1` from bytes: every fault, or a valid `Problem`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from scheduling.domain.document.faults import Fault, InvalidDocument, quoted
from scheduling.domain.document.json_text import parsed
from scheduling.domain.document.node import Fields, Ids, Node
from scheduling.domain.document.person_reader import inspector
from scheduling.domain.document.pin_reader import pin
from scheduling.domain.document.policy_reader import policy
from scheduling.domain.document.team_reader import published_teams
from scheduling.domain.problem import (
    ROLES,
    Declared,
    Office,
    Pair,
    Problem,
    Round,
    Sent,
    TeamSlot,
    Unit,
    Window,
)

PROBLEM_FORMAT = "round-problem/1"
REQUIRED = ("format", "round", "calendar", "offices", "units", "inspectors", "teams", "policy")
OPTIONAL = ("declared", "pairs", "history", "pins", "baseline", "travel")
Severity = Literal["hard", "soft"]
OfficeKind = Literal["county", "city"]


def read_problem(data: bytes) -> Problem:
    """Read the bytes of a problem.

    Raises
    ------
    InvalidDocument
        With every fault that the document has, whatever the bytes are.
    """
    faults: list[Fault] = []
    problem = _problem(Node(parsed(data), "$", faults))
    if faults:
        raise InvalidDocument(faults)
    return problem


@dataclass(frozen=True, slots=True)
class _Known:
    """The ids to which the lists of the document refer."""

    offices: Ids
    counties: Ids
    units: Ids
    inspectors: Ids
    teams: Ids


def _problem(root: Node) -> Problem:
    top = root.fields(REQUIRED, OPTIONAL)
    top["format"].one_of((PROBLEM_FORMAT,))
    round_ = _round(top["round"])
    calendar = _calendar(top["calendar"], top["round"], round_)
    offices = _offices(top["offices"])
    all_offices = Ids.given_in("office", top["offices"])
    known = _Known(
        offices=all_offices,
        counties=all_offices.only(
            "county office", {office.id for office in offices if office.kind == "county"}
        ),
        units=Ids.given_in("unit", top["units"]),
        inspectors=Ids.given_in("inspector", top["inspectors"]),
        teams=Ids.given_in("team", top["teams"]),
    )
    units = _units(top["units"], known)
    inspectors = top["inspectors"].each_with_id(
        lambda node: inspector(node, known.offices, known.counties, known.units)
    )
    slots = top["teams"].each_with_id(_slot)
    visitable = known.units.only(
        "inspectable unit", {unit.id for unit in units if unit.inspectable}
    )
    baseline = top.maybe("baseline", published_teams) or None
    return Problem(
        round=round_,
        calendar=calendar,
        offices=offices,
        units=units,
        inspectors=inspectors,
        teams=slots,
        declared=top.get("declared", lambda n: n.each(lambda e: _declared(e, known)), ()),
        pairs=top.get("pairs", lambda n: n.each(lambda e: _pair(e, known)), ()),
        history=top.get("history", lambda n: n.each(lambda e: _sent(e, known)), ()),
        pins=top.get(
            "pins",
            lambda n: n.each(
                lambda e: pin(e, known.inspectors, known.teams, known.counties, visitable)
            ),
            (),
        ),
        baseline=baseline,
        travel=top.get("travel", lambda n: _travel(n, known), {}),
        policy=policy(top["policy"], with_baseline=baseline is not None),
    )


# --- The frame ----------------------------------------------------------------------------


def _round(node: Node) -> Round:
    fields = node.fields(("id", "name", "start", "end"))
    round_ = Round(
        id=fields["id"].string(),
        name=fields["name"].string(),
        start=fields["start"].day(),
        end=fields["end"].day(),
    )
    fields.in_order("start", "end")
    return round_


def _calendar(node: Node, round_node: Node, round_: Round) -> tuple[date, ...]:
    items = node.items()
    if isinstance(node.value, list) and not items:
        node.fault("is empty, at least one working day is expected")
    within = (round_node.path, f"{round_node.path}.")
    is_framed = not any(
        fault.path == within[0] or fault.path.startswith(within[1]) for fault in node.faults
    )
    days: list[date] = []
    for item in items:
        day = item.day()
        if not item.is_sound:
            continue
        if days and day <= days[-1]:
            item.fault(f"is {day}, which does not come after {days[-1]}")
        elif is_framed and not round_.start <= day <= round_.end:
            item.fault(f"is {day}, outside the round from {round_.start} to {round_.end}")
        days.append(day)
    return tuple(days)


def _offices(node: Node) -> tuple[Office, ...]:
    offices = node.each_with_id(_office)
    cities = [
        item for item, office in zip(node.items(), offices, strict=True) if office.kind == "city"
    ]
    for item in cities[1:]:
        item.fault(f"is a second city, {cities[0].path} is one already; at most one is expected")
    return offices


def _office(node: Node) -> Office:
    fields = node.fields(("id", "name", "kind", "location"))
    return Office(
        id=fields["id"].string(),
        name=fields["name"].string(),
        kind=fields["kind"].one_of(get_args(OfficeKind)),
        location=_location(fields["location"]),
    )


def _location(node: Node) -> tuple[float, float]:
    items = node.items()
    if len(items) != 2:
        if isinstance(node.value, list):
            node.fault(f"has {len(items)} entries, [longitude, latitude] is expected")
        return (0.0, 0.0)
    return (items[0].number(-180, 180), items[1].number(-90, 90))


def _travel(node: Node, known: _Known) -> Mapping[tuple[str, str], int]:
    distances: dict[tuple[str, str], int] = {}
    for item in node.items():
        fields = item.fields(("a", "b", "km"))
        a, b = known.offices.refer(fields["a"]), known.offices.refer(fields["b"])
        km = fields["km"].whole()
        _check_two(fields, "offices", a, b)
        if fields["a"].is_sound and fields["b"].is_sound and (a, b) in distances:
            item.fault(f"gives the distance of {quoted(a)} and {quoted(b)} a second time")
        distances[a, b] = distances[b, a] = km
    return distances


def _slot(node: Node) -> TeamSlot:
    fields = node.fields(("id", "size", "deputies"), ("concurrency", "max_units"))
    return TeamSlot(
        id=fields["id"].string(),
        size=fields["size"].bounds(),
        deputies=fields["deputies"].bounds(),
        concurrency=fields.get("concurrency", lambda n: n.whole(least=1), 1),
        max_units=fields.maybe("max_units", Node.whole),
    )


# --- Units --------------------------------------------------------------------------------


def _units(node: Node, known: _Known) -> tuple[Unit, ...]:
    units = node.each_with_id(lambda item: _unit(item, known))
    _check_parents(node.items(), units)
    return units


def _unit(node: Node, known: _Known) -> Unit:
    fields = node.fields(
        ("id", "name", "county", "kind", "risk", "days", "mandatory", "priority", "skills"),
        ("parent", "system", "inspectable", "window", "wanted"),
    )
    inspectable = fields.get("inspectable", Node.flag, True)
    return Unit(
        id=fields["id"].string(),
        name=fields["name"].string(),
        county=known.counties.refer(fields["county"]),
        kind=fields["kind"].string(),
        risk=fields["risk"].whole(1, 5),
        # A body that only carries facts may have no days.
        days=fields["days"].whole(1 if inspectable else 0),
        mandatory=fields["mandatory"].flag(),
        priority=fields["priority"].whole(1, 100),
        parent=fields.maybe("parent", known.units.refer),
        system=fields.maybe("system", Node.string),
        inspectable=inspectable,
        window=fields.get("window", _window, Window()),
        skills=_headcount(fields["skills"]),
        wanted=fields.get("wanted", _headcount, {}),
    )


def _window(node: Node) -> Window:
    fields = node.fields((), ("earliest", "latest"))
    window = Window(fields.maybe("earliest", Node.day), fields.maybe("latest", Node.day))
    fields.in_order("earliest", "latest")
    return window


def _headcount(node: Node) -> Mapping[str, int]:
    return {skill: number.whole() for skill, number in node.entries().items()}


def _check_parents(items: Sequence[Node], units: Sequence[Unit]) -> None:
    """Report each cycle once, at the first of its units."""
    parent_of = {unit.id: unit.parent for unit in units}
    settled: set[str] = set()
    for item, unit in zip(items, units, strict=True):
        chain: dict[str, None] = {}
        current: str | None = unit.id
        while current is not None and current not in settled and current not in chain:
            chain[current] = None
            current = parent_of.get(current)
        if current is not None and current in chain:
            names = list(chain)
            cycle = [*names[names.index(current) :], current]
            path = " > ".join(map(quoted, cycle if len(cycle) < 9 else [*cycle[:7], "…", current]))
            item.fault(f"stands in, or under, a cycle of parents: {path}")
        settled.update(chain)


# --- Ties ---------------------------------------------------------------------------------


def _declared(node: Node, known: _Known) -> Declared:
    fields = node.fields(
        ("inspector", "kind", "severity"), ("unit", "office", "weight", "roles", "unless_host")
    )
    fields.exactly_one("unit", "office")
    entry = Declared(
        inspector=known.inspectors.refer(fields["inspector"]),
        kind=fields["kind"].string(),
        severity=fields["severity"].one_of(get_args(Severity)),
        unit=fields.maybe("unit", known.units.refer),
        office=fields.maybe("office", known.offices.refer),
        weight=fields.get("weight", Node.whole, 1),
        roles=frozenset(
            fields.get("roles", lambda n: n.each(lambda role: role.one_of(ROLES)), ROLES)
        ),
        unless_host=fields.get("unless_host", Node.flag, False),
    )
    if entry.unless_host and entry.severity == "soft":
        fields["unless_host"].fault("is true, but a soft conflict spares nobody")
    return entry


def _pair(node: Node, known: _Known) -> Pair:
    fields = node.fields(("a", "b", "kind", "severity"))
    a, b = known.inspectors.refer(fields["a"]), known.inspectors.refer(fields["b"])
    _check_two(fields, "inspectors", a, b)
    fields["severity"].one_of(("hard",))
    return Pair(a, b, fields["kind"].string())


def _sent(node: Node, known: _Known) -> Sent:
    fields = node.fields(("from", "to", "ago"))
    return Sent(
        origin=known.offices.refer(fields["from"]),
        host=known.counties.refer(fields["to"]),
        ago=fields["ago"].whole(1),
    )


def _check_two(fields: Fields, kind: str, a: str, b: str) -> None:
    if fields["a"].is_sound and fields["b"].is_sound and a == b:
        fields["b"].fault(f'is {quoted(b)} like "a", two different {kind} are expected')
