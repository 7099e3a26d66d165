"""Items of rectification as lists and as a page, for whom they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from kernel.text import Text
from sharing.access.due_days import OfficeDays, days_of
from sharing.access.letters import letters_of_office, letters_to, may_draft
from sharing.access.papers import findings_visible_to
from sharing.access.rectification import (
    Items,
    access_item,
    hands_on,
    items_led,
    items_of_my_units,
    items_of_office,
    items_supervised,
    steers,
)
from sharing.domain.life_cycle import Act, Hand
from sharing.domain.rectification import (
    FIVE_LETTERS,
    PLAIN_ACTS,
    PLANNING,
    RECTIFICATION,
    RECTIFYING,
    phase_of,
)
from sharing.models.contacts import UnitDesk
from sharing.models.letters import Letter
from sharing.models.note_files import NoteFile
from sharing.models.papers import WorkingPaper
from sharing.models.rectification import ItemNote, Outcome, RectificationItem, RectificationStep
from sharing.selectors.attachments import WithFiles, lines_by_subject
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

TONES = {
    "assigned": "warn",
    "plan_drafted": "info",
    "in_progress": "warn",
    "claimed_done": "info",
    "accepted": "info",
    "basically_done": "warn",
    "closed_out": "good",
}


@dataclass(frozen=True, slots=True)
class ItemLine:
    """`late`: working days since the unit owed the next thing."""

    item: RectificationItem
    late: int

    @property
    def state_title(self) -> Text:
        return RECTIFICATION.states[self.item.state]

    @property
    def tone(self) -> str:
        return "bad" if self.late else TONES[self.item.state]

    @property
    def phase(self) -> Text:
        return phase_of(self.item.due_on, self.item.concentrated_until)

    @property
    def owed_on(self) -> object:
        return self.item.owed_on


@dataclass(frozen=True, slots=True)
class ItemSieve:
    state: str = ""
    unit: str = ""
    leader: str = ""
    overdue: bool = False
    search: str = ""


@dataclass(frozen=True, slots=True)
class ItemPage:
    """`may_*`: what the reader may do besides `acts`, which only want a reason."""

    line: ItemLine
    reported: Sequence[WithFiles[ItemNote]]
    outcomes: Sequence[Outcome]
    steps: Sequence[RectificationStep]
    letters: Sequence[Letter]
    findings: Sequence[WorkingPaper]
    acts: Sequence[Act]
    is_office: bool
    is_unit: bool
    is_supervisor: bool
    may_plan: bool
    may_report: bool
    may_attach: bool
    may_move: bool
    may_enter: bool
    may_disclose: bool
    letter_owed: Text | None

    @property
    def item(self) -> RectificationItem:
        return self.line.item

    @property
    def claimed_with(self) -> int | None:
        """The evidence of the newest claim: further files go there."""
        return max((one.pk for one in self.notes if one.kind == "evidence"), default=None)

    @property
    def notes(self) -> list[ItemNote]:
        return [one.row for one in self.reported]


def sifted(items: Items, sieve: ItemSieve, days: OfficeDays) -> Items:
    if sieve.state in RECTIFICATION.states:
        items = items.filter(state=sieve.state)
    if sieve.unit:
        items = items.filter(desk__unit_code=sieve.unit)
    if sieve.leader:
        items = items.filter(leader_name=sieve.leader)
    if sieve.overdue:
        items = items.filter(overdue(days))
    if sieve.search:
        items = items.filter(Q(issue__contains=sieve.search) | Q(category__contains=sieve.search))
    return items


def overdue(days: OfficeDays) -> Q:
    """Items whose unit owes something since a working day at least."""
    return Q(owed_on__lt=days.overdue_before)


def items_part(actor: Actor, window: Window, sieve: ItemSieve = ItemSieve()) -> Part[ItemLine]:
    """The office's items, the newest first."""
    actor.must(Permission.VIEW_RECTIFICATION)
    return _part(actor, items_of_office(actor), window, sieve)


