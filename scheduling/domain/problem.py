"""A round's question: who may be sent, what is to be inspected, under which policy.

Everything is frozen and already valid: `scheduling.domain.document` reads the exchange
format, finds every fault, and only then builds a `Problem`. Nothing here decides a rule.

Source: docs/exchange-format.md, "Problem".
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

EARTH_RADIUS_KM = 6371.0088

Role = Literal["leader", "deputy", "member"]
ROLES: tuple[Role, ...] = ("leader", "deputy", "member")
Relation = Literal["spouse", "parent", "child", "sibling", "in_law", "other"]
Position = Literal["head", "leadership", "staff"]
RoleScope = Literal["off", "leaders", "all"]


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; `index` counts months since year 0, so differences are months."""

    year: int
    month: int

    @property
    def index(self) -> int:
        return 12 * self.year + self.month - 1

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Round:
    id: str
    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Office:
    id: str
    name: str
    kind: Literal["city", "county"]
    location: tuple[float, float]  # lon, lat in degrees


@dataclass(frozen=True, slots=True)
class Window:
    earliest: date | None = None  # first day a visit may start
    latest: date | None = None  # last day a visit may end


@dataclass(frozen=True, slots=True)
class Unit:
    id: str
    name: str
    county: str
    kind: str
    risk: int
    days: int
    mandatory: bool
    priority: int
    parent: str | None = None
    system: str | None = None
    inspectable: bool = True
    window: Window = Window()
    skills: Mapping[str, int] = field(default_factory=dict)
    wanted: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Away:
    """Calendar days, both ends included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Post:
    """Exactly one of `unit` and `office` is set. `end` None: the post is still held."""

    start: Month
    end: Month | None
    unit: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    relation: Relation
    position: Position
    unit: str | None = None
    office: str | None = None


@dataclass(frozen=True, slots=True)
class Visited:
    unit: str
    ago: int  # rounds back, 1 being the last one


@dataclass(frozen=True, slots=True)
class Led:
    county: str
    ago: int


@dataclass(frozen=True, slots=True)
class Inspector:
    id: str
    name: str
    office: str
    leader: bool
    deputy: bool
    skills: frozenset[str]
    rounds: int
    recent_days: int
    home_unit: str | None = None
    system: str | None = None
    native: str | None = None
    grew_up: str | None = None
    away: tuple[Away, ...] = ()
    posts: tuple[Post, ...] = ()
    relatives: tuple[Relative, ...] = ()
    interests: tuple[str, ...] = ()  # unit ids
    visited: tuple[Visited, ...] = ()
    led: tuple[Led, ...] = ()

    def may_hold(self, role: Role) -> bool:
        """Whether the pools allow it: leaders lead or deputise, anybody is a member."""
        if role == "leader":
            return self.leader
        if role == "deputy":
            return self.leader or self.deputy
        return True


@dataclass(frozen=True, slots=True)
class TeamSlot:
    id: str
    size: tuple[int, int]  # everybody: one leader, the deputies, the members
    deputies: tuple[int, int]
    concurrency: int = 1
    max_units: int | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    inspector: str
    kind: str
    severity: Literal["hard", "soft"]
    unit: str | None = None
    office: str | None = None
    weight: int = 1
    roles: frozenset[Role] = frozenset(ROLES)
    unless_host: bool = False  # hard ones only: a host seat is exempt


@dataclass(frozen=True, slots=True)
class Pair:
    a: str
    b: str
    kind: str


@dataclass(frozen=True, slots=True)
class Sent:
    """`origin` inspected `host` `ago` rounds back (the format's from/to)."""

    origin: str
    host: str
    ago: int


@dataclass(frozen=True, slots=True)
class PinPerson:
    """`team` None means pinned out of the round altogether."""

    inspector: str
    team: str | None
    role: Role | None = None
    forbid: bool = False


@dataclass(frozen=True, slots=True)
class PinUnit:
    """`team` None means pinned out of the round altogether."""

    unit: str
    team: str | None
    start: date | None = None


@dataclass(frozen=True, slots=True)
class PinArc:
    """Somebody of `origin`, not on a host seat, must (or may not) visit `host`."""

    origin: str
    host: str
    forbid: bool = False


Pin = PinPerson | PinUnit | PinArc


@dataclass(frozen=True, slots=True)
class HostSeats:
    max: int = 0
    roles: frozenset[Role] = frozenset()


Tier = Mapping[str, int]
MEASURES: tuple[str, ...] = (
    "uncovered",
    "soft_conflict",
    "peak_share",
    "recent_load",
    "skill_gap",
    "green_leader",
    "travel",
    "changes",
)
DEFAULT_OBJECTIVE: tuple[Tier, ...] = (
    {"uncovered": 1},
    {"soft_conflict": 1},
    {"peak_share": 1, "recent_load": 1, "skill_gap": 50, "green_leader": 20, "travel": 1},
)


def default_objective(*, with_baseline: bool) -> tuple[Tier, ...]:
    if not with_baseline:
        return DEFAULT_OBJECTIVE
    return (DEFAULT_OBJECTIVE[0], {"changes": 1}, *DEFAULT_OBJECTIVE[1:])


@dataclass(frozen=True, slots=True)
class Policy:
    home_offices: tuple[int, int] = (1, 99)
    host_seats: HostSeats = HostSeats()
    team_counties: int = 1
    office_targets: int = 99
    office_sources: int = 99
    per_office_max: int = 99
    reciprocity: Literal["off", "leaders", "members"] = "members"
    repeat_rounds: int = 0
    former_post_years: int = 3
    former_post_total_years: int | None = None
    system: RoleScope = "leaders"
    home_unit_quota: int = 2
    native: RoleScope = "all"
    revisit_rounds: int = 2
    max_absence_days: int = 0
    experienced: int = 1
    recent_days_cap: int | None = None
    objective: tuple[Tier, ...] = DEFAULT_OBJECTIVE


@dataclass(frozen=True, slots=True)
class Visit:
    """`end` is the last working day of the visit."""

    unit: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Team:
    """A filled team slot. `members` leaves out the leader and the deputies."""

    id: str
    leader: str | None
    deputies: tuple[str, ...]
    members: tuple[str, ...]
    visits: tuple[Visit, ...]

    @property
    def people(self) -> tuple[str, ...]:
        lead = () if self.leader is None else (self.leader,)
        return (*lead, *self.deputies, *self.members)

    def role_of(self, inspector: str) -> Role | None:
        if inspector == self.leader:
            return "leader"
        if inspector in self.deputies:
            return "deputy"
        return "member" if inspector in self.members else None


@dataclass(frozen=True)
class Schedule:
    """Teams in the order of the problem's slots; slots without visits may be left out."""

    teams: tuple[Team, ...]


@dataclass(frozen=True)
class Problem:
    """One round's question.

    Sizes: I `inspectors`, U `units`, T `teams`, D working days in `calendar` (ascending).
    A visit of n days takes n consecutive entries of `calendar`.
    """

    round: Round
    calendar: tuple[date, ...]
    offices: tuple[Office, ...]
    units: tuple[Unit, ...]
    inspectors: tuple[Inspector, ...]
    teams: tuple[TeamSlot, ...]
    policy: Policy = Policy()
    declared: tuple[Declared, ...] = ()
    pairs: tuple[Pair, ...] = ()
    history: tuple[Sent, ...] = ()
    pins: tuple[Pin, ...] = ()
    baseline: tuple[Team, ...] | None = None  # None when absent or empty
    travel: Mapping[tuple[str, str], int] = field(default_factory=dict)  # km, both orders

    @cached_property
    def office_by_id(self) -> Mapping[str, Office]:
        return {office.id: office for office in self.offices}

    @cached_property
    def unit_by_id(self) -> Mapping[str, Unit]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def inspector_by_id(self) -> Mapping[str, Inspector]:
        return {inspector.id: inspector for inspector in self.inspectors}

    @cached_property
    def team_by_id(self) -> Mapping[str, TeamSlot]:
        return {team.id: team for team in self.teams}

    @cached_property
    def declared_of(self) -> Mapping[str, tuple[Declared, ...]]:
        """What is declared about each inspector; nobody of whom nothing is declared."""
        entries: dict[str, list[Declared]] = {}
        for entry in self.declared:
            entries.setdefault(entry.inspector, []).append(entry)
        return {inspector: tuple(declared) for inspector, declared in entries.items()}

    @cached_property
    def soft_declared_of(self) -> Mapping[str, tuple[Declared, ...]]:
        """The soft ones alone. In a masked problem nearly everybody has hard ones, and many."""
        soft = {
            inspector: tuple(entry for entry in entries if entry.severity == "soft")
            for inspector, entries in self.declared_of.items()
        }
        return {inspector: entries for inspector, entries in soft.items() if entries}

    @cached_property
    def counties(self) -> tuple[Office, ...]:
        return tuple(office for office in self.offices if office.kind == "county")

    @cached_property
    def day_index(self) -> Mapping[date, int]:
        return {day: index for index, day in enumerate(self.calendar)}

    def distance_km(self, a: str, b: str) -> int:
        """Whole km between two offices: the override, else the great circle (haversine)."""
        if (a, b) in self.travel:
            return self.travel[a, b]
        return great_circle_km(self.office_by_id[a].location, self.office_by_id[b].location)

    def starts_of(self, unit: Unit) -> Sequence[int]:
        """The calendar indices at which a visit of `unit` may start, window respected."""
        last = len(self.calendar) - unit.days
        return [
            index
            for index in range(last + 1)
            if (unit.window.earliest is None or self.calendar[index] >= unit.window.earliest)
            and (
                unit.window.latest is None
                or self.calendar[index + unit.days - 1] <= unit.window.latest
            )
        ]


def great_circle_km(a: tuple[float, float], b: tuple[float, float]) -> int:
    """Haversine distance of two (lon, lat) points in degrees, rounded to whole km."""
    lon_a, lat_a, lon_b, lat_b = map(math.radians, (*a, *b))
    h = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    )
    return round(2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, h))))
