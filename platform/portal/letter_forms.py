"""A letter as it is typed: to whom, what, with copies to whom."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.attachment_forms import files_field
from portal.forms import LONGEST_KEY, key
from sharing.domain.letters import LETTER_RULES, LetterKind
from sharing.selectors.letters import FirstText, LetterDesk
from sharing.services.letters import LetterDraft
from webui.language import spoken

LONGEST_TITLE, LONGEST_BODY, LONGEST_REASON, LONGEST_REPLY = 200, 20000, 2000, 10000
# An urging letter is begun from the letter that it urges.
DRAFTED = [kind for kind in LetterKind if kind is not LetterKind.URGING]


class LetterForm(forms.Form):
    """`kind` fixes who signs, how long the addressee has unless said otherwise, and the text's
    beginning."""

    to = forms.ChoiceField(label=_("Addressee"))
    title = forms.CharField(label=_("Title of the letter"), max_length=LONGEST_TITLE)
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_BODY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    reply_days = forms.IntegerField(
        label=_("Working days for the reply"),
        min_value=1,
        max_value=500,
        help_text=_("Counted from the day of the signature."),
    )
    copies = forms.MultipleChoiceField(
        label=_("Copies"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("They read it after it is sent, and do not answer."),
    )

    def __init__(
        self, desk: LetterDesk, kind: LetterKind, *args: Any, first: FirstText | None = None
    ) -> None:
        super().__init__(*args)
        self.kind = kind
        letter = desk.letter
        offered = [(one.code, one.name) for one in desk.offered]
        self.fields["to"].choices = [("", "—"), *offered]  # type: ignore[attr-defined]
        copied = [(one.code, one.name) for one in desk.copied]
        self.fields["copies"].choices = copied  # type: ignore[attr-defined]
        if letter is None:
            self.initial = {"reply_days": desk.usual_days[kind]}
            if first is not None:
                self.initial |= {"to": first.to, "title": first.title, "body": first.body}
            return
        self.initial = {
            "to": desk.to,
            "title": letter.title,
            "body": letter.body,
            "reply_days": letter.reply_days,
            "copies": desk.copies,
        }
        if letter.kind == LetterKind.URGING:
            self.fields["to"].required = False
            self.fields["to"].disabled = True

    def draft(self) -> LetterDraft:
        return LetterDraft(**self.cleaned_data)


class ActForm(forms.Form):
    """One act of a life, with a reason where its table asks for one."""

    act = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReplyForm(forms.Form):
    text = forms.CharField(
        label=_("Reply"),
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    uploads = files_field()


def kinds() -> list[tuple[str, str]]:
    return [(kind.value, LETTER_RULES[kind].title[spoken()]) for kind in DRAFTED]


def kind_of(text: str) -> LetterKind:
    """The kind that an address names; the first one where it names none."""
    return next((kind for kind in DRAFTED if kind.value == text), DRAFTED[0])


def case_of(text: str) -> int | None:
    """The joint case that an address names; None where it names none."""
    return key(text) if text.isdecimal() and len(text) <= LONGEST_KEY else None
