"""Letters: of the office, and of whom they are for."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from httpapi.declarations import Call, Created, acts, lists, reads
from httpapi.endpoint import Endpoint
from httpapi.fields import Input, Number, Output, Said
from sharing.api.attachments import AttachedFiles, FileIn
from sharing.domain.letters import LETTER, LetterKind
from sharing.selectors.letters import Sieve, inbox_part, letter_page, letters_part
from sharing.services.letters import (
    LetterDraft,
    act_on_letter,
    add_reply_file,
    draft_letter,
    reply_to_letter,
    revise_letter,
    urge_letter,
)
from tenancy.domain.roles import Permission

READERS = (Permission.VIEW_LETTERS, Permission.READ_OWN_LETTERS)
DRAFTERS = (Permission.DRAFT_LETTERS, Permission.SIGN_LETTERS)
ACTORS = (*DRAFTERS, Permission.APPROVE_LETTERS, Permission.ANSWER_LETTERS)
MOST_COPIES = 100


class LettersQuery(Input):
    state = serializers.ChoiceField(choices=list(LETTER.states), required=False)
    kind = serializers.ChoiceField(choices=[one.value for one in LetterKind], required=False)
    overdue = serializers.BooleanField(required=False, default=False)
    q = serializers.CharField(required=False, max_length=100)


class LetterIn(Input):
    to = serializers.CharField(
        max_length=100,
        help_text="unit:<code>, leader:<number of the person>, or body:<seat>.",
    )
    title = serializers.CharField(max_length=200)
    body = serializers.CharField(max_length=20000, required=False, default="", allow_blank=True)
    reply_days = serializers.IntegerField(min_value=1, max_value=500, required=False)
    copies = serializers.ListField(
        child=serializers.CharField(max_length=100),
        max_length=MOST_COPIES,
        required=False,
        default=list,
        help_text="As `to`; or supervisors:<code>, who supervise that unit.",
    )


class NewLetterIn(LetterIn):
    kind = serializers.ChoiceField(choices=[one.value for one in LetterKind])
    case = Number(required=False, help_text="The joint case that it is about.")


class LetterActIn(Input):
    act = serializers.CharField(max_length=40, help_text="One of those that the letter offers.")
    reason = serializers.CharField(max_length=2000, required=False, default="", allow_blank=True)


class ReplyIn(Input):
    text = serializers.CharField(max_length=10000)


class LetterLineOut(Output):
    number = serializers.IntegerField(source="letter.pk")
    reference = serializers.CharField(source="letter.reference", help_text="Empty: not signed yet.")
    kind = serializers.CharField(source="letter.kind")
    title = serializers.CharField(source="letter.title")
    addressee = serializers.CharField(source="letter.addressee")
    state = serializers.CharField(source="letter.state")
    due_on = serializers.DateField(source="letter.due_on", allow_null=True)
    days_late = serializers.IntegerField(source="late", help_text="Working days.")
    urged = serializers.IntegerField(source="letter.urged")


class ReceivedLetterOut(LetterLineOut):
    """As its addressee sees it in the inbox."""


class LetterCopyOut(Output):
    addressee = serializers.CharField()


class LetterReplyOut(Output):
    text = serializers.CharField(source="row.text")
    by = serializers.CharField(source="row.by_name")
    at = serializers.DateTimeField(source="row.at")
    files = AttachedFiles()


class LetterActOut(Output):
    act = serializers.CharField(source="name")
    title = Said()
    needs_reason = serializers.BooleanField()


class LetterStepOut(Output):
    act = serializers.CharField()
    by = serializers.CharField(source="by_name")
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class LetterOut(Output):
    letter = LetterLineOut(source="line")
    body = serializers.CharField(source="letter.body")
    reply_days = serializers.IntegerField(source="letter.reply_days")
    digest = serializers.CharField(source="letter.digest", help_text="SHA-256 of what was signed.")
    copies = LetterCopyOut(many=True)
    replies = LetterReplyOut(many=True, source="answered")
    steps = LetterStepOut(many=True, help_text="For the office alone.")
    acts = LetterActOut(many=True, help_text="What the caller may do next.")
    may_reply = serializers.BooleanField()


class Letters(Endpoint):
    @lists("list_letters", Permission.VIEW_LETTERS, gives=LetterLineOut, asks=LettersQuery)
    def get(self, call: Call) -> Any:
        """The office's letters, the newest first."""
        asked = dict(call.asked)
        sieve = Sieve(
            state=asked.get("state", ""),
            kind=asked.get("kind", ""),
            overdue=asked["overdue"],
            search=asked.get("q", ""),
        )
        return letters_part(call.actor, call.window, sieve)

    @acts("draft_letter", DRAFTERS, takes=NewLetterIn, gives=LetterOut, status=201)
    def post(self, call: Call) -> Any:
        """Begin a letter. An empty text begins with the kind's own words."""
        given = dict(call.given)
        kind, case = LetterKind(given.pop("kind")), given.pop("case", None)
        letter = draft_letter(actor=call.actor, kind=kind, draft=LetterDraft(**given), case=case)
        return Created(letter_page(call.actor, letter.pk), f"/api/v1/letters/{letter.pk}")


class Letter(Endpoint):
    @reads("read_letter", READERS, gives=LetterOut)
    def get(self, call: Call, number: int) -> Any:
        """One letter: of the office, or to the caller once it was sent."""
        return letter_page(call.actor, number)

    @acts("revise_letter", DRAFTERS, takes=LetterIn, gives=LetterOut)
    def put(self, call: Call, number: int) -> Any:
        """Write a draft anew."""
        revise_letter(actor=call.actor, number=number, draft=LetterDraft(**call.given))
        return letter_page(call.actor, number)


class LetterAct(Endpoint):
    @acts("act_on_letter", ACTORS, takes=LetterActIn, gives=LetterOut)
    def post(self, call: Call, number: int) -> Any:
        """Hand in, return, sign, send, sign for, close: one of the acts that the letter offers."""
        act_on_letter(actor=call.actor, number=number, **call.given)
        return letter_page(call.actor, number)


class LetterReplies(Endpoint):
    @acts("reply_to_letter", Permission.ANSWER_LETTERS, takes=ReplyIn, gives=LetterOut)
    def post(self, call: Call, number: int) -> Any:
        """Answer a letter that was signed for."""
        reply_to_letter(actor=call.actor, number=number, **call.given)
        return letter_page(call.actor, number)


class ReplyFiles(Endpoint):
    @acts(
        "add_reply_file",
        Permission.ANSWER_LETTERS,
        takes=FileIn,
        gives=LetterOut,
        status=201,
        takes_file=True,
    )
    def post(self, call: Call, number: int) -> Any:
        """Send a file after the reply, while the office has not dealt with it."""
        file = call.given["file"]
        made = add_reply_file(
            actor=call.actor, number=number, file_name=file.name, content=file.chunks()
        )
        return Created(letter_page(call.actor, number), f"/api/v1/attachments/{made.pk}")


class LetterUrging(Endpoint):
    @acts("urge_letter", DRAFTERS, gives=LetterOut)
    def post(self, call: Call, number: int) -> Any:
        """Begin the urging letter for one that is not answered."""
        letter = urge_letter(actor=call.actor, number=number)
        return letter_page(call.actor, letter.pk)


class Inbox(Endpoint):
    @lists("list_inbox", Permission.READ_OWN_LETTERS, gives=ReceivedLetterOut)
    def get(self, call: Call) -> Any:
        """Letters to the caller, or to units that they speak for."""
        return inbox_part(call.actor, call.window)
