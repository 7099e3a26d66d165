"""When too few may lead: ways out of a round that has no plan, each of them tried.

Source: the field's acceptance case 13 (the only leader of the smallest county withdraws).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Literal

from kernel.text import Text
from scheduling.domain.goals import SEASONED
from scheduling.domain.problem import Inspector, Policy, Problem, Schedule, TeamSlot
from scheduling.domain.profiles import RECOMBINED
from scheduling.domain.search.native import Native
from scheduling.domain.search.proving import any_plan
from scheduling.domain.search.run import Run

WayOutCode = Literal["borrow", "merge", "recombine"]

MOST_BORROWED = 2
MOST_MERGERS = 3  # pairs of unlike slots that are tried
CONSTRUCTION_SHARE = 0.3  # of the time; the rest is for the whole model


@dataclass(frozen=True)
class WayOut:
    """A change of the round that lets it have a plan. `schedule` is one, not the best."""

    code: WayOutCode
    title: Text
    says: Text
    problem: Problem  # the round with the change made
    schedule: Schedule


@dataclass(frozen=True)
class _Idea:
    code: WayOutCode
    says: Text
    problem: Problem


TITLES: dict[WayOutCode, Text] = {
    "borrow": Text(zh="从市级借调组长", en="Borrow a leader from the city"),
    "merge": Text(zh="并组", en="Merge two teams"),
    "recombine": Text(zh="改用打散重组模式", en="Choose the recombined mode"),
}


def way_outs(
    problem: Problem, *, must: Collection[str] = (), seconds_each: float = 5.0
) -> list[WayOut]:
    """Which of three changes would let the round have a plan, the smallest change first:
    borrow leaders from the city pool, merge two teams, choose the recombined mode.

    Parameters
    ----------
    must
        Ids of units that a plan has to visit besides the mandatory ones, for example those
        that the plan in force visits: a round without mandatory units always has a plan.
    seconds_each
        Wall-clock seconds, > 0, for each trial. What finds no plan in them is not suggested.

    Returns
    -------
    list of WayOut
        At most one of each kind. Empty when nothing helps, or the round has a plan as it is.
    """
    units = tuple(
        replace(unit, mandatory=True) if unit.id in must else unit for unit in problem.units
    )
    asked = replace(problem, units=units)
    if _any_plan(asked, seconds_each) is not None:
        return []
    found: dict[WayOutCode, WayOut] = {}
    for idea in (*_borrowing(asked), *_merging(asked), *_recombining(asked)):
        if idea.code in found:
            continue
        schedule = _any_plan(idea.problem, seconds_each)
        if schedule is not None:
            found[idea.code] = WayOut(
                idea.code, TITLES[idea.code], idea.says, idea.problem, schedule
            )
    return list(found.values())


def _borrowing(problem: Problem) -> Iterator[_Idea]:
    """With leaders of the city office whom the round does not list yet."""
    city = next((office for office in problem.offices if office.kind == "city"), None)
    if city is None:
        return
    for number in range(1, MOST_BORROWED + 1):
        borrowed = [_borrowed(problem, city.id, k) for k in range(1, number + 1)]
        says = Text(
            zh="从{city}借调 {n} 名组长后可以排出方案。",
            en="With {n} more leader(s) of {city} the round has a plan.",
        ).format(city=city.name, n=number)
        people = (*problem.inspectors, *borrowed)
        yield _Idea("borrow", says, replace(problem, inspectors=people))


def _borrowed(problem: Problem, city: str, number: int) -> Inspector:
    """Somebody seasoned whom no fact bars: who it will be is the city's to say."""
    name = f"borrowed-{number}"
    while name in problem.inspector_by_id:
        name = f"_{name}"
    return Inspector(
        id=name,
        name=f"（待借调 to be borrowed {number}）",
        office=city,
        leader=True,
        deputy=True,
        skills=frozenset(),
        rounds=SEASONED,
        recent_days=0,
    )


def _merging(problem: Problem) -> Iterator[_Idea]:
    """One slot in place of two. Its people may come from two counties and go to two."""
    policy = problem.policy
    least, most = policy.home_offices
    wider = replace(
        policy,
        home_offices=(least, max(2, most)),
        team_counties=max(2, policy.team_counties),
        office_targets=max(2, policy.office_targets),
        office_sources=max(2, policy.office_sources),
    )
    tried: set[tuple[TeamSlot, TeamSlot]] = set()
    for a, b in combinations(problem.teams, 2):
        kind = (replace(a, id=""), replace(b, id=""))
        if kind in tried or len(tried) == MOST_MERGERS:
            continue
        tried.add(kind)
        slots = (_merged(a, b) if slot is a else slot for slot in problem.teams if slot is not b)
        says = Text(
            zh="{a} 组与 {b} 组合并，由一名组长带队，人员可来自两个县、到两个县巡察，可以排出方案。",
            en="With teams {a} and {b} merged under one leader, of people of two counties and"
            " for two counties, the round has a plan.",
        ).format(a=a.id, b=b.id)
        yield _Idea("merge", says, replace(problem, teams=tuple(slots), policy=wider))


def _merged(a: TeamSlot, b: TeamSlot) -> TeamSlot:
    unlimited = a.max_units is None or b.max_units is None
    return TeamSlot(
        id=a.id,
        size=(min(a.size[0], b.size[0]), a.size[1] + b.size[1]),
        deputies=(min(a.deputies[0], b.deputies[0]), a.deputies[1] + b.deputies[1]),
        concurrency=max(a.concurrency, b.concurrency),
        max_units=None if unlimited else (a.max_units or 0) + (b.max_units or 0),
    )


def _recombining(problem: Problem) -> Iterator[_Idea]:
    """With the mode's own parameters; what the office set about people stays."""
    policy = _recombined(problem.policy)
    if policy != problem.policy:
        says = Text(
            zh="改用“{mode}”模式后可以排出方案：{sentence}",
            en="In the mode “{mode}” the round has a plan: {sentence}",
        ).format(mode=RECOMBINED.title, sentence=RECOMBINED.sentence)
        yield _Idea("recombine", says, replace(problem, policy=policy))


def _recombined(policy: Policy) -> Policy:
    mode = RECOMBINED.policy
    return replace(
        policy,
        home_offices=mode.home_offices,
        host_seats=mode.host_seats,
        team_counties=mode.team_counties,
        office_targets=mode.office_targets,
        office_sources=mode.office_sources,
        per_office_max=mode.per_office_max,
        reciprocity=mode.reciprocity,
    )


def _any_plan(problem: Problem, seconds: float) -> Schedule | None:
    """Some plan, not a good one: built by hand first, else by the whole model."""
    run = Run(problem, seconds, None, 1, 0)
    Native(run).first_plan(run.share(CONSTRUCTION_SHARE), [])
    if run.best is None and not run.stopped:
        any_plan(run, run, 1)
    return run.best
