"""A letter on its way: written, reviewed, numbered and signed, sent, signed for, answered, closed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Model

from kernel.clock import now, today
from kernel.errors import NotAllowed
from sharing.access.due_days import days_of
from sharing.access.letters import access_letter, hands_on, must_draft, reply_days_of
from sharing.access.rectification import access_case
from sharing.documents.drafts import before
from sharing.domain.letters import BLOCKS, LETTER, LETTER_RULES, PLAIN_ACTS, WAITING, LetterKind
from sharing.domain.life_cycle import HAND_TITLES, Hand
from sharing.domain.needs import NEED_TITLES
from sharing.errors.attachments import FilesAreIn
from sharing.errors.letters import (
    LetterCannotBeUrged,
    LetterCopiedToItsAddressee,
    LetterNotADraft,
    LetterSignedByAnother,
    LetterWithoutAddressee,
)
from sharing.errors.walking import StepLacks, StepUnknown
from sharing.mapping.addressees import Addressee, chosen
from sharing.mapping.first_texts import items_in, text_of_case
from sharing.models.attachments import Attachment
from sharing.models.letters import Letter, LetterCopy, LetterReply
from sharing.models.reply_files import ReplyFile
from sharing.services.attaching import Upload, take_in, take_in_all
from sharing.services.walking import walk
from tenancy import audit
from tenancy.actor import Actor
from tenancy.domain.roles import PERMISSION_TITLES, Permission


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """What is typed of a letter. `to` and `copies`: codes of addressees."""

    to: str
    title: str
    body: str = ""
    reply_days: int | None = None
    copies: Collection[str] = ()


@transaction.atomic
def draft_letter(
    *, actor: Actor, kind: LetterKind, draft: LetterDraft, case: int | None = None
) -> Letter:
    """Begin a letter. An empty text begins with the kind's block, or with what the record of the joint
    case `case` knows. `LetterWithoutAddressee`."""
    must_draft(actor)
    if kind == LetterKind.URGING:
        raise LetterCannotBeUrged
    about = None if case is None else access_case(actor, case)
    if about is not None and not draft.body.strip():
        first = text_of_case(kind, about, items_in(about))
        draft = replace(draft, body=first.text if first else "")
    return drafted(actor, kind, draft, _addressee(actor, draft.to), case=about)


@transaction.atomic
def urge_letter(*, actor: Actor, number: int) -> Letter:
    """Begin the urging letter for one that is with its addressee and not answered."""
    urged = access_letter(actor, number)
    must_draft(actor)
    if urged.state not in WAITING or urged.kind == LetterKind.URGING:
        raise LetterCannotBeUrged
    to = Addressee("", urged.addressee, urged.goes_to, urged.desk_id, urged.person_id, urged.role)
    title = f"关于尽快回复{urged.reference}的催办函"
    asked = f"{urged.reference}《{urged.title}》应{before(urged.due_on)}回复。"
    body = f"{asked}\n{BLOCKS[LetterKind.URGING]}"
    return drafted(actor, LetterKind.URGING, LetterDraft("", title, body), to, urges=urged)


@transaction.atomic
def revise_letter(*, actor: Actor, number: int, draft: LetterDraft) -> Letter:
    """Write a draft anew. Of an urging letter the addressee stays. `LetterNotADraft`,
    `LetterCannotBeUrged`: what it urges was answered meanwhile."""
    letter = _locked(actor, number)
    must_draft(actor)
    if letter.state != "draft":
        raise LetterNotADraft
    if letter.urges is not None and letter.urges.state not in WAITING:
        raise LetterCannotBeUrged
    if letter.kind != LetterKind.URGING:
        for column, value in _addressee(actor, draft.to).columns.items():
            setattr(letter, column, value)
    letter.title, letter.body = " ".join(draft.title.split()), draft.body.strip()
    letter.reply_days = draft.reply_days or reply_days_of(actor, LetterKind(letter.kind))
    letter.save(update_fields=[*WRITTEN])
    letter.copies.all().delete()
    _copy(actor, letter, draft.copies)
    walk(actor=actor, record=letter, act="written", hands=hands_on(actor, letter))
    return letter


@transaction.atomic
def hand_in_letter(*, actor: Actor, number: int) -> Letter:
    letter = _locked(actor, number)
    _asks_for(letter, "handed_in", actor)
    holds = {"addressee", *(name for name in ("title", "body") if getattr(letter, name))}
    walk(actor=actor, record=letter, act="handed_in", hands=hands_on(actor, letter), holds=holds)
    return letter


@transaction.atomic
def sign_letter(*, actor: Actor, number: int) -> Letter:
    """Number and sign. The reply is due so many working days from today on; the database gives the
    number and freezes the text. `LetterSignedByAnother`: of this kind it is another's to sign."""
    letter = _locked(actor, number)
    _asks_for(letter, "signed", actor)
    hands = hands_on(actor, letter, "signed")
    if not hands:
        rule = LETTER_RULES[LetterKind(letter.kind)]
        raise LetterSignedByAnother(kind=rule.title, signer=HAND_TITLES[rule.signer])
    if letter.state == "under_review":
        letter.due_on = days_of(actor.tenant_id).days_after(today(), letter.reply_days)
        letter.save(update_fields=["due_on"])
    walk(
        actor=actor, record=letter, act="signed", hands=hands, holds={"number", "due_on"},
        facts={"due_on": letter.due_on.isoformat() if letter.due_on else None},
    )  # fmt: skip
    letter.refresh_from_db()
    return letter


