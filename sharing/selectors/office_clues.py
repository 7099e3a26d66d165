"""The joint register of clues (线索台账) and its lists, for the office and its discipline body."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from kernel.text import Text
from sharing.access.due_days import OfficeDays, days_of
from sharing.access.office_clues import (
    access_list,
    access_office_clue,
    clues_on,
    hands_on_office_clue,
    lists_visible_to,
    office_clues_visible_to,
    overdue_on,
)
from sharing.domain.clues import CLUE, DISPOSAL_TITLES, SOURCE_TITLES, Disposal, SourceKind
from sharing.domain.hand_over import sealed_with
from sharing.domain.outcomes import OUTCOME_TITLES, OutcomeCode
from sharing.domain.routing import LEVEL_TITLES, ManagementLevel
from sharing.models.hand_over import HandOverEntry, HandOverList, HandOverUrging
from sharing.models.office_clues import NEVER, ClueOutcome, OfficeClue, OfficeClueStep
from sharing.selectors.clues import TONES, StepLine, step_line
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

MOST_OFFERED = 100


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """None and False: do not ask for it."""

    state: str | None = None
    overdue: bool = False
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """`due_on`: of what is waited for now; `late`: working days past it."""

    clue: OfficeClue
    state: Text
    tone: str
    level: Text
    due_on: date | None
    late: int


@dataclass(frozen=True, slots=True)
class OutcomeLine:
    outcome: ClueOutcome
    title: Text


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """`may`: the acts that are open to the actor now, by their names."""

    line: LedgerLine
    source: Text
    disposal: Text | None
    steps: Sequence[StepLine]
    outcomes: Sequence[OutcomeLine]
    lists: Sequence[HandOverList]
    may: frozenset[str]

    @property
    def clue(self) -> OfficeClue:
        return self.line.clue


@dataclass(frozen=True, slots=True)
class ListPage:
    """`is_whole`: the hash is the text's. `lines`: what still stands on it. `urgings`: letters that
    asked after it, the newest first."""

    list: HandOverList
    lines: Sequence[LedgerLine]
    returned: int
    is_whole: bool
    may_acknowledge: bool
    urgings: Sequence[HandOverUrging]
    may_urge: bool


def ledger_part(actor: Actor, asked: LedgerFilter, window: Window) -> Part[LedgerLine]:
    """What is overdue longest stands first, what nothing is waited for last."""
    rows, days = office_clues_visible_to(actor), days_of(actor.tenant_id)
    if asked.state is not None:
        rows = rows.filter(state=asked.state)
    if asked.overdue:
        rows = rows.filter(next_due_on__lt=days.overdue_before)
    if asked.urgent:
        rows = rows.filter(is_urgent=True)
    part = part_of(rows, window, "next_due_on", "pk")
    return part.showing([_line(one, days) for one in part.lines])


def ledger_page(actor: Actor, number: int) -> LedgerPage:
    clue = access_office_clue(actor, number)
    of_it: Callable[..., dict[str, int]] = partial(dict, tenant_id=clue.tenant_id)
    steps = OfficeClueStep.objects.filter(**of_it(record_id=clue.pk)).order_by("number")
    outcomes = ClueOutcome.objects.filter(**of_it(clue_id=clue.pk))
    entries = HandOverEntry.objects.filter(**of_it(clue_id=clue.pk))
    hands = hands_on_office_clue(actor)
    return LedgerPage(
        line=_line(clue, days_of(actor.tenant_id)),
        source=SOURCE_TITLES[SourceKind(clue.source_kind)],
        disposal=DISPOSAL_TITLES[Disposal(clue.disposal)] if clue.disposal else None,
        steps=[step_line(one) for one in steps],
        outcomes=[
            OutcomeLine(one, OUTCOME_TITLES[OutcomeCode(one.code)])
            for one in outcomes.order_by("-telling", "person", "pk")
        ],
        lists=list(
            lists_visible_to(actor).filter(pk__in=entries.values("list_id")).order_by("signed_at")
        ),
        may=frozenset(one.name for one in CLUE.open_to(clue.state, hands)),
    )


def clues_to_hand_over(actor: Actor) -> Sequence[LedgerLine]:
    """Taken in and on no list: the first of what the director may put on the next one; the urgent
    before the others."""
    actor.must(Permission.HANDLE_CLUE)
    rows = office_clues_visible_to(actor).filter(state="taken_in")
    days = days_of(actor.tenant_id)
    rows = rows.order_by("-is_urgent", "year", "number", "pk")
    return [_line(one, days) for one in rows[:MOST_OFFERED]]


def lists_part(actor: Actor, window: Window) -> Part[HandOverList]:
    """The newest first."""
    return part_of(lists_visible_to(actor), window, "-signed_at", "-pk")


def list_page(actor: Actor, number: int) -> ListPage:
    list_ = access_list(actor, number)
    days = days_of(actor.tenant_id)
    lines = [_line(one, days) for one in clues_on(actor, list_)]
    is_open = list_.acknowledged_at is None and list_.signed_by_id != actor.user_id
    return ListPage(
        list=list_,
        lines=lines,
        returned=list_.size - len(lines),
        is_whole=sealed_with(list_.document) == list_.sha256,
        may_acknowledge=is_open and bool(lines) and actor.may(Permission.DISPOSE_CLUE),
        urgings=list(list_.urgings.filter(tenant_id=list_.tenant_id).order_by("-signed_at")),
        may_urge=actor.may(Permission.HANDLE_CLUE)
        and bool(overdue_on(actor, list_, days.overdue_before)),
    )


def _line(clue: OfficeClue, days: OfficeDays) -> LedgerLine:
    due = None if clue.next_due_on == NEVER else clue.next_due_on
    return LedgerLine(
        clue=clue,
        state=CLUE.states[clue.state],
        tone=TONES.get(clue.state, "quiet"),
        level=LEVEL_TITLES[ManagementLevel(clue.management_level)],
        due_on=due,
        late=days.late_by(due),
    )
