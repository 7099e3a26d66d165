"""Taking things away as workbooks: a plan, its team lists, a roster, a list of units."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kernel.clock import CHINA
from kernel.text import Language, Text
from scheduling.access.plans import access_plan
from scheduling.access.rosters import people_visible_to, units_visible_to
from scheduling.domain.duties import DUTIES
from scheduling.domain.goals import GOALS
from scheduling.domain.profiles import PROFILE_BY_CODE
from scheduling.domain.vocabulary import SKILLS, TEAM_ROLES, UNIT_KINDS, said
from scheduling.errors import PlanNotVerified
from scheduling.mapping.rosters import person_facts, unit_facts
from scheduling.models.plans import Plan
from scheduling.selectors.plans import PlanPage, SeatLine, TeamCard, page_of
from scheduling.selectors.sights import of_plan
from scheduling.workbooks.filled import roster_workbook, units_workbook
from scheduling.workbooks.plan import (
    FigureLine,
    PersonLine,
    PlanSheets,
    TeamLine,
    VisitLine,
    plan_workbook,
)
from scheduling.workbooks.team_lists import ListedSeat, ListedVisit, TeamList, team_lists
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.domain.streams import A_READING
from tenancy.services.reading import record_reading

STATUS: Mapping[str, Text] = {
    "optimal": Text(zh="已证明最优", en="Proven best"),
    "feasible": Text(zh="可行，未证明最优", en="Holds; not proven best"),
}
HOLDS = Text(zh="通过：没有违反任何规则", en="Holds: no rule is broken")


@dataclass(frozen=True, slots=True)
class ExportedPlan:
    file_name: str
    content: bytes


@transaction.atomic
def export_plan(*, actor: Actor, number: int, language: Language) -> ExportedPlan:
    """The plan's workbook, for a plan that the verifier has passed; leaves an audit line."""
    plan = access_plan(actor, number, Permission.EXPORT_PLAN)
    if not plan.is_usable:
        raise PlanNotVerified(number=plan.version)
    page = page_of(plan)
    content = plan_workbook(_sheets(plan, page, language), language)
    record_reading(
        actor,
        "scheduling.plan.exported",
        of_plan(actor, plan.pk),
        rule="plan.export",
        version=plan.version,
        revision=plan.revision,
    )
    word = Text(zh="方案", en="plan")[language]
    return ExportedPlan(f"{_file_title(page.round_name)}-{word}{plan.version}.xlsx", content)


@transaction.atomic
def export_team_lists(*, actor: Actor, number: int, language: Language) -> ExportedPlan:
    """One sheet a team, for a plan that the verifier has passed; leaves an audit line."""
    plan = access_plan(actor, number, Permission.EXPORT_PLAN)
    if not plan.is_usable:
        raise PlanNotVerified(number=plan.version)
    page = page_of(plan)
    teams = [_listed(team, language) for team in page.teams]
    note = Text(
        zh=f"方案第 {plan.version} 版，第 {plan.revision} 次修订；已通过独立核验。",
        en=f"Plan, version {plan.version}, revision {plan.revision}; the independent check holds.",
    )
    content = team_lists(page.round_name, note[language], teams, language)
    record_reading(
        actor,
        "scheduling.plan.team_lists_exported",
        of_plan(actor, plan.pk),
        rule="plan.export",
        version=plan.version,
        revision=plan.revision,
    )
    word = Text(zh="组员名单", en="teams")[language]
    return ExportedPlan(f"{_file_title(page.round_name)}-{word}{plan.version}.xlsx", content)


@transaction.atomic
def export_roster(*, actor: Actor) -> ExportedPlan:
    """The actor's own office's roster, as its import reads it; leaves an audit line.

    It carries kin, place and career: they stay in the office whose people they are.
    """
    actor.must(Permission.VIEW_ROSTER)
    actor.must(Permission.EXPORT_ROSTER)
    people = people_visible_to(actor).order_by("number")
    content = roster_workbook(person_facts(person) for person in people)
    audit.record(actor, "scheduling.roster.exported", stream=A_READING, people=len(people))
    return ExportedPlan(f"{actor.office_name}-人员名册.xlsx", content)


@transaction.atomic
def export_units(*, actor: Actor) -> ExportedPlan:
    """The actor's own office's list of units, as its import reads it; leaves an audit line."""
    actor.must(Permission.VIEW_UNITS)
    actor.must(Permission.EXPORT_ROSTER)
    units = units_visible_to(actor).order_by("code")
    content = units_workbook(unit_facts(unit) for unit in units)
    audit.record(actor, "scheduling.units.exported", stream=A_READING, units=len(units))
    return ExportedPlan(f"{actor.office_name}-被巡察单位名录.xlsx", content)


def _file_title(name: str) -> str:
    return re.sub(r'[\\/:*?"<>|\s]+', "_", name)


