"""Ask the engine again, and keep what was decided: the problems of a second solve.

Give what is made here to `solve.Search` with `start=` the plan in force.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from scheduling.domain.desk.named import slot_of
from scheduling.domain.goals import uncovered_units
from scheduling.domain.problem import (
    Declared,
    Pin,
    PinPerson,
    PinUnit,
    Problem,
    Schedule,
    Team,
    TeamSlot,
    Tier,
)

FEWEST_CHANGES: Tier = {"changes": 1}
Barred = tuple[str, str]  # inspector, unit


def around(
    problem: Problem, schedule: Schedule, pins: Iterable[Pin], *, keep: Collection[str] = ()
) -> Problem:
    """The problem of a second solve that holds the pins and changes as little else as it can.

    Parameters
    ----------
    schedule
        The plan in force; its teams become the baseline. It may break rules by now.
    pins
        Decisions on top of the problem's own. Contradictions make the result infeasible.
    keep
        Ids of teams that stay exactly as they are: the same people in the same roles, the
        same visits on the same days, nobody and nothing more.

    Notes
    -----
    The objective is the policy's own where it names `changes`. Otherwise that tier is put
    after the first, as the format does by default, or before it where the first weighs more
    than the units left out: comfort never pays for a change.
    """
    kept = {
        slot.id: slot_of(problem, schedule, slot.id) for slot in problem.teams if slot.id in keep
    }
    decided = (*problem.pins, *pins, *(pin for team in kept.values() for pin in _pins(team)))
    policy = replace(problem.policy, objective=_objective(problem.policy.objective))
    return replace(
        problem,
        teams=tuple(_closed(slot, kept.get(slot.id)) for slot in problem.teams),
        pins=tuple(dict.fromkeys(decided)),
        baseline=schedule.teams or None,
        policy=policy,
    )


def after_discovery(
    problem: Problem,
    schedule: Schedule,
    barred: Iterable[Barred],
    *,
    kind: str = "declared",
    pins: Iterable[Pin] = (),
) -> Problem:
    """The problem of a second solve after somebody turned out to be barred from a unit.

    `barred` are pairs (inspector, unit), in every role; `kind` is what their entries carry:
    the rule's code, never the fact. Optional units that the plan leaves out stay out, so that
    the seat is mended and nothing else is improved on the way: two people change, one out
    and one in, wherever that is possible.
    """
    entries = [Declared(inspector, kind, "hard", unit=unit) for inspector, unit in barred]
    known = replace(problem, declared=tuple(dict.fromkeys((*problem.declared, *entries))))
    left_out = [
        PinUnit(unit, None)
        for unit in uncovered_units(problem, schedule)
        if not problem.unit_by_id[unit].mandatory
    ]
    return around(known, schedule, (*pins, *left_out))


def _objective(tiers: tuple[Tier, ...]) -> tuple[Tier, ...]:
    if any("changes" in tier for tier in tiers):
        return tiers
    first, *rest = tiers
    if set(first) == {"uncovered"}:
        return (first, FEWEST_CHANGES, *rest)
    return (FEWEST_CHANGES, first, *rest)


def _pins(team: Team) -> Iterator[Pin]:
    """Everything about the team, as decisions."""
    for person in dict.fromkeys(team.people):
        yield PinPerson(person, team.id, team.role_of(person))
    for visit in team.visits:
        yield PinUnit(visit.unit, team.id, visit.start)


def _closed(slot: TeamSlot, team: Team | None) -> TeamSlot:
    """A slot that takes nobody and nothing beyond the team as it is."""
    if team is None:
        return slot
    people, deputies = len(set(team.people)), len(team.deputies)
    return replace(
        slot, size=(people, people), deputies=(deputies, deputies), max_units=len(team.visits)
    )
