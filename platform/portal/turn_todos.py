"""What of findings, clues, letters and rectification waits for somebody: one card for each task."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from portal.todos import Todo
from sharing.selectors.turns import Task, Turn, turns
from tenancy.actor import Actor


@dataclass(frozen=True, slots=True)
class Card:
    title: str | Promise
    text: str | Promise
    url_name: str
    step: str | Promise
    query: str = ""


CARDS: Mapping[Task, Card] = MappingProxyType(
    {
        Task.PLAN: Card(
            _("Hand in the plan of rectification"),
            _("Goal, measures and day for each problem, signed by the head of the unit."),
            "portal:my-rectification",
            _("Write the plan"),
            "state=assigned",
        ),
        Task.RECTIFY: Card(
            _("Rectify, and claim what is done"),
            _("Tell the progress; once a problem is solved, claim it with its evidence."),
            "portal:my-rectification",
            _("To our items"),
        ),
        Task.CHECK: Card(
            _("Check what was claimed"),
            _("The unit says that it is done. Look at the evidence, and find done or not done."),
            "portal:supervision",
            _("Review"),
        ),
        Task.ACCEPT_PLAN: Card(
            _("Accept plans of rectification"),
            _("A unit has handed in its plan. Accept it, or return it with a reason."),
            "portal:items",
            _("To the plans"),
            "state=plan_drafted",
        ),
        Task.CLOSE_OUT: Card(
            _("Close out"),
            _("The supervising body found it done. Close it out, or send it back to the check."),
            "portal:items",
            _("To the items"),
            "state=accepted",
        ),
        Task.LEAD_CASE: Card(
            _("Joint cases in your charge"),
            _("Problems that several units share, for you to lead."),
            "portal:in-charge",
            _("To the cases"),
        ),
        Task.APPROVE_LOOK_BACK: Card(
            _("Approve look-backs"),
            _("Drawn by a recorded method. Approve the look-back, or return it with a reason."),
            "portal:look-backs",
            _("To the look-backs"),
        ),
        Task.SEND_LOOK_BACK_TEAM: Card(
            _("Send teams on look-backs"),
            _("Approved, and no team is named yet. Say which one visits."),
            "portal:look-backs",
            _("To the look-backs"),
        ),
        Task.LEAD_LOOK_BACK: Card(
            _("Look-backs of your team"),
            _("Begin on site, and tell what was found at each of those drawn."),
            "portal:look-backs",
            _("To the look-backs"),
        ),
        Task.CLOSE_LOOK_BACK: Card(
            _("Close look-backs"),
            _("The team has told its results. Read them, and close the look-back."),
            "portal:look-backs",
            _("To the results of look-backs"),
        ),
        Task.SIGN_FOR_LETTER: Card(
            _("Sign for letters"),
            _("Sent to you and not signed for yet; the term for the reply runs."),
            "portal:inbox",
            _("To the letters"),
        ),
        Task.ANSWER_LETTER: Card(
            _("Reply to letters"),
            _("Signed for; the office waits for the reply."),
            "portal:inbox",
            _("Reply"),
        ),
        Task.SIGN_LETTER: Card(
            _("Review and sign letters"),
            _("Handed in for review. Number and sign them, or return them with a reason."),
            "portal:letters",
            _("Review"),
            "state=under_review",
        ),
        Task.SEND_LETTER: Card(
            _("Send letters"),
            _("Numbered and signed, and not sent yet."),
            "portal:letters",
            _("To the letters"),
            "state=numbered",
        ),
        Task.READ_REPLY: Card(
            _("Read the replies"),
            _("An addressee has replied. Close the letter, or return the reply with a reason."),
            "portal:letters",
            _("To the replies"),
            "state=replied",
        ),
        Task.DELIVER: Card(
            _("Provide documents"),
            _("The team asks your unit for documents. Deliver them, or say that there are none."),
            "portal:documents-asked",
            _("To the documents"),
        ),
        Task.APPROVE_REPORT: Card(
            _("Approve reports"),
            _("A team has handed in its report to the leading group."),
            "portal:reports",
            _("To the reports"),
        ),
        Task.TAKE_IN: Card(
            _("Take clues in"),
            _("Signed by the team leader, and not taken in yet. They get the office's number."),
            "portal:clue-ledger",
            _("To the register"),
            "state=leader_signed",
        ),
        Task.HAND_OVER: Card(
            _("Hand over clues"),
            _("Taken in, and on no list yet. Put them on a list and sign it."),
            "portal:hand-over-new",
            _("Hand over"),
        ),
        Task.SIGN_RECEIPT: Card(
            _("Sign for lists of clues"),
            _("Handed over by the inspection office. Sign the receipt, or return with a reason."),
            "portal:hand-over-lists",
            _("To the lists"),
        ),
        Task.CHOOSE_DISPOSAL: Card(
            _("Choose the way of disposal"),
            _("The term runs from the receipt."),
            "portal:clue-ledger",
            _("To the register"),
            "state=acknowledged",
        ),
        Task.TELL_RESULT: Card(
            _("Tell the results"),
            _("The way of disposal is chosen; the inspection office waits for the result."),
            "portal:clue-ledger",
            _("To the register"),
        ),
        Task.CLOSE_CLUE: Card(
            _("Look at results of clues"),
            _("The discipline body has told a result. Close the clue, or ask again."),
            "portal:clue-ledger",
            _("To the results"),
            "state=result_returned",
        ),
        Task.ANSWER_HIT: Card(
            _("Decide on related clues"),
            _("Another office may hold something related. Two of you agree, or one refuses."),
            "portal:hits",
            _("Look and decide"),
        ),
        Task.CONFIRM_HIT: Card(
            _("Confirm a consent"),
            _("A colleague agreed to be named to the other office. A second person confirms."),
            "portal:hits",
            _("Look and decide"),
        ),
        Task.PUBLISH_DIGEST: Card(
            _("Publish the digest"),
            _("It is made and checked. Once published it stands, and the counties read it."),
            "portal:digests",
            _("To the digest"),
        ),
    }
)


def turn_todos(actor: Actor) -> Iterator[Todo]:
    """What is overdue first."""
    yield from map(_card, sorted(turns(actor), key=lambda turn: not turn.overdue))


def _card(turn: Turn) -> Todo:
    card = CARDS[turn.task]
    todo = Todo(
        str(card.title),
        str(card.text),
        card.url_name,
        count=turn.count,
        counted=ngettext("waits", "wait", turn.count),
        step=str(card.step),
        query=card.query,
    )
    if not turn.overdue:
        return todo
    late = ngettext("%(n)d of them is overdue.", "%(n)d of them are overdue.", turn.overdue)
    return replace(todo, text=f"{late % {'n': turn.overdue}} {card.text}", is_late=True)
