"""Setting up a round: window, mode, calendar, teams, units, policy, distances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from kernel.clock import now
from kernel.text import Text
from scheduling.access.rounds import access_round_to_edit
from scheduling.domain.profiles import PROFILE_BY_CODE
from scheduling.errors import (
    DayOutsideRound,
    DistanceOutOfRange,
    PolicyOutOfRange,
    RoundDatesReversed,
    RoundNameTaken,
    RoundTooLong,
    TeamsOutOfOrder,
    UnitSettingsOutOfRange,
    UnknownMode,
)
from scheduling.mapping.calendars import REST, WORK
from scheduling.mapping.policies import policy_faults, profile_policy
from scheduling.models.releases import Release, ReportedUnit
from scheduling.models.rounds import InspectionRound, RoundUnit, TeamSlot
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_by
from tenancy.domain.roles import Permission
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


@transaction.atomic
def create_round(
    *,
    actor: Actor,
    name: str,
    starts_on: date,
    ends_on: date,
    mode: str,
    teams: Sequence[TeamDraft],
) -> InspectionRound:
    """Begin a round. Its policy is the profile of the mode, written out in full."""
    actor.must(Permission.EDIT_ROUND)
    _check_window(starts_on, ends_on)
    round_ = InspectionRound(
        tenant_id=actor.tenant_id,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        mode=_known(mode),
        policy=profile_policy(mode),
        created_at=now(),
        changed_at=now(),
    )
    with refused_by("round_name_unique_in_its_office", RoundNameTaken(name=name)):
        round_.save()
    _replace_teams(round_, teams)
    audit.record(
        actor,
        "scheduling.round.created",
        round_,
        mode=mode,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
        teams=len(teams),
    )
    return round_


@transaction.atomic
def revise_round(
    *, actor: Actor, number: int, name: str, starts_on: date, ends_on: date
) -> InspectionRound:
    """Change name and window. Overrides of days that fall out of the window are dropped."""
    round_ = access_round_to_edit(actor, number)
    _check_window(starts_on, ends_on)
    before = {
        "name": round_.name,
        "starts_on": str(round_.starts_on),
        "ends_on": str(round_.ends_on),
    }
    round_.name, round_.starts_on, round_.ends_on = name, starts_on, ends_on
    round_.calendar_overrides = {
        day: choice
        for day, choice in round_.calendar_overrides.items()
        if starts_on <= date.fromisoformat(day) <= ends_on
    }
    with refused_by("round_name_unique_in_its_office", RoundNameTaken(name=name)):
        _save(round_, "name", "starts_on", "ends_on", "calendar_overrides")
    after = {"name": name, "starts_on": str(starts_on), "ends_on": str(ends_on)}
    audit.record(actor, "scheduling.round.revised", round_, before=before, after=after)
    return round_


@transaction.atomic
def override_days(*, actor: Actor, number: int, overrides: Mapping[date, bool]) -> InspectionRound:
    """Say for single days whether they are worked, in place of all earlier overrides."""
    round_ = access_round_to_edit(actor, number)
    for day in overrides:
        if not round_.starts_on <= day <= round_.ends_on:
            raise DayOutsideRound(day=day.isoformat())
    before = round_.calendar_overrides
    round_.calendar_overrides = {
        day.isoformat(): WORK if works else REST for day, works in sorted(overrides.items())
    }
    _save(round_, "calendar_overrides")
    audit.record(
        actor,
        "scheduling.round.days_overridden",
        round_,
        before=before,
        after=round_.calendar_overrides,
    )
    return round_


@transaction.atomic
def set_teams(*, actor: Actor, number: int, teams: Sequence[TeamDraft]) -> InspectionRound:
    """Replace the round's team slots."""
    round_ = access_round_to_edit(actor, number)
    _replace_teams(round_, teams)
    _save(round_)
    audit.record(actor, "scheduling.round.teams_set", round_, teams=[team.code for team in teams])
    return round_


