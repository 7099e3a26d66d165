"""One seat against each rule, with the figure: 1 of 2 people of the employer, 0 of 0 days away.

Each rule's function answers for one seat: what there is to say, and whether it holds. None:
the rule does not concern the seat. The verifier is the judge; a property test sees to it that
the two agree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kernel.text import Text
from scheduling.domain.desk import round_figures, team_figures
from scheduling.domain.desk.bars import OF_PERSONS
from scheduling.domain.desk.seat_view import Figure, SeatView
from scheduling.domain.problem import RoleScope


def figure(view: SeatView, code: str) -> Figure | None:
    """What the rule says of the seat; None where it does not concern it."""
    if code in OF_PERSONS:
        return _bar(view, code) if view.slot.visits else None
    of_the_seat = FIGURES.get(code)
    if of_the_seat is None or not (view.slot.visits or code in WITHOUT_VISITS):
        return None
    return of_the_seat(view)


def _bar(view: SeatView, code: str) -> Figure | None:
    if not _binds(view, code):
        return None
    holds = code not in view.barred_by
    if code == "own_county" and view.is_host:
        return _host_seat(view, holds)
    says = Text(
        zh="本组巡察的 {n} 个单位均不涉及。", en="Bars them from none of the team's {n} units."
    )
    return Figure(says.format(n=len(view.slot.units)), holds)


def _binds(view: SeatView, code: str) -> bool:
    policy = view.problem.policy
    scopes: Mapping[str, RoleScope] = {"system": policy.system, "native_place": policy.native}
    scope = scopes.get(code, "all")
    return scope == "all" or (scope == "leaders" and view.role != "member")


def _host_seat(view: SeatView, holds: bool) -> Figure:
    office, most = view.person.office, view.problem.policy.host_seats.max
    taken = sum(person.office == office for person in view.slot.people)
    says = Text(
        zh="在本地席位上：{office} {n} 人，最多 {most} 人。",
        en="On a host seat; people of {office}: {n} (at most {most}).",
    ).format(office=view.reading.office_name(office), n=taken, most=most)
    return Figure(says, holds and taken <= most)


FIGURES: Mapping[str, Callable[[SeatView], Figure | None]] = {
    "pair": team_figures.pair,
    "one_team": round_figures.one_team,
    "leader": team_figures.leader,
    "team_size": team_figures.team_size,
    "skills": team_figures.skills,
    "experienced": team_figures.experienced,
    "home_offices": team_figures.home_offices,
    "per_office_max": team_figures.per_office_max,
    "home_unit_quota": round_figures.home_unit_quota,
    "availability": round_figures.availability,
    "recent_cap": round_figures.recent_cap,
    "office_targets": round_figures.office_targets,
    "office_sources": round_figures.office_sources,
    "reciprocity": round_figures.reciprocity,
    "repeat": round_figures.repeat,
    "pin": round_figures.pin,
}
WITHOUT_VISITS = frozenset({"pair", "one_team", "team_size", "home_unit_quota", "pin"})
