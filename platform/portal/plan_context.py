"""A plan, arranged for its page: words, colours, order of seats. It decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from portal import charts
from portal.measures import measures_in_words, tier_in_words
from scheduling.domain import vocabulary
from scheduling.selectors import PlanPage, SeatLine, TeamCard, TierLine, Verdict
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from webui.language import spoken


@dataclass(frozen=True, slots=True)
class HostMark:
    name: str
    tone: int


@dataclass(frozen=True, slots=True)
class SeatRow:
    role: str
    line: SeatLine
    skills: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class TeamView:
    card: TeamCard
    hosts: Sequence[HostMark]
    seats: Sequence[SeatRow]


@dataclass(frozen=True, slots=True)
class TierView:
    line: TierLine
    words: str
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Figures:
    people: int
    visits: int
    units: int
    hosts: int


def plan_context(page: PlanPage, actor: Actor) -> dict[str, Any]:
    hosts = _hosts(page)
    tone, title = _verdict_words(page.verdict)
    return {
        "page": page,
        "verdict_tone": tone,
        "verdict_title": title,
        "hosts": tuple(hosts.values()),
        "figures": _figures(page, len(hosts)),
        "teams": _teams(page, hosts),
        "tiers": tiers_in_words(page.tiers),
        "measures": measures_in_words({line.code: line.value for line in page.measures}),
        "gantt": charts.gantt(page),
        "flows": charts.flows(page),
        "matrix": charts.matrix(page),
        "can_export": page.verdict.holds and Permission.EXPORT_PLAN in actor.permissions,
        "high_risk": gettext("high risk"),
        "host_seat": gettext("host seat"),
        "mandatory": gettext("must be visited"),
        "proven": gettext("proven best"),
        "open_tier": gettext("not proven yet"),
        "day_word": gettext("working days"),
        "may_edit": page.is_handled and Permission.EDIT_PLAN in actor.permissions,
    }


def _verdict_words(verdict: Verdict) -> tuple[str, str]:
    """A class of plan.css, and the headline."""
    if verdict.checked_at is None:
        return "open", gettext("The independent check has not been made yet")
    if verdict.holds:
        return "holds", gettext("Independent check passed: no rule is broken")
    if not verdict.breaches:
        return "changed", gettext("The facts have changed since: do not use this plan")
    return "broken", ngettext(
        "The independent check found one breach: do not use this plan",
        "The independent check found %(n)s breaches: do not use this plan",
        len(verdict.breaches),
    ) % {"n": len(verdict.breaches)}


def tiers_in_words(tiers: Sequence[TierLine]) -> Sequence[TierView]:
    return tuple(
        TierView(tier, tier_in_words(tier.measures), tier.bound == tier.value) for tier in tiers
    )


def _hosts(page: PlanPage) -> dict[str, HostMark]:
    tones = charts.tones(page)
    return {
        office.code: HostMark(office.short_name, tones[office.code])
        for office in page.offices
        if office.code in tones
    }


def _figures(page: PlanPage, hosts: int) -> Figures:
    visits = sum(len(team.visits) for team in page.teams)
    people = sum(len(team.people) for team in page.teams)
    return Figures(people, visits, visits + len(page.uncovered), hosts)


def _teams(page: PlanPage, hosts: dict[str, HostMark]) -> Sequence[TeamView]:
    words = _RoleWords(gettext("Leader"), gettext("Deputy leader"), gettext("Member"))
    skills = {code: word.text[spoken()] for code, word in vocabulary.SKILLS.items()}
    return tuple(
        TeamView(
            team,
            tuple(hosts[code] for code in dict.fromkeys(v.host_code for v in team.visits)),
            _seats(team, words, skills),
        )
        for team in page.teams
    )


@dataclass(frozen=True, slots=True)
class _RoleWords:
    leader: str
    deputy: str
    member: str


def _seats(team: TeamCard, words: _RoleWords, skills: dict[str, str]) -> Sequence[SeatRow]:
    separator = ", " if spoken() == "en" else "、"

    def row(role: str, line: SeatLine) -> SeatRow:
        said = separator.join(skills.get(skill, skill) for skill in line.skills)
        return SeatRow(role, line, said, role == words.leader)

    return (
        *(row(words.leader, line) for line in (team.leader,) if line is not None),
        *(row(words.deputy, line) for line in team.deputies),
        *(row(words.member, line) for line in team.members),
    )