@transaction.atomic
def set_policy(
    *, actor: Actor, number: int, mode: str, policy: Mapping[str, Any]
) -> InspectionRound:
    """Replace the mode and every rule parameter. The engine's own reader finds the faults."""
    round_ = access_round_to_edit(actor, number)
    faults = policy_faults(policy)
    if faults:
        raise PolicyOutOfRange(count=len(faults), path=faults[0].path, fault=faults[0].text)
    before = {key: value for key, value in round_.policy.items() if policy.get(key) != value}
    round_.mode, round_.policy = _known(mode), dict(policy)
    _save(round_, "mode", "policy")
    audit.record(
        actor,
        "scheduling.round.policy_set",
        round_,
        mode=mode,
        before=before,
        after={key: policy.get(key) for key in before},
    )
    return round_


def reset_policy(*, actor: Actor, number: int, mode: str) -> InspectionRound:
    """Back to the profile of the mode."""
    return set_policy(actor=actor, number=number, mode=_known(mode), policy=profile_policy(mode))


@transaction.atomic
def choose_units(*, actor: Actor, number: int, choices: Sequence[UnitChoice]) -> InspectionRound:
    """Decide which reported units are in the round, and how. Others keep what was decided."""
    round_ = access_round_to_edit(actor, number)
    for choice in choices:
        _check_unit(choice)
    _check_reported(round_, choices)
    RoundUnit.objects.bulk_create(
        [_decision(round_, choice) for choice in choices],
        update_conflicts=True,
        unique_fields=["tenant", "round", "county", "code"],
        update_fields=[
            "chosen",
            "mandatory",
            "priority",
            "days",
            "window_earliest",
            "window_latest",
        ],
    )
    _save(round_)
    audit.record(
        actor,
        "scheduling.round.units_chosen",
        round_,
        decided=len(choices),
        chosen=sum(choice.chosen for choice in choices),
    )
    return round_


@transaction.atomic
def set_distances(
    *,
    actor: Actor,
    number: int,
    travel: Sequence[tuple[str, str, int]],
    past_arcs: Sequence[tuple[str, str, int]],
) -> InspectionRound:
    """Set what the map does not know (a ferry's way, in km) and who inspected whom before.

    `travel`: office code, office code, km. `past_arcs`: from, to, how many rounds ago.
    """
    round_ = access_round_to_edit(actor, number)
    _check_arcs(travel, both_ways=True, least=0)
    _check_arcs(past_arcs, both_ways=False, least=1)
    round_.travel = [{"a": a, "b": b, "km": km} for a, b, km in travel]
    round_.past_arcs = [{"from": a, "to": b, "ago": ago} for a, b, ago in past_arcs]
    _save(round_, "travel", "past_arcs")
    audit.record(
        actor,
        "scheduling.round.distances_set",
        round_,
        travel=round_.travel,
        past_arcs=round_.past_arcs,
    )
    return round_


def _save(round_: InspectionRound, *fields: str) -> None:
    """Any change of the round dates it, so that a survey or plan made before shows as outdated."""
    round_.changed_at = now()
    round_.save(update_fields=[*fields, "changed_at"])


