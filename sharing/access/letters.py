"""Letters: the office sees its own; an addressee those to them, once they were sent."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from kernel.errors import NotVisible
from sharing.access.contacts import units_spoken_for, units_supervised_by
from sharing.access.deadlines import clocked, terms_of
from sharing.domain.hands import hands_of_roles
from sharing.domain.letters import CLOCKS, LETTER, LETTER_RULES, WITH_THE_ADDRESSEE, LetterKind
from sharing.domain.life_cycle import Hand
from sharing.mapping.terms import terms_from
from sharing.models.letters import Letter, LetterCopy
from tenancy.actor import Actor
from tenancy.domain.roles import Permission, Role
from tenancy.visibility import OfficeQuerySet

OFFICE_HANDS = frozenset({Hand.OFFICE_CLERK, Hand.OFFICE_DIRECTOR, Hand.LEADING_GROUP})


def letters_of_office(actor: Actor) -> OfficeQuerySet[Letter]:
    return Letter.objects.readable_by(actor, Permission.VIEW_LETTERS)


def letters_to(actor: Actor) -> OfficeQuerySet[Letter]:
    """Those that are for the actor, or came to them as a copy; after they were sent."""
    sent = Letter.objects.readable_by(actor, Permission.READ_OWN_LETTERS)
    copied = LetterCopy.objects.filter(_names(actor), letter=OuterRef("pk"))
    copied = copied.filter(tenant_id=actor.tenant_id)
    return sent.filter(_names(actor) | Exists(copied), state__in=WITH_THE_ADDRESSEE)


@clocked("letter", title=LETTER.title, page="letter-detail")
def letters_visible_to(actor: Actor) -> OfficeQuerySet[Letter]:
    """The office's, and those to the actor."""
    return letters_of_office(actor) | letters_to(actor)


def answerable_by(actor: Actor) -> OfficeQuerySet[Letter]:
    """Those that the actor signs for and answers."""
    sent = Letter.objects.readable_by(actor, Permission.ANSWER_LETTERS)
    return sent.filter(_names(actor), state__in=WITH_THE_ADDRESSEE)


def access_letter(actor: Actor, number: int) -> Letter:
    """Of the office, or to the actor; any other one is not there."""
    for letters in (letters_of_office(actor), letters_to(actor)):
        found = letters.select_related("urges").filter(pk=number).first()
        if found is not None:
            return found
    raise NotVisible(what="letter", number=number)


def is_of_office(actor: Actor) -> bool:
    return actor.may(Permission.VIEW_LETTERS)


def must_draft(actor: Actor) -> None:
    """Clerks write letters, and so do directors, who sign them."""
    if not may_draft(actor):
        actor.must(Permission.DRAFT_LETTERS)


def may_draft(actor: Actor) -> bool:
    return actor.may(Permission.DRAFT_LETTERS) or actor.may(Permission.SIGN_LETTERS)


def reply_days_of(actor: Actor, kind: LetterKind) -> int:
    """Working days for the reply, where who drafts says no other number."""
    clock = CLOCKS.get(kind)
    if clock is None:
        return LETTER_RULES[kind].days
    return terms_from(terms_of(actor.tenant_id)).days(clock)


def hands_on(actor: Actor, letter: Letter, act: str | None = None) -> frozenset[Hand]:
    """The actor's hands on the letter; a signature is of whom the kind of letter is signed by."""
    hands = hands_of_roles(actor.roles)
    if not is_of_office(actor):
        hands -= OFFICE_HANDS
    if not answerable_by(actor).filter(pk=letter.pk).exists():
        hands -= {Hand.ADDRESSEE}
    if act == "signed":
        hands &= {LETTER_RULES[LetterKind(letter.kind)].signer}
    return hands


def _names(actor: Actor) -> Q:
    """Rows of an `Addressed` that name the actor, in the seat that they wear."""
    named = Q(goes_to="body", role__in=[role.value for role in actor.roles])
    if Role.COUNTY_LEADER in actor.roles:
        named |= Q(goes_to="leader", person_id=actor.user_id)
    if actor.may(Permission.SPEAK_FOR_UNIT):
        named |= Q(goes_to="unit", desk__in=units_spoken_for(actor).values("pk"))
    if actor.may(Permission.SUPERVISE_UNIT):
        named |= Q(goes_to="supervisors", desk__in=units_supervised_by(actor).values("pk"))
    return named