def my_items_part(actor: Actor, window: Window, state: str = "") -> Part[ItemLine]:
    """Of the units that the actor speaks for."""
    actor.must(Permission.SPEAK_FOR_UNIT)
    return _part(actor, items_of_my_units(actor), window, ItemSieve(state=state))


def supervised_part(actor: Actor, window: Window, state: str = "") -> Part[ItemLine]:
    """Of the units that the actor supervises."""
    actor.must(Permission.SUPERVISE_UNIT)
    return _part(actor, items_supervised(actor), window, ItemSieve(state=state))


def led_part(actor: Actor, window: Window, sieve: ItemSieve = ItemSieve()) -> Part[ItemLine]:
    """Of the units and joint cases that a county leader has in charge."""
    actor.must(Permission.LEAD_JOINT_CASES)
    return _part(actor, items_led(actor), window, sieve)


def item_page(actor: Actor, number: int) -> ItemPage:
    item = access_item(actor, number)
    tenant = item.tenant_id
    hands, office = hands_on(actor, item), actor.may(Permission.VIEW_RECTIFICATION)
    days = days_of(tenant)
    line = line_of(item, days)
    acts = [
        one
        for one in RECTIFICATION.open_to(item.state, hands)
        if one.name in PLAIN_ACTS and _holds(actor, one, hands)
    ]
    begun = Letter.objects.filter(tenant_id=tenant, item=item).exclude(state="discarded").count()
    owed = days.terms.steps_owed(line.late)
    letters = letters_of_office(actor) if office else letters_to(actor)
    is_unit = Hand.UNIT in hands
    outcomes = Outcome.objects.filter(tenant_id=tenant, causes__item=item).order_by("pk")
    directs = actor.may(Permission.CLOSE_RECTIFICATION)
    return ItemPage(
        line=line,
        reported=_reported(actor, item),
        outcomes=list(outcomes),
        steps=list(
            RectificationStep.objects.filter(tenant_id=tenant, record=item).order_by("number")
        ),
        letters=list(letters.filter(item=item).order_by("pk")),
        findings=_findings(actor, item),
        acts=acts,
        is_office=office,
        is_unit=is_unit,
        is_supervisor=Hand.SUPERVISOR in hands,
        may_plan=is_unit and item.state == PLANNING,
        may_report=is_unit and item.state in RECTIFYING,
        may_attach=is_unit and item.state == "claimed_done",
        may_move=directs and item.state in RECTIFYING,
        may_enter=is_unit or steers(actor),
        may_disclose=steers(actor),
        letter_owed=FIVE_LETTERS[begun] if begun < owed and may_draft(actor) else None,
    )


def _findings(actor: Actor, item: RectificationItem) -> Sequence[WorkingPaper]:
    """Those that the item is of, as far as the reader may know of them."""
    found = findings_visible_to(actor).filter(item=item).select_related("room")
    return list(found.order_by("level", "finding_sequence"))


def _reported(actor: Actor, item: RectificationItem) -> list[WithFiles[ItemNote]]:
    notes = list(ItemNote.objects.filter(tenant_id=item.tenant_id, item=item).order_by("pk"))
    files = lines_by_subject(actor, NoteFile, [one.pk for one in notes])
    return [WithFiles(one, files.get(one.pk, ())) for one in notes]


def line_of(item: RectificationItem, days: OfficeDays) -> ItemLine:
    return ItemLine(item, days.late_by(item.owed_on))


def units_of(actor: Actor) -> list[tuple[str, str]]:
    """Code and name of every unit of the registry, for a form of the office."""
    desks = UnitDesk.objects.of_office(actor).order_by("unit_code")
    return list(desks.values_list("unit_code", "name")[:2000])


def _part(actor: Actor, items: Items, window: Window, sieve: ItemSieve) -> Part[ItemLine]:
    days = days_of(actor.tenant_id)
    part = part_of(sifted(items, sieve, days).prefetch_related("desk"), window, "-pk")
    return part.showing([line_of(item, days) for item in part.lines])


def _holds(actor: Actor, act: Act, hands: frozenset[Hand]) -> bool:
    held = {
        hand for hand in act.hands & hands if actor.may(Permission(RECTIFICATION.permissions[hand]))
    }
    return bool(held)
