"""Clues for pages and programs: the team's own, and what the city may count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from kernel.text import Text
from sharing.access.clues import access_clue, clues_of_team, hands_on_clue, routes_watched_by
from sharing.domain.clues import CLUE, SOURCE_TITLES, SourceKind
from sharing.domain.routing import LEVEL_TITLES, ManagementLevel
from sharing.models.clues import Clue, ClueRoute, ClueStep
from sharing.models.steps import Step
from sharing.selectors.counting import newest
from tenancy.actor import Actor
from tenancy.paging import Part, Window, part_of

TONES: Mapping[str, str] = {
    "registered": "info",
    "screened": "info",
    "leader_signed": "good",
    "taken_in": "info",
    "handed_over": "warn",
    "acknowledged": "info",
    "disposal_chosen": "info",
    "in_process": "info",
    "result_returned": "warn",
    "closed": "good",
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """An act that was done, in words."""

    step: Step
    act: Text


@dataclass(frozen=True, slots=True)
class TeamClueLine:
    clue: Clue
    state: Text
    tone: str
    level: Text


@dataclass(frozen=True, slots=True)
class TeamCluePage:
    """`may`: the acts that are open to the actor now, by their names."""

    line: TeamClueLine
    source: Text
    steps: Sequence[StepLine]
    may: frozenset[str]
    is_mine: bool

    @property
    def clue(self) -> Clue:
        return self.line.clue


@dataclass(frozen=True, slots=True)
class OfficeCount:
    """How many clues an office has, and how far they are. Not one word of any."""

    office: str
    total: int
    open: int
    states: Sequence[tuple[Text, int]]


@dataclass(frozen=True, slots=True)
class OfficeCounts:
    """`is_cut`: of what is older than the newest so many, nothing is counted."""

    offices: Sequence[OfficeCount]
    is_cut: bool


def team_clues(actor: Actor, window: Window) -> Part[TeamClueLine]:
    """The newest first."""
    part = part_of(clues_of_team(actor).prefetch_related("room"), window, "-pk")
    return part.showing([_line(one) for one in part.lines])


def team_clue_page(actor: Actor, number: int) -> TeamCluePage:
    clue = access_clue(actor, number)
    hands = hands_on_clue(actor, clue)
    steps = ClueStep.objects.filter(tenant_id=clue.tenant_id, record_id=clue.pk).order_by("number")
    return TeamCluePage(
        line=_line(clue),
        source=SOURCE_TITLES[SourceKind(clue.source_kind)],
        steps=[step_line(one) for one in steps],
        may=frozenset(one.name for one in CLUE.open_to(clue.state, hands)),
        is_mine=clue.registered_by_id == actor.user_id,
    )


def step_line(step: Step) -> StepLine:
    return StepLine(step, CLUE.by_name[step.act].title)


def counts_by_office(actor: Actor) -> OfficeCounts:
    """Of the counties alone; what the city itself takes in stands in its own register."""
    rows, is_cut = newest(routes_watched_by(actor))
    found: dict[str, dict[str, int]] = {}
    for name, state, count in (
        rows.order_by().values_list("office__short_name", "state").annotate(count=Count("pk"))
    ):
        found.setdefault(name, {})[state] = count
    counts = [_count(name, by_state) for name, by_state in sorted(found.items())]
    return OfficeCounts(counts, is_cut)


def routes_part(actor: Actor, window: Window) -> Part[ClueRoute]:
    return part_of(routes_watched_by(actor), window, "-since", "-pk")


def state_of(route: ClueRoute) -> Text:
    return CLUE.states[route.state]


def _line(clue: Clue) -> TeamClueLine:
    return TeamClueLine(
        clue,
        CLUE.states[clue.state],
        TONES.get(clue.state, "quiet"),
        LEVEL_TITLES[ManagementLevel(clue.management_level)],
    )


def _count(name: str, by_state: Mapping[str, int]) -> OfficeCount:
    total = sum(by_state.values())
    states = [(title, by_state[state]) for state, title in CLUE.states.items() if state in by_state]
    return OfficeCount(name, total, total - by_state.get("closed", 0), states)