@transaction.atomic
def send_letter(*, actor: Actor, number: int) -> Letter:
    """From now on its addressee sees it. An urging letter stands as an urging on what it urges."""
    letter = _locked(actor, number)
    _asks_for(letter, "sent", actor)
    urged = letter.urges
    if urged is not None:
        urged = _locked(actor, urged.pk)
        if urged.state not in WAITING:
            raise LetterCannotBeUrged
    walk(actor=actor, record=letter, act="sent", hands=hands_on(actor, letter))
    if urged is not None:
        walk(
            actor=actor, record=urged, act="urged", hands=hands_on(actor, urged),
            holds={"urging"}, facts={"letter": letter.pk},
        )  # fmt: skip
    return letter


@transaction.atomic
def reply_to_letter(
    *, actor: Actor, number: int, text: str, uploads: Iterable[Upload] = ()
) -> Letter:
    """Answer what was signed for. `StepLacks` without a text; `OneOfSeveral`."""
    letter = _locked(actor, number)
    _asks_for(letter, "replied", actor)
    if not text.strip():
        act = LETTER.by_name["replied"].title
        raise StepLacks(act=act, needs=NEED_TITLES["reply"]).at("text")
    hands = hands_on(actor, letter)
    if letter.state == "received" and Hand.ADDRESSEE in hands:
        LetterReply.objects.create(
            tenant_id=letter.tenant_id, letter=letter, text=text.strip(), at=now()
        )
    walk(actor=actor, record=letter, act="replied", hands=hands, holds={"reply"})
    take_in_all(actor=actor, link=ReplyFile, subject=_newest_reply(letter).pk, uploads=uploads)
    return letter


@transaction.atomic
def add_reply_file(
    *, actor: Actor, number: int, file_name: str, content: Iterable[bytes]
) -> Attachment:
    """A further file for the reply, while the office has not dealt with it. `FilesAreIn`, and what
    `take_in` refuses."""
    letter = _locked(actor, number)
    actor.must(Permission.ANSWER_LETTERS)
    if Hand.ADDRESSEE not in hands_on(actor, letter):
        raise NotAllowed(permission=PERMISSION_TITLES[Permission.ANSWER_LETTERS])
    if letter.state != "replied":
        raise FilesAreIn
    return take_in(
        actor=actor,
        link=ReplyFile,
        subject=_newest_reply(letter).pk,
        file_name=file_name,
        content=content,
    )


@transaction.atomic
def act_on_letter(*, actor: Actor, number: int, act: str, reason: str = "") -> Letter:
    """Any act by its name, but a reply; `StepUnknown`."""
    special = {"handed_in": hand_in_letter, "signed": sign_letter, "sent": send_letter}
    if act in special:
        return special[act](actor=actor, number=number)
    letter = _locked(actor, number)
    if act not in PLAIN_ACTS:
        raise StepUnknown
    _asks_for(letter, act, actor)
    hands = hands_on(actor, letter)
    walk(actor=actor, record=letter, act=act, hands=hands, reason=reason)
    return letter


WRITTEN = (
    "goes_to", "desk", "person", "role", "addressee", "title", "body", "reply_days",
)  # fmt: skip


def _asks_for(letter: Letter, act: str, actor: Actor) -> None:
    """The permissions of the act's hands, of which one is needed; the walk asks for the hand."""
    one = LETTER.by_name[act]
    needed = [Permission(LETTER.permissions[hand]) for hand in sorted(one.hands)]
    if not any(actor.may(permission) for permission in needed):
        actor.must(needed[0])


def _locked(actor: Actor, number: int) -> Letter:
    """The letter as it stands, which nobody changes until the act is done."""
    access_letter(actor, number)
    return Letter.objects.select_for_update(no_key=True, of=("self",)).get(
        tenant_id=actor.tenant_id, pk=number
    )


def _newest_reply(letter: Letter) -> LetterReply:
    return LetterReply.objects.filter(tenant_id=letter.tenant_id, letter=letter).latest("pk")


def _addressee(actor: Actor, code: str) -> Addressee:
    found = chosen(actor, [code])
    if not found or found[0].goes_to == "supervisors":
        raise LetterWithoutAddressee
    return found[0]


def drafted(
    actor: Actor, kind: LetterKind, draft: LetterDraft, to: Addressee, **about: Model | None
) -> Letter:
    letter = Letter.objects.create(
        tenant_id=actor.tenant_id,
        kind=kind,
        title=" ".join(draft.title.split()),
        body=draft.body.strip() or BLOCKS[kind],
        reply_days=draft.reply_days or reply_days_of(actor, kind),
        drafted_by=actor.name,
        drafted_at=now(),
        **to.columns,
        **about,
    )
    _copy(actor, letter, draft.copies)
    audit.record(actor, "sharing.letter.drafted", letter, kind=kind)
    return letter


def _copy(actor: Actor, letter: Letter, codes: Collection[str]) -> None:
    found = chosen(actor, codes)
    if len(found) != len(set(codes)):
        raise LetterWithoutAddressee().at("copies")
    own = (letter.goes_to, letter.desk_id, letter.person_id, letter.role)
    if any((one.goes_to, one.desk_id, one.person_id, one.role) == own for one in found):
        raise LetterCopiedToItsAddressee
    for one in found:
        LetterCopy.objects.create(tenant_id=letter.tenant_id, letter=letter, **one.columns)