def _listed(team: TeamCard, language: Language) -> TeamList:
    joint = Text(zh="、", en=", ")[language]
    return TeamList(
        team=team.name,
        visits=[
            ListedVisit(
                visit.unit, visit.host_name, visit.start_on, visit.end_on, visit.working_days
            )
            for visit in team.visits
        ],
        seats=[
            ListedSeat(
                role=said(TEAM_ROLES, role)[language],
                name=seat.name,
                office=seat.office_name,
                post=seat.post,
                skills=joint.join(said(SKILLS, skill)[language] for skill in seat.skills),
                duties=joint.join(DUTIES[duty][language] for duty in seat.duties if duty in DUTIES),
            )
            for role, seat in _by_role(team)
        ],
    )


def _sheets(plan: Plan, page: PlanPage, language: Language) -> PlanSheets:
    return PlanSheets(
        title=page.round_name,
        overview=list(_overview(page, language)),
        teams=[_team(team) for team in page.teams],
        visits=[
            VisitLine(
                team.name,
                visit.host_name,
                visit.unit,
                said(UNIT_KINDS, visit.kind)[language],
                visit.risk,
                visit.start_on,
                visit.end_on,
                visit.working_days,
            )
            for team in page.teams
            for visit in team.visits
        ],
        people=[line for team in page.teams for line in _people(team, language)],
        measures=[
            FigureLine(
                f"{goal.title[language]} ({goal.unit[language]})", plan.measures[goal.measure]
            )
            for goal in GOALS
            if goal.measure in plan.measures
        ],
        uncovered=[f"{line.host_name} {line.unit}" for line in page.uncovered],
        verdict=list(_verdict(page, language)),
        breaches=[],
    )


def _overview(page: PlanPage, language: Language) -> Iterator[FigureLine]:
    def say(zh: str, en: str) -> str:
        return Text(zh=zh, en=en)[language]

    yield FigureLine(say("方案版本", "Version"), page.version)
    yield FigureLine(say("组织方式", "Mode"), PROFILE_BY_CODE[page.mode].title[language])
    yield FigureLine(say("轮次第一天", "First day"), page.starts_on)
    yield FigureLine(say("轮次最后一天", "Last day"), page.ends_on)
    yield FigureLine(say("求解结果", "Outcome"), STATUS[page.status][language])
    yield FigureLine(say("与下界的差距", "Gap to the bound"), f"{page.gap:.1%}")
    yield FigureLine(say("生成时间", "Found"), _moment(page.made_at))
    yield FigureLine(say("巡察组", "Teams"), len(page.teams))
    yield FigureLine(say("人员", "People"), sum(len(team.people) for team in page.teams))
    yield FigureLine(say("单位", "Units"), sum(len(team.visits) for team in page.teams))
    yield FigureLine(say("未安排的单位", "Units left out"), len(page.uncovered))
    if page.is_outdated:
        yield FigureLine(
            say("注意", "Note"),
            say(
                "求解之后轮次或人员有变动，请核对后使用。",
                "The round or its people changed after this was solved: check before use.",
            ),
        )


def _verdict(page: PlanPage, language: Language) -> Iterator[FigureLine]:
    def say(zh: str, en: str) -> str:
        return Text(zh=zh, en=en)[language]

    verdict = page.verdict
    yield FigureLine(say("独立核验结论", "Independent check"), HOLDS[language])
    if verdict.checked_at is not None:
        yield FigureLine(say("核验时间", "Checked"), _moment(verdict.checked_at))
    yield FigureLine(say("核验的巡察组", "Teams checked"), verdict.teams)
    yield FigureLine(say("核验的人员", "People checked"), verdict.seats)
    yield FigureLine(say("核验的进驻", "Visits checked"), verdict.visits)


def _team(team: TeamCard) -> TeamLine:
    return TeamLine(
        name=team.name,
        leader="" if team.leader is None else team.leader.name,
        deputies=[seat.name for seat in team.deputies],
        members=[seat.name for seat in team.members],
        counties=list(dict.fromkeys(visit.host_name for visit in team.visits)),
        units=len(team.visits),
        working_days=sum(visit.working_days for visit in team.visits),
    )


def _by_role(team: TeamCard) -> list[tuple[str, SeatLine]]:
    return [
        *(("leader", seat) for seat in (team.leader,) if seat is not None),
        *(("deputy", seat) for seat in team.deputies),
        *(("member", seat) for seat in team.members),
    ]


def _people(team: TeamCard, language: Language) -> Iterator[PersonLine]:
    for role, seat in _by_role(team):
        yield PersonLine(
            team=team.name,
            role=said(TEAM_ROLES, role)[language],
            name=seat.name,
            office=seat.office_name,
            post=seat.post,
            skills=[said(SKILLS, skill)[language] for skill in seat.skills],
            rounds_served=seat.rounds,
        )


def _moment(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
