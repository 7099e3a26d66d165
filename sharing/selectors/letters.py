"""Letters as lists and as pages: of the office, and of whom they are for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from kernel.text import Text
from sharing.access.due_days import OfficeDays, days_of
from sharing.access.letters import (
    access_letter,
    hands_on,
    is_of_office,
    letters_of_office,
    letters_to,
    may_draft,
    must_draft,
    reply_days_of,
)
from sharing.access.rectification import access_case
from sharing.domain.letters import BLOCKS, LETTER, LETTER_RULES, PLAIN_ACTS, WAITING, LetterKind
from sharing.domain.life_cycle import HAND_TITLES, Act
from sharing.mapping.addressees import Addressee, To, addressees, code_of, copied
from sharing.mapping.first_texts import items_in, text_of_case
from sharing.models.letters import Letter, LetterCopy, LetterReply, LetterStep
from sharing.models.reply_files import ReplyFile
from sharing.selectors.attachments import WithFiles, lines_by_subject
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.paging import Part, Window, part_of

LONGEST_TITLE = 200
OFFERED = PLAIN_ACTS | {"handed_in", "signed", "sent"}
KIND_TITLES = {kind.value: rule.title for kind, rule in LETTER_RULES.items()}
TONES = {
    "draft": "quiet",
    "under_review": "info",
    "numbered": "info",
    "sent": "warn",
    "received": "warn",
    "replied": "info",
    "closed": "good",
    "discarded": "quiet",
}


@dataclass(frozen=True, slots=True)
class LetterLine:
    """`late`: working days since the reply was due; 0 where none is waited for."""

    letter: Letter
    late: int

    @property
    def kind_title(self) -> Text:
        return KIND_TITLES[self.letter.kind]

    @property
    def state_title(self) -> Text:
        return LETTER.states[self.letter.state]

    @property
    def tone(self) -> str:
        return "bad" if self.late else TONES[self.letter.state]


@dataclass(frozen=True, slots=True)
class LetterPage:
    """`steps`, `signer`, `may_*`: for the office alone; what the addressee is not told is empty."""

    line: LetterLine
    is_office: bool
    copies: Sequence[LetterCopy]
    answered: Sequence[WithFiles[LetterReply]]
    urgings: Sequence[Letter]
    steps: Sequence[LetterStep]
    acts: Sequence[Act]
    may_reply: bool
    may_attach: bool
    may_edit: bool
    may_urge: bool

    @property
    def letter(self) -> Letter:
        return self.line.letter

    @property
    def replies(self) -> list[LetterReply]:
        return [one.row for one in self.answered]

    @property
    def signer(self) -> Text:
        return HAND_TITLES[LETTER_RULES[LetterKind(self.letter.kind)].signer]


@dataclass(frozen=True, slots=True)
class Sieve:
    """What of the office's letters is asked for."""

    state: str = ""
    kind: str = ""
    overdue: bool = False
    search: str = ""


def letters_part(actor: Actor, window: Window, sieve: Sieve = Sieve()) -> Part[LetterLine]:
    """The office's letters, the newest first."""
    actor.must(Permission.VIEW_LETTERS)
    rows = letters_of_office(actor)
    if sieve.state in LETTER.states:
        rows = rows.filter(state=sieve.state)
    if sieve.kind in KIND_TITLES:
        rows = rows.filter(kind=sieve.kind)
    if sieve.overdue:
        rows = rows.filter(owed_on__lt=days_of(actor.tenant_id).overdue_before)
    if sieve.search:
        words = sieve.search
        rows = rows.filter(
            Q(title__contains=words) | Q(addressee__contains=words) | Q(reference__contains=words)
        )
    part = part_of(rows, window, "-pk")
    days = days_of(actor.tenant_id)
    return part.showing([_line(letter, days) for letter in part.lines])


