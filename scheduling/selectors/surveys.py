"""Demand against supply, and what the rules bar: figures by office, rule and speciality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kernel.text import Text
from scheduling.access.handling import may_in_round
from scheduling.access.rounds import access_round
from scheduling.domain.rules import RULE_BOOK
from scheduling.domain.vocabulary import SKILLS, said
from scheduling.mapping.basis import basis_of
from scheduling.models.rounds import InspectionRound
from scheduling.models.surveys import SURVEY_TASK, Survey
from scheduling.selectors.readiness import gaps_of
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.models import Job, Office

SHADES = 6  # heat-0 … heat-6 in the style sheet


@dataclass(frozen=True, slots=True)
class SkillLine:
    """People with the speciality: needed, released (by office), and free to serve somewhere."""

    skill: Text
    demand: int
    supply: Sequence[int]
    total: int
    usable: int

    @property
    def is_short(self) -> bool:
        return self.usable < self.demand


@dataclass(frozen=True, slots=True)
class OfficeColumn:
    name: str
    people: int
    leaders: int
    pairs: int
    barred: int

    @property
    def share(self) -> float:
        return self.barred / self.pairs if self.pairs else 0.0


@dataclass(frozen=True, slots=True)
class RuleCell:
    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class RuleLine:
    code: str
    title: Text
    cells: Sequence[RuleCell]
    total: int


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    units: int
    seats: tuple[int, int]
    people: int
    leaders: int
    pairs: int
    barred: int
    offices: Sequence[OfficeColumn]
    skills: Sequence[SkillLine]
    rules: Sequence[RuleLine]

    @property
    def share(self) -> float:
        return self.barred / self.pairs if self.pairs else 0.0

    @property
    def seats_text(self) -> str:
        least, most = self.seats
        return str(least) if least == most else f"{least}–{most}"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why the last count did not finish, and what to do now."""

    message: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """`figures` None: nothing was counted yet. `is_outdated`: the round changed since."""

    round: InspectionRound
    survey: Survey | None
    figures: SurveyFigures | None
    is_outdated: bool
    job: Job | None  # the count under way, or the last one when it failed
    gaps: Text | None
    may_edit: bool

    @property
    def is_counting(self) -> bool:
        return self.job is not None and not self.job.is_over

    @property
    def failure(self) -> Failure | None:
        error = None if self.job is None else self.job.error
        if error is None:
            return None
        return Failure(Text(**error["message"]), Text(**error["remedy"]))


def survey_page(actor: Actor, number: int) -> SurveyPage:
    """What the scheduler sees of recusal: a rule's code and title, and how many pairs."""
    round_ = access_round(actor, number, Permission.VIEW_ROUND)
    survey = Survey.objects.filter(tenant_id=actor.tenant_id, round=round_).order_by("-pk").first()
    job = (
        Job.objects.filter(
            tenant_id=actor.tenant_id, task=SURVEY_TASK, args={"round_number": round_.pk}
        )
        .order_by("-pk")
        .first()
    )
    return SurveyPage(
        round=round_,
        survey=survey,
        figures=None if survey is None else _figures(survey.figures),
        is_outdated=survey is not None and survey.basis != basis_of(round_),
        job=job if job is not None and job.state != Job.State.DONE else None,
        gaps=gaps_of(round_),
        may_edit=may_in_round(actor, Permission.EDIT_ROUND, number),
    )


def _figures(stored: Mapping[str, Any]) -> SurveyFigures:
    codes = [office["office"] for office in stored["offices"]]
    names = dict(Office.objects.filter(code__in=codes).values_list("code", "short_name"))
    return SurveyFigures(
        units=stored["units"],
        seats=(stored["seats"][0], stored["seats"][1]),
        people=sum(office["people"] for office in stored["offices"]),
        leaders=sum(office["leaders"] for office in stored["offices"]),
        pairs=stored["pairs"],
        barred=stored["barred"],
        offices=[
            OfficeColumn(
                names.get(office["office"], office["office"]),
                office["people"],
                office["leaders"],
                office["pairs"],
                office["barred"],
            )
            for office in stored["offices"]
        ],
        skills=[_skill(line, codes) for line in stored["skills"]],
        rules=_rules(stored["offices"]),
    )


def _skill(line: Mapping[str, Any], offices: Sequence[str]) -> SkillLine:
    return SkillLine(
        skill=said(SKILLS, line["skill"]),
        demand=line["demand"],
        supply=[line["supply"].get(office, 0) for office in offices],
        total=sum(line["supply"].values()),
        usable=sum(line["usable"].values()),
    )


def _rules(offices: Sequence[Mapping[str, Any]]) -> list[RuleLine]:
    most = max((n for office in offices for n in office["barred_by_rule"].values()), default=0)
    lines = []
    for rule in RULE_BOOK:
        counts = [office["barred_by_rule"].get(rule.code, 0) for office in offices]
        if any(counts):
            cells = [RuleCell(n, round(SHADES * n / most)) for n in counts]
            lines.append(RuleLine(rule.code, rule.title, cells, sum(counts)))
    return lines
