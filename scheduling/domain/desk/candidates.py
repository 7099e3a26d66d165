"""Who else could take a seat, where else somebody could sit, who else could visit a unit.

Everything offered breaks no rule that is not broken already, and is ranked by its price. All
that is possible is weighed first, which is quick, and then the verifier is asked in the order
of the prices until enough has been found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from scheduling.domain.desk.appraisal import Appraisal
from scheduling.domain.desk.edits import AddVisit, Edit, EditImpossible, MoveUnit, Seat, Swap, apply
from scheduling.domain.desk.named import name_of, slot_of, team_of_person, unit_of
from scheduling.domain.desk.price import Price, price_between
from scheduling.domain.problem import ROLES, Inspector, Problem, Role, Schedule, Team

Offer = TypeVar("Offer")


@dataclass(frozen=True)
class Candidate:
    """`inspector` could sit in `team` as `role`; `edit` makes it so, at `price`.

    `instead_of` is whose seat it is now, None for a free one. `leaves` is the team they sit
    in now; with a swap the other person goes there.
    """

    inspector: str
    team: str
    role: Role
    instead_of: str | None
    leaves: str | None
    edit: Edit
    price: Price


@dataclass(frozen=True)
class Visitor:
    """`team` could visit the unit from `start` on; `edit` makes it so, at `price`."""

    team: str
    start: date
    edit: Edit
    price: Price


@dataclass(frozen=True)
class _Opening:
    """A seat that somebody might take, before anybody has looked at the rules."""

    inspector: str
    team: str
    role: Role
    instead_of: str | None
    edit: Edit


def who_else(
    problem: Problem, schedule: Schedule, seat: str | tuple[str, Role], limit: int = 20
) -> list[Candidate]:
    """Everybody who could take a seat, the cheapest first, at most `limit`.

    `seat` is the inspector who holds it, or (team, role) for one more seat of a team; the
    leader's seat of a team that has a leader is that person's. People elsewhere are offered
    only where the whole change, their own team included, breaks nothing.

    Raises
    ------
    EditImpossible
        If the seat names nobody in a team, or no team of the round.
    """
    team, role, holder = _the_seat(problem, schedule, seat)
    where = _places(schedule)
    openings = [
        _opening(person.id, team, role, holder)
        for person in problem.inspectors
        if where.get(person.id) != team.id and person.may_hold(role)
    ]
    return _candidates(problem, schedule, openings, limit)


def where_else(
    problem: Problem, schedule: Schedule, inspector: str, limit: int = 20
) -> list[Candidate]:
    """Every seat of another team that `inspector` could take, free or by a swap, the cheapest
    first, at most `limit`.

    Raises
    ------
    EditImpossible
        If the round has no such inspector.
    """
    name_of(problem, inspector)
    own = _places(schedule).get(inspector)
    openings = [
        opening
        for slot in problem.teams
        if slot.id != own
        for opening in _openings_in(
            problem.inspector_by_id[inspector], slot_of(problem, schedule, slot.id)
        )
    ]
    return _candidates(problem, schedule, openings, limit)


def who_could_visit(
    problem: Problem, schedule: Schedule, unit: str, limit: int = 20
) -> list[Visitor]:
    """Every other team that could visit `unit`, on the earliest days that it is free, the
    cheapest first, at most `limit`.

    Raises
    ------
    EditImpossible
        If no such unit is up for inspection.
    """
    unit_of(problem, unit)
    visitors = {team.id for team in schedule.teams for v in team.visits if v.unit == unit}
    acts: list[Edit] = [
        MoveUnit(unit, slot.id) if visitors else AddVisit(unit, slot.id)
        for slot in problem.teams
        if slot.id not in visitors
    ]

    def offer(edit: Edit, after: Schedule, price: Price) -> Visitor:
        team = edit.team if isinstance(edit, MoveUnit | AddVisit) else ""
        start = next(v.start for v in slot_of(problem, after, team).visits if v.unit == unit)
        return Visitor(team, start, edit, price)

    return _cheapest(Appraisal(problem, schedule), acts, lambda edit: edit, offer, limit)


# --- Seats ----------------------------------------------------------------------------------


def _the_seat(
    problem: Problem, schedule: Schedule, seat: str | tuple[str, Role]
) -> tuple[Team, Role, str | None]:
    """The team, the role, and who holds the seat now."""
    if isinstance(seat, str):
        team = team_of_person(problem, schedule, seat)
        return team, team.role_of(seat) or "member", seat
    team = slot_of(problem, schedule, seat[0])
    return team, seat[1], team.leader if seat[1] == "leader" else None


def _opening(inspector: str, team: Team, role: Role, holder: str | None) -> _Opening:
    edit = Seat(inspector, team.id, role) if holder is None else Swap(holder, inspector)
    return _Opening(inspector, team.id, role, holder, edit)


def _openings_in(person: Inspector, team: Team) -> Iterator[_Opening]:
    for role in ROLES:
        if not person.may_hold(role):
            continue
        if role != "leader" or team.leader is None:
            yield _opening(person.id, team, role, None)
        for holder in dict.fromkeys(team.people):
            if team.role_of(holder) == role:
                yield _opening(person.id, team, role, holder)


def _candidates(
    problem: Problem, schedule: Schedule, openings: Iterable[_Opening], limit: int
) -> list[Candidate]:
    where = _places(schedule)

    def offer(opening: _Opening, after: Schedule, price: Price) -> Candidate:
        return Candidate(
            opening.inspector,
            opening.team,
            opening.role,
            opening.instead_of,
            where.get(opening.inspector),
            opening.edit,
            price,
        )

    appraisal = Appraisal(problem, schedule)
    return _cheapest(appraisal, openings, lambda opening: opening.edit, offer, limit)


def _places(schedule: Schedule) -> dict[str, str]:
    return {person: team.id for team in schedule.teams for person in team.people}


# --- The cheapest that break nothing --------------------------------------------------------

Option = TypeVar("Option")


def _cheapest(
    appraisal: Appraisal,
    options: Iterable[Option],
    edit_of: Callable[[Option], Edit],
    offer: Callable[[Option, Schedule, Price], Offer],
    limit: int,
) -> list[Offer]:
    """The first `limit` options by tiers, equals in the order given, that break nothing new."""
    weighed = []
    for option in options:
        try:
            after = apply(appraisal.problem, appraisal.schedule, edit_of(option))
        except EditImpossible:
            continue
        weighed.append((appraisal.tiers(appraisal.measures_of(after)), option, after))
    weighed.sort(key=lambda each: each[0])
    offers: list[Offer] = []
    for _, option, after in weighed:
        if len(offers) >= limit:
            break
        if appraisal.breaks_anew(after):
            continue
        price = price_between(appraisal, after)
        if not price.breaches_new:
            offers.append(offer(option, after, price))
    return offers
