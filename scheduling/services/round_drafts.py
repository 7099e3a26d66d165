"""A round as somebody typed it, and what of it does not hold.

Each check refuses by the first fault, and names the entries that it is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel.text import Text
from scheduling.domain.profiles import PROFILE_BY_CODE
from scheduling.errors import (
    DayOutsideRound,
    DistanceOutOfRange,
    PolicyOutOfRange,
    RoundDatesReversed,
    RoundTooLong,
    TeamsOutOfOrder,
    UnitSettingsOutOfRange,
    UnknownMode,
)
from scheduling.mapping.policies import policy_faults
from scheduling.models.rounds import InspectionRound
from tenancy.models import Office

LONGEST_ROUND_DAYS = 366


@dataclass(frozen=True, slots=True)
class TeamDraft:
    """A team slot as somebody typed it. `max_units` None: as many as fit."""

    code: str
    name: str
    size: tuple[int, int]
    deputies: tuple[int, int]
    concurrency: int = 1
    max_units: int | None = None


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """What the scheduler decides about one reported unit."""

    county: int  # office
    code: str
    chosen: bool
    mandatory: bool
    priority: int
    days: int
    earliest: date | None = None
    latest: date | None = None


def uniform_teams(
    count: int,
    *,
    size: tuple[int, int],
    deputies: tuple[int, int],
    max_units: int | None = None,
    concurrency: int = 1,
) -> list[TeamDraft]:
    """`count` teams alike, numbered from 1."""
    return [
        TeamDraft(
            code=f"T{number:02d}",
            name=f"第{number}巡察组",
            size=size,
            deputies=deputies,
            concurrency=concurrency,
            max_units=max_units,
        )
        for number in range(1, count + 1)
    ]


def check_window(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise RoundDatesReversed(starts_on=starts_on, ends_on=ends_on)
    days = (ends_on - starts_on).days + 1
    if days > LONGEST_ROUND_DAYS:
        raise RoundTooLong(days=days, limit=LONGEST_ROUND_DAYS)


def check_within(round_: InspectionRound, day: date, field: str) -> None:
    if not round_.starts_on <= day <= round_.ends_on:
        raise DayOutsideRound(
            day=day,
            starts_on=round_.starts_on,
            ends_on=round_.ends_on,
        ).at(field)


def check_policy(policy: Mapping[str, Any]) -> None:
    faults = policy_faults(policy)
    if not faults:
        return
    # `$.policy.home_offices[0]` is about the parameter `home_offices`.
    keys = list(dict.fromkeys(re.split(r"[.\[]", fault.path)[2] for fault in faults))
    if keys == ["home_offices"]:
        fault = Text(
            zh="每组来源县数的下限大于上限",
            en="the smallest number of counties a team comes from is above the largest",
        )
    else:
        fault = Text(
            zh=f"有 {len(keys)} 项不在允许的范围之内",
            en=f"{len(keys)} of them lie outside what is allowed",
        )
    raise PolicyOutOfRange(fault=fault).at(*(f"policy.{key}" for key in keys))


def known_mode(mode: str) -> str:
    if mode not in PROFILE_BY_CODE:
        raise UnknownMode(mode=mode)
    return mode


def check_team(row: int, team: TeamDraft, teams: Sequence[TeamDraft]) -> None:
    """Refuse a team by the first thing that does not hold, and say which entries it is about."""
    fault: Text | None = None
    fields: tuple[str, ...] = ()
    if any(other.code == team.code for other in teams[:row]):
        fault = Text(zh=f"编码 {team.code} 重复", en=f"the code {team.code} is used twice")
        fields = ("code",)
    elif team.size[0] < 1 or team.size[1] < team.size[0]:
        fault = Text(
            zh="人数下限须不小于 1，且不大于上限",
            en="the smallest size must be at least 1 and no more than the largest",
        )
        fields = ("size",)
    elif team.deputies[0] < 0 or team.deputies[1] < team.deputies[0]:
        fault = Text(
            zh="副组长人数下限大于上限",
            en="the smallest number of deputies is above the largest",
        )
        fields = ("deputies",)
    elif team.deputies[0] + 1 > team.size[1]:
        fault = Text(
            zh="一名组长加副组长已超过人数上限",
            en="a leader and the deputies are more than the team may hold",
        )
        fields = ("size_max", "deputies_min")
    elif team.concurrency < 1:
        fault = Text(zh="同时进驻数须不小于 1", en="visits at a time must be at least 1")
        fields = ("concurrency",)
    elif team.max_units is not None and team.max_units < 1:
        fault = Text(zh="单位数须不小于 1", en="the number of units must be at least 1")
        fields = ("max_units",)
    if fault is not None:
        refusal = TeamsOutOfOrder(team=team.name, fault=fault)
        raise refusal.at(*(f"teams.{row}.{field}" for field in fields))


def check_unit(round_: InspectionRound, choice: UnitChoice, place: str) -> None:
    fault: Text | None = None
    fields: tuple[str, ...] = ()
    if not 1 <= choice.priority <= 100:
        fault = Text(zh="优先级须在 1 至 100 之间", en="the priority must be from 1 to 100")
        fields = ("priority",)
    elif not 1 <= choice.days <= LONGEST_ROUND_DAYS:
        fault = Text(
            zh=f"进驻天数须在 1 至 {LONGEST_ROUND_DAYS} 之间",
            en=f"a visit takes from 1 to {LONGEST_ROUND_DAYS} working days",
        )
        fields = ("days",)
    elif choice.earliest and choice.latest and choice.latest < choice.earliest:
        fault = Text(zh="最晚日期早于最早日期", en="the latest day lies before the earliest")
        fields = ("earliest", "latest")
    if fault is not None:
        refusal = UnitSettingsOutOfRange(unit=choice.code, fault=fault)
        raise refusal.at(*(f"{place}.{field}" for field in fields))
    for field, day in (("earliest", choice.earliest), ("latest", choice.latest)):
        if day is not None:
            check_within(round_, day, f"{place}.{field}")


def check_arcs(
    name: str,
    arcs: Sequence[tuple[str, str, int]],
    columns: tuple[str, str, str],
    *,
    both_ways: bool,
    least: int,
) -> None:
    known = set(Office.objects.values_list("code", flat=True))
    seen: set[tuple[str, ...]] = set()
    for row, (a, b, figure) in enumerate(arcs):
        key = tuple(sorted((a, b))) if both_ways else (a, b, str(figure))
        fault: Text | None = None
        fields: tuple[str, ...] = columns[:2]
        if a not in known or b not in known:
            fault = Text(zh="没有这个巡察办", en="there is no such office")
        elif a == b:
            fault = Text(zh="两个巡察办相同", en="the two offices are the same")
        elif key in seen:
            fault = Text(zh="与前面的行重复", en="it repeats an earlier row")
        elif figure < least:
            fault = Text(zh=f"数值须不小于 {least}", en=f"the figure must be at least {least}")
            fields = columns[2:]
        if fault is not None:
            refusal = DistanceOutOfRange(row=row + 1, fault=fault)
            raise refusal.at(*(f"{name}.{row}.{field}" for field in fields))
        seen.add(key)