def inbox_part(actor: Actor, window: Window) -> Part[LetterLine]:
    """Letters to the actor, the newest first."""
    actor.must(Permission.READ_OWN_LETTERS)
    part = part_of(letters_to(actor), window, "-pk")
    days = days_of(actor.tenant_id)
    return part.showing([_line(letter, days) for letter in part.lines])


def letter_page(actor: Actor, number: int) -> LetterPage:
    letter = access_letter(actor, number)
    office = is_of_office(actor)
    hands = hands_on(actor, letter)
    offered = [
        one
        for one in LETTER.open_to(letter.state, hands)
        if one.name in OFFERED and one.hands & hands_on(actor, letter, one.name) & _held(actor)
    ]
    replies = list(
        LetterReply.objects.filter(tenant_id=letter.tenant_id, letter=letter).order_by("pk")
    )
    files = lines_by_subject(actor, ReplyFile, [one.pk for one in replies])
    urgings = (letters_of_office(actor) if office else letters_to(actor)).filter(urges=letter)
    steps = LetterStep.objects.filter(tenant_id=letter.tenant_id, record=letter)
    drafts = may_draft(actor)
    return LetterPage(
        line=_line(letter, days_of(actor.tenant_id)),
        is_office=office,
        copies=list(letter.copies.filter(tenant_id=letter.tenant_id).order_by("pk")),
        answered=[WithFiles(one, files.get(one.pk, ())) for one in replies],
        urgings=list(urgings.order_by("pk")),
        steps=list(steps.order_by("number")) if office else [],
        acts=offered,
        may_reply=letter.state == "received" and _answers(actor, hands),
        may_attach=letter.state == "replied" and _answers(actor, hands),
        may_edit=office and drafts and letter.state == "draft",
        may_urge=office and drafts and letter.state in WAITING and letter.kind != LetterKind.URGING,
    )


@dataclass(frozen=True, slots=True)
class FirstText:
    """What a new letter's form begins with."""

    body: str
    title: str = ""
    to: str = ""


def first_text(actor: Actor, kind: LetterKind, case: int | None = None) -> FirstText:
    """The kind's own words; about a joint case what its record knows, to its leader."""
    if case is None:
        return FirstText(BLOCKS[kind])
    about = access_case(actor, case)
    draft = text_of_case(kind, about, items_in(about))
    if draft is None:
        return FirstText(BLOCKS[kind])
    to = f"{To.LEADER}:{about.leader_id}" if kind is LetterKind.LEAD_HANDLING else ""
    return FirstText(draft.text, draft.title[:LONGEST_TITLE], to)


@dataclass(frozen=True, slots=True)
class LetterDesk:
    """What a form of a letter offers, and what stands in it; `letter` None: a new one.

    `usual_days`: working days for the reply, by kind, as the office has them."""

    usual_days: Mapping[LetterKind, int]
    offered: Sequence[Addressee]
    copied: Sequence[Addressee]
    letter: Letter | None = None
    to: str = ""
    copies: Sequence[str] = ()


def letter_desk(actor: Actor, number: int | None = None) -> LetterDesk:
    letter = access_letter(actor, number) if number is not None else None
    must_draft(actor)
    offered, copies = addressees(actor), copied(actor)
    usual = {kind: reply_days_of(actor, kind) for kind in LetterKind}
    if letter is None:
        return LetterDesk(usual, offered, copies)
    of_copies = letter.copies.select_related("desk").order_by("pk")
    own = [code_of(one) for one in of_copies]
    return LetterDesk(usual, offered, copies, letter, code_of(letter), own)


def _line(letter: Letter, days: OfficeDays) -> LetterLine:
    return LetterLine(letter, days.late_by(letter.owed_on))


def _held(actor: Actor) -> frozenset[object]:
    """Hands whose permission the actor holds: of a deputy some are withheld."""
    return frozenset(
        hand for hand, permission in LETTER.permissions.items() if actor.may(Permission(permission))
    )


def _answers(actor: Actor, hands: frozenset[object]) -> bool:
    return bool(LETTER.by_name["replied"].hands & hands & _held(actor))
