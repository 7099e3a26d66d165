"""A plan as data for pictures: the Gantt, who inspects whom, and the same as a matrix.

The colour of a county is its place in the list of counties that are inspected, the same in
the Gantt, in the picture and on the team cards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from webui.language import spoken
from webui.templatetags.webui import days_words, grouped

if TYPE_CHECKING:
    from scheduling.selectors import OfficePoint, PlanPage, TeamCard

TONES = 12  # classes `host-0` … in plan.css
HEAT_STEPS = 6  # classes `heat-0` … in plan.css


def tones(page: PlanPage) -> Mapping[str, int]:
    """County code → its colour."""
    hosts = {visit.host_code for team in page.teams for visit in team.visits}
    inspected = [office.code for office in page.offices if office.code in hosts]
    return {code: index % TONES for index, code in enumerate(inspected)}


def gantt(page: PlanPage) -> dict[str, Any]:
    """For `js/gantt.js`."""
    tone_of = tones(page)
    return {
        "start": page.starts_on.isoformat(),
        "end": page.ends_on.isoformat(),
        "teams": [
            {"id": team.code, "name": team.name, "leader": team.leader.name if team.leader else ""}
            for team in page.teams
        ],
        "visits": [
            {
                "team": team.code,
                "unit": visit.unit,
                "host": visit.host_name,
                "tone": tone_of[visit.host_code],
                "start": visit.start_on.isoformat(),
                "end": visit.end_on.isoformat(),
                "title": _visit_words(
                    team, visit.unit, visit.host_name, visit.start_on, visit.end_on
                ),
            }
            for team in page.teams
            for visit in team.visits
        ],
        "off": [
            {
                "start": off.first.isoformat(),
                "end": (off.last + timedelta(days=1)).isoformat(),
                "name": off.name[spoken()] if off.name else "",
            }
            for off in page.days_off
        ],
    }


def _visit_words(team: TeamCard, unit: str, host: str, first: date, last: date) -> str:
    return gettext("%(team)s at %(unit)s (%(host)s), %(days)s") % {
        "team": team.name,
        "unit": unit,
        "host": host,
        "days": days_words(first, last),
    }


def flows(page: PlanPage) -> dict[str, Any]:
    """For `js/flows.js`: offices at schematic places, arrows with head counts."""
    tone_of = tones(page)
    on_stage = {code for flow in page.flows for code in (flow.origin, flow.host)}
    return {
        "offices": [
            {
                "code": office.code,
                "name": office.short_name,
                "city": office.kind == "city",
                "tone": tone_of.get(office.code),
                "at": [office.lon, office.lat],
            }
            for office in page.offices
            if office.code in on_stage
        ],
        "arrows": [
            {
                "from": flow.origin,
                "to": flow.host,
                "people": flow.people,
                "label": gettext("%(n)d people") % {"n": flow.people},
            }
            for flow in page.flows
            if flow.origin != flow.host
        ],
    }


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """`people` None: an office and itself, where nobody is sent on principle."""

    people: int | None
    teams: int
    heat: int
    words: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    origin: str
    cells: Sequence[MatrixCell]
    people: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows send, columns are inspected."""

    hosts: Sequence[str]
    rows: Sequence[MatrixRow]
    received: Sequence[int]
    people: int


def matrix(page: PlanPage) -> Matrix:
    sent = {(flow.origin, flow.host): flow for flow in page.flows}
    origins = [o for o in page.offices if any(origin == o.code for origin, _ in sent)]
    hosts = [o for o in page.offices if any(host == o.code for _, host in sent)]
    most = max((flow.people for flow in page.flows), default=1)

    def cell(origin: OfficePoint, host: OfficePoint) -> MatrixCell:
        flow = sent.get((origin.code, host.code))
        people, teams = (flow.people, flow.teams) if flow else (0, 0)
        words = gettext("%(people)d people from %(origin)s to %(host)s, in %(teams)d teams") % {
            "people": people,
            "origin": origin.short_name,
            "host": host.short_name,
            "teams": teams,
        }
        is_home = origin.code == host.code and flow is None
        heat = -(-people * HEAT_STEPS // most)  # rounded up: one person is not nobody
        return MatrixCell(None if is_home else people, teams, heat, words)

    rows = [
        MatrixRow(
            origin.short_name,
            tuple(cell(origin, host) for host in hosts),
            sum(f.people for f in page.flows if f.origin == origin.code),
        )
        for origin in origins
    ]
    received = [sum(f.people for f in page.flows if f.host == host.code) for host in hosts]
    return Matrix([h.short_name for h in hosts], rows, received, sum(received))


@dataclass(frozen=True, slots=True)
class Spark:
    """A line of value and bound over time, as points of an SVG of `WIDTH` × `HEIGHT`."""

    value_points: str
    bound_points: str
    words: str


WIDTH, HEIGHT, MARGIN = 560, 150, 8


def spark(
    points: Sequence[tuple[float, int | None, int | None]], *, horizon_s: float
) -> Spark | None:
    """`points` are (seconds, value, bound) of one tier, oldest first. Steps, not slopes:
    between two reports the last figure holds."""
    known = [n for _, value, bound in points for n in (value, bound) if n is not None]
    if not any(value is not None for _, value, _ in points):
        return None
    low, high = min(known), max(known)
    until = max(horizon_s, points[-1][0]) or 1

    def x(seconds: float) -> float:
        return round(MARGIN + (WIDTH - 2 * MARGIN) * seconds / until, 1)

    def y(figure: int) -> float:
        if high == low:
            return HEIGHT / 2
        return round(HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * (figure - low) / (high - low), 1)

    def steps(figures: Sequence[tuple[float, int | None]]) -> str:
        drawn: list[str] = []
        before: int | None = None
        for seconds, figure in figures:
            if figure is None:
                continue
            if before is not None and figure != before:
                drawn.append(f"{x(seconds)},{y(before)}")
            drawn.append(f"{x(seconds)},{y(figure)}")
            before = figure
        if before is not None:
            drawn.append(f"{x(until)},{y(before)}")
        return " ".join(drawn)

    last_value = next(v for _, v, _ in reversed(points) if v is not None)
    last_bound = next((b for _, _, b in reversed(points) if b is not None), None)
    first_value = next(v for _, v, _ in points if v is not None)
    sentence = (
        gettext("%(last)s from the first plan on; proven that it cannot go below %(bound)s.")
        if first_value == last_value
        else gettext("From %(first)s down to %(last)s; proven that it cannot go below %(bound)s.")
    )
    figures = {"first": first_value, "last": last_value, "bound": last_bound or 0}
    words = sentence % {name: grouped(figure) for name, figure in figures.items()}
    return Spark(
        steps([(s, v) for s, v, _ in points]), steps([(s, b) for s, _, b in points]), words
    )