def _check_window(starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        raise RoundDatesReversed(starts_on=starts_on.isoformat(), ends_on=ends_on.isoformat())
    days = (ends_on - starts_on).days + 1
    if days > LONGEST_ROUND_DAYS:
        raise RoundTooLong(days=days, limit=LONGEST_ROUND_DAYS)


def _known(mode: str) -> str:
    if mode not in PROFILE_BY_CODE:
        raise UnknownMode(mode=mode)
    return mode


def _replace_teams(round_: InspectionRound, teams: Sequence[TeamDraft]) -> None:
    for team in teams:
        _check_team(team, teams)
    TeamSlot.objects.filter(tenant_id=round_.tenant_id, round=round_).delete()
    TeamSlot.objects.bulk_create(
        TeamSlot(
            tenant_id=round_.tenant_id,
            round=round_,
            code=team.code,
            name=team.name,
            position=position,
            size_min=team.size[0],
            size_max=team.size[1],
            deputies_min=team.deputies[0],
            deputies_max=team.deputies[1],
            concurrency=team.concurrency,
            max_units=team.max_units,
        )
        for position, team in enumerate(teams, start=1)
    )


def _check_team(team: TeamDraft, teams: Sequence[TeamDraft]) -> None:
    fault = _team_fault(team, teams)
    if fault is not None:
        raise TeamsOutOfOrder(team=team.name, fault=fault)


def _team_fault(team: TeamDraft, teams: Sequence[TeamDraft]) -> Text | None:
    if sum(other.code == team.code for other in teams) > 1:
        return Text(zh=f"代码 {team.code} 重复", en=f"the code {team.code} is used twice")
    if team.size[0] < 1 or team.size[1] < team.size[0]:
        return Text(
            zh="人数下限须不小于 1，且不大于上限",
            en="the least size must be at least 1 and at most the largest",
        )
    if team.deputies[0] < 0 or team.deputies[1] < team.deputies[0]:
        return Text(
            zh="副组长人数下限大于上限",
            en="the least number of deputies is above the largest",
        )
    if team.deputies[0] + 1 > team.size[1]:
        return Text(
            zh="一名组长加副组长已超过人数上限",
            en="a leader and the deputies are more than the team may hold",
        )
    if team.concurrency < 1 or (team.max_units is not None and team.max_units < 1):
        return Text(
            zh="同时进驻数和单位数须不小于 1",
            en="visits at a time and units must be at least 1",
        )
    return None


def _check_unit(choice: UnitChoice) -> None:
    fault: Text | None = None
    if not 1 <= choice.priority <= 100:
        fault = Text(zh="优先级须在 1 至 100 之间", en="the priority must be from 1 to 100")
    elif choice.days < 1:
        fault = Text(zh="进驻天数须不小于 1", en="a visit takes at least one working day")
    elif choice.earliest and choice.latest and choice.latest < choice.earliest:
        fault = Text(zh="最晚日期早于最早日期", en="the latest day lies before the earliest")
    if fault is not None:
        raise UnitSettingsOutOfRange(unit=choice.code, fault=fault)


def _check_reported(round_: InspectionRound, choices: Sequence[UnitChoice]) -> None:
    """Whoever calls may name any office and any code, and one unit twice."""
    own = {"tenant_id": round_.tenant_id, "round": round_}
    reported = ReportedUnit.objects.filter(
        **own, inspectable=True, release__in=Release.objects.filter(**own).standing()
    )
    open_to_choice = set(reported.values_list("sender_id", "code"))
    for choice in choices:
        key = (choice.county, choice.code)
        if key not in open_to_choice:
            fault = Text(
                zh="没有报送到本轮次，或重复出现",
                en="it is not reported to this round, or stands here twice",
            )
            raise UnitSettingsOutOfRange(unit=choice.code, fault=fault)
        open_to_choice.remove(key)


def _decision(round_: InspectionRound, choice: UnitChoice) -> RoundUnit:
    return RoundUnit(
        tenant_id=round_.tenant_id,
        round=round_,
        county_id=choice.county,
        code=choice.code,
        chosen=choice.chosen,
        mandatory=choice.mandatory,
        priority=choice.priority,
        days=choice.days,
        window_earliest=choice.earliest,
        window_latest=choice.latest,
    )


def _check_arcs(arcs: Sequence[tuple[str, str, int]], *, both_ways: bool, least: int) -> None:
    known = set(Office.objects.values_list("code", flat=True))
    seen: set[tuple[str, ...]] = set()
    for row, (a, b, figure) in enumerate(arcs, start=1):
        key = tuple(sorted((a, b))) if both_ways else (a, b, str(figure))
        fault: Text | None = None
        if a not in known or b not in known:
            fault = Text(zh="没有这个巡察办", en="there is no such office")
        elif a == b:
            fault = Text(zh="两个巡察办相同", en="the two offices are the same")
        elif key in seen:
            fault = Text(zh="与前面的行重复", en="it repeats an earlier row")
        elif figure < least:
            fault = Text(zh=f"数值须不小于 {least}", en=f"the figure must be at least {least}")
        if fault is not None:
            raise DistanceOutOfRange(row=row, fault=fault)
        seen.add(key)
