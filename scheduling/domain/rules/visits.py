"""What is visited, when, and what a person has already decided."""

from __future__ import annotations

from collections.abc import Iterator

from kernel.law import practice
from kernel.text import Text
from scheduling.domain.problem import Pin, PinArc, PinPerson, PinUnit, Problem, Unit
from scheduling.domain.rules.base import Statement, rule
from scheduling.domain.rules.sources import FULL_COVERAGE
from scheduling.domain.rules.statements import Demand
from scheduling.domain.vocabulary import TEAM_ROLES, said


@rule(
    "coverage",
    Text(zh="应巡尽巡", en="Every mandatory unit is visited"),
    kind="round",
    basis=FULL_COVERAGE,
    text=Text(
        zh="列为必巡的单位恰好巡察一次，其他单位最多一次；经人工排除（pins 中的 out）的除外，"
        "不在巡察范围的单位一概不巡。",
        en="Each mandatory unit is visited exactly once and each other unit at most once, unless"
        " a person has pinned it out. A unit that is not up for inspection is never visited.",
    ),
    remedy=Text(
        zh="把单位改为非必巡，或移到下一轮。",
        en="Make the unit optional, or move it to the next round.",
    ),
)
def coverage(problem: Problem) -> Iterator[Statement]:
    """Only "must be visited" can clash with anything; "at most once" never does."""
    for unit in problem.units:
        if unit.inspectable and unit.mandatory and unit.id not in _pinned_out(problem):
            yield Demand(
                "coverage",
                (unit.id,),
                Text(zh=f"{unit.name}必须巡察。", en=f"{unit.name} must be visited."),
            )


def _pinned_out(problem: Problem) -> set[str]:
    return {pin.unit for pin in problem.pins if isinstance(pin, PinUnit) and pin.team is None}


@rule(
    "window",
    Text(zh="进驻时间窗口", en="Within the dates"),
    kind="round",
    basis=practice(
        "按批准的轮次方案安排进驻 [S32]", "visits follow the approved plan of the round [S32]"
    ),
    text=Text(
        zh="驻点时间在本轮工作日历之内，不早于该单位允许的最早进驻日，不晚于最晚结束日。",
        en="A visit lies within the round's calendar, starts no earlier and ends no later than"
        " the unit allows.",
    ),
    remedy=Text(
        zh="放宽该单位的进驻时间，或缩短驻点天数。",
        en="Widen the dates of the unit, or shorten the visit.",
    ),
)
def window(problem: Problem) -> Iterator[Statement]:
    """Binds where the unit's dates, or the calendar, leave it less room than its length."""
    for unit in problem.units:
        room = len(problem.calendar) - unit.days + 1
        if unit.inspectable and (room < 1 or len(problem.starts_of(unit)) < room):
            yield Demand("window", (unit.id,), _dates(problem, unit))


def _dates(problem: Problem, unit: Unit) -> Text:
    first = unit.window.earliest or problem.calendar[0]
    last = unit.window.latest or problem.calendar[-1]
    return Text(
        zh=f"{unit.name}须在 {first} 至 {last} 之间连续驻点 {unit.days} 个工作日。",
        en=f"{unit.name} needs {unit.days} working days on end between {first} and {last}.",
    )


@rule(
    "overlap",
    Text(zh="同时驻点数", en="Visits at one time"),
    kind="team",
    basis=practice("一托二、一托三（同时或先后巡察） [S23]", "one team, two or three units [S23]"),
    text=Text(
        zh="一个组同一天最多驻点 concurrency 个单位，本轮最多巡察 max_units 个单位（均为组的设置）。",
        en="A team has at most `concurrency` visits on any day and at most `max_units` in all;"
        " both are the team's own.",
    ),
    numbers=("R31",),
    remedy=Text(
        zh="允许该组同时或多巡几个单位，或增设巡察组。",
        en="Let the team take more visits, or add a team.",
    ),
)
def overlap(problem: Problem) -> Iterator[Statement]:
    """Bounds are the team slot's own."""
    for team in problem.teams:
        zh_total = "" if team.max_units is None else f"，本轮最多 {team.max_units} 个"
        en_total = "" if team.max_units is None else f" and {team.max_units} in all"
        yield Demand(
            "overlap",
            (team.id,),
            Text(
                zh=f"{team.id} 组同一天最多驻点 {team.concurrency} 个单位{zh_total}。",
                en=f"Team {team.id} has at most {team.concurrency} visits a day{en_total}.",
            ),
        )


@rule(
    "pin",
    Text(zh="人工决定", en="Decisions already taken"),
    kind="round",
    basis=practice(
        "人工决定优先于自动排布 [E]", "a person's decision goes before the program's [E]"
    ),
    text=Text(
        zh="已经人工确定的事项（谁进或不进哪个组、哪个单位由哪个组何时巡察、哪个县派往或不派往"
        "哪个县）一律照办。",
        en="Every decision that a person has pinned holds: who is in or out of which team, which"
        " team visits a unit and when, which county sends or does not send to which.",
    ),
    remedy=Text(
        zh="撤销或修改这项人工决定。",
        en="Take this decision back.",
    ),
)
def pin(problem: Problem) -> Iterator[Statement]:
    """Named by their place in the document."""
    for index, entry in enumerate(problem.pins):
        yield Demand("pin", (pin_name(index),), _decision(problem, entry))


def pin_name(index: int) -> str:
    """How an explanation names a pin: its place in the document, from 0."""
    return f"pins[{index}]"


def _decision(problem: Problem, entry: Pin) -> Text:
    if isinstance(entry, PinPerson):
        return _about_a_person(problem, entry)
    if isinstance(entry, PinUnit):
        return _about_a_unit(problem, entry)
    return _about_an_arc(problem, entry)


def _about_a_person(problem: Problem, entry: PinPerson) -> Text:
    name = problem.inspector_by_id[entry.inspector].name
    if entry.team is None:
        return Text(zh=f"已定：{name}不参加本轮。", en=f"Pinned: {name} is out of the round.")
    if entry.forbid:
        return Text(
            zh=f"已定：{name}不进 {entry.team} 组。",
            en=f"Pinned: {name} is not in team {entry.team}.",
        )
    if entry.role is None:
        return Text(
            zh=f"已定：{name}进 {entry.team} 组。", en=f"Pinned: {name} is in team {entry.team}."
        )
    return Text(
        zh="已定：{name}任 {team} 组{role}。", en="Pinned: {name} is {role} of team {team}."
    ).format(name=name, team=entry.team, role=said(TEAM_ROLES, entry.role))


def _about_a_unit(problem: Problem, entry: PinUnit) -> Text:
    name = problem.unit_by_id[entry.unit].name
    if entry.team is None:
        return Text(zh=f"已定：本轮不巡察{name}。", en=f"Pinned: {name} is out of the round.")
    if entry.start is None:
        return Text(
            zh=f"已定：{name}由 {entry.team} 组巡察。",
            en=f"Pinned: team {entry.team} visits {name}.",
        )
    return Text(
        zh=f"已定：{name}由 {entry.team} 组于 {entry.start} 进驻。",
        en=f"Pinned: team {entry.team} visits {name} from {entry.start}.",
    )


def _about_an_arc(problem: Problem, entry: PinArc) -> Text:
    origin = problem.office_by_id[entry.origin].name
    host = problem.office_by_id[entry.host].name
    if entry.forbid:
        return Text(
            zh=f"已定：{origin}不派人到{host}。", en=f"Pinned: {origin} sends nobody to {host}."
        )
    return Text(zh=f"已定：{origin}派人到{host}。", en=f"Pinned: {origin} sends people to {host}.")
