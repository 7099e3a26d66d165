"""Setting up a round: window, mode, calendar, teams, units, policy, distances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from kernel.clock import now
from kernel.text import Text
from scheduling.access.rounds import access_round_to_edit
from scheduling.errors import RoundNameTaken, UnitSettingsOutOfRange
from scheduling.mapping.calendars import REST, WORK
from scheduling.mapping.policies import profile_policy
from scheduling.models.releases import Release, ReportedUnit
from scheduling.models.rounds import InspectionRound, RoundUnit, TeamSlot
from scheduling.services.round_drafts import (
    TeamDraft,
    UnitChoice,
    check_arcs,
    check_policy,
    check_team,
    check_unit,
    check_window,
    check_within,
    known_mode,
)
from tenancy import audit
from tenancy.actor import Actor
from tenancy.db import refused_by
from tenancy.domain.roles import Permission


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
    check_window(starts_on, ends_on)
    round_ = InspectionRound(
        tenant_id=actor.tenant_id,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
        mode=known_mode(mode),
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
    check_window(starts_on, ends_on)
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
        check_within(round_, day, "overrides")
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
    check_policy(policy)
    before = {key: value for key, value in round_.policy.items() if policy.get(key) != value}
    round_.mode, round_.policy = known_mode(mode), dict(policy)
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
    return set_policy(
        actor=actor, number=number, mode=known_mode(mode), policy=profile_policy(mode)
    )


@transaction.atomic
def choose_units(*, actor: Actor, number: int, choices: Sequence[UnitChoice]) -> InspectionRound:
    """Decide which reported units are in the round, and how. Others keep what was decided."""
    round_ = access_round_to_edit(actor, number)
    for row, choice in enumerate(choices):
        check_unit(round_, choice, f"choices.{row}")
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
    check_arcs("travel", travel, ("a", "b", "km"), both_ways=True, least=0)
    check_arcs("past_arcs", past_arcs, ("origin", "host", "ago"), both_ways=False, least=1)
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


def _replace_teams(round_: InspectionRound, teams: Sequence[TeamDraft]) -> None:
    for row, team in enumerate(teams):
        check_team(row, team, teams)
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


def _check_reported(round_: InspectionRound, choices: Sequence[UnitChoice]) -> None:
    """Whoever calls may name any office and any code, and one unit twice."""
    own = {"tenant_id": round_.tenant_id, "round": round_}
    reported = ReportedUnit.objects.filter(
        **own, inspectable=True, release__in=Release.objects.filter(**own).standing()
    )
    open_to_choice = set(reported.values_list("sender_id", "code"))
    for row, choice in enumerate(choices):
        key = (choice.county, choice.code)
        if key not in open_to_choice:
            fault = Text(
                zh="没有报送到本轮次，或重复出现",
                en="it is not reported to this round, or stands here twice",
            )
            raise UnitSettingsOutOfRange(unit=choice.code, fault=fault).at(f"choices.{row}")
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
