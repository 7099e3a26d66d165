"""The desk at its largest, as rows: a city of twelve counties with a round of 50 teams and a
draft for it. Made from the engine's random round, put in as the owner, and removed again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from kernel.clock import now
from scheduling.domain import goals
from scheduling.domain.desk.bench import large_round
from scheduling.domain.document import problem_as_json, read_problem
from scheduling.domain.document.writing import teams_as_json
from scheduling.domain.problem import Problem, Schedule
from scheduling.mapping.prices import teams_in
from scheduling.mapping.problems import Question, rows_of
from scheduling.mapping.schedules import store_schedule
from scheduling.models.plans import Plan, PlanEdit, PlanSeat, PlanTeam, PlanVisit
from scheduling.models.questions import FrozenBar, FrozenQuestion, Inspector
from scheduling.models.releases import Release, ReleaseCall, ReleasedPerson, ReportedUnit
from scheduling.models.rounds import InspectionRound, TeamSlot
from scheduling.services.freezing import frozen
from tenancy.context import in_office
from tenancy.domain.roles import Role
from tenancy.models import Membership, Office, User

CODE = "bench-city"
DEFAULT_DAY = "2020-01-01"


@contextmanager
def large_desk() -> Iterator[Plan]:
    """The draft, for as long as the block lasts."""
    with transaction.atomic():
        city = _offices()
    try:
        with transaction.atomic(), in_office(city.pk):
            draft = _draft(city)
        yield draft
    finally:
        with transaction.atomic(), in_office(city.pk):
            _remove_rows(city)
        with transaction.atomic():
            Office.objects.filter(parent=city).delete()
            User.objects.filter(username=CODE).delete()
            city.delete()


def _offices() -> Office:
    problem, _ = large_round()
    city = Office.objects.create(code=CODE, name="Bench city", short_name="Bench", kind="city")
    Office.objects.bulk_create(
        Office(
            code=f"{CODE}-{office.id}",
            name=office.name,
            short_name=office.name,
            kind="county",
            parent=city,
            lon=office.location[0],
            lat=office.location[1],
        )
        for office in problem.counties
    )
    with in_office(city.pk):
        user = User.objects.create(username=CODE, display_name="陈砚秋")
        Membership.objects.create(tenant=city, user=user, role=Role.SCHEDULER, since_on=DEFAULT_DAY)
    return city


def _draft(city: Office) -> Plan:
    problem, schedule = _renamed()
    round_ = _round(city, problem)
    releases = _releases(round_, city)
    _people_and_units(problem, releases)
    document = json.dumps(problem_as_json(problem), ensure_ascii=False)
    question = frozen(round_, Question(problem, document, rows_of(round_, with_facts=False)))
    measures = goals.measures(problem, schedule)
    draft = Plan.objects.create(
        tenant=city,
        round=round_,
        origin=Plan.Origin.DESK,
        question=question,
        version=1,
        measures=measures,
        tiers=goals.tier_values(problem, measures),
        made_by="陈砚秋",
        created_at=now(),
        found_at=now(),
    )
    store_schedule(draft, schedule, rows_of(round_, with_facts=False))
    return draft


def _renamed() -> tuple[Problem, Schedule]:
    """The engine's round, its people and units called as rows are: office and number."""
    problem, schedule = large_round()
    names = {office.id: f"{CODE}-{office.id}" for office in problem.counties}
    names |= {person.id: f"{names[person.office]}-{person.id}" for person in problem.inspectors}
    names |= {unit.id: f"{names[unit.county]}:{unit.id}" for unit in problem.units}
    written = _with_names(problem_as_json(problem), names)
    city = next(office for office in written["offices"] if office["kind"] == "city")
    city["id"] = CODE
    teams = [{**team, "duties": {}} for team in teams_as_json(schedule.teams)]
    return (
        read_problem(json.dumps(written).encode()),
        Schedule(tuple(teams_in(_with_names(teams, names)))),
    )


def _with_names(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, list):
        return [_with_names(each, names) for each in value]
    if isinstance(value, dict):
        return {key: _with_names(each, names) for key, each in value.items()}
    return value


def _round(city: Office, problem: Problem) -> InspectionRound:
    round_ = InspectionRound.objects.create(
        tenant=city,
        name="bench",
        starts_on=problem.round.start,
        ends_on=problem.round.end,
        mode="mixed",
        policy=problem_as_json(problem)["policy"],
        created_at=now(),
        changed_at=now(),
    )
    TeamSlot.objects.bulk_create(
        TeamSlot(
            tenant=city,
            round=round_,
            code=slot.id,
            name=f"第{n}巡察组",
            position=n,
            size_min=slot.size[0],
            size_max=slot.size[1],
            deputies_min=slot.deputies[0],
            deputies_max=slot.deputies[1],
        )
        for n, slot in enumerate(problem.teams, start=1)
    )
    return round_


def _releases(round_: InspectionRound, city: Office) -> Mapping[str, Release]:
    releases = {}
    for county in Office.objects.filter(parent=city).order_by("code"):
        ReleaseCall.objects.create(
            tenant=county,
            sender=city,
            round_id=round_.pk,
            name=round_.name,
            starts_on=round_.starts_on,
            ends_on=round_.ends_on,
            mode=round_.mode,
            teams=1,
            people_needed=1,
            asks_for_units=True,
            called_at=now(),
        )
        releases[county.code] = Release.objects.create(
            tenant=city,
            sender=county,
            round=round_,
            version=1,
            content="",
            released_by="主任",
            released_at=now(),
        )
    return releases


def _people_and_units(problem: Problem, releases: Mapping[str, Release]) -> None:
    ReleasedPerson.objects.bulk_create(
        ReleasedPerson(
            tenant_id=(release := releases[person.office]).tenant_id,
            sender_id=release.sender_id,
            release=release,
            round_id=release.round_id,
            number=person.id.removeprefix(f"{person.office}-"),
            name=person.name,
            post="科长",
            is_leader=person.leader,
            is_deputy=person.deputy,
            skills=sorted(person.skills),
            rounds_served=person.rounds,
            recent_days=person.recent_days,
        )
        for person in problem.inspectors
    )
    ReportedUnit.objects.bulk_create(
        ReportedUnit(
            tenant_id=(release := releases[unit.county]).tenant_id,
            sender_id=release.sender_id,
            release=release,
            round_id=release.round_id,
            code=unit.id.removeprefix(f"{unit.county}:"),
            name=unit.name,
            kind=unit.kind,
            risk=unit.risk,
            days=unit.days,
            mandatory=unit.mandatory,
            priority=unit.priority,
            inspectable=True,
        )
        for unit in problem.units
    )


def _remove_rows(city: Office) -> None:
    """Children first: what was delivered is protected from its parents' removal."""
    own = {"tenant_id": city.pk}
    for part in (PlanEdit, PlanVisit, PlanSeat, PlanTeam, Plan, FrozenBar, FrozenQuestion):
        part.objects.filter(**own).delete()
    for whole in (ReportedUnit, ReleasedPerson, Release, Inspector, TeamSlot):
        whole.objects.filter(**own).delete()
    ReleaseCall.objects.filter(sender_id=city.pk).delete()
    InspectionRound.objects.filter(**own).delete()
    Membership.objects.filter(**own).delete()
