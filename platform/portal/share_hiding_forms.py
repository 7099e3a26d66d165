"""What the owner of a share types: which records, what is hidden of them, on which terms, and less of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.forms import key
from portal.share_forms import (
    ONE_DAY,
    OTHER_DAY,
    DayInput,
    TermForm,
    reader_choices,
    roles_of,
    ticks,
)
from sharing.domain.grants import CLUE_READERS, READERS
from sharing.domain.shared_views import FIELDS, Redaction, Shareable, places_of
from sharing.selectors.offered_records import RecordSieve
from sharing.selectors.share_lists import ShareLine
from sharing.services.preparing_shares import Terms
from webui.language import spoken


class TermsForm(TermForm):
    """On which terms a view is shown, as the owner sets them."""

    def __init__(self, line: ShareLine, typed: QueryDict | None) -> None:
        share = line.share
        first = {
            "until_on": OTHER_DAY,
            "last_on": share.until_on - ONE_DAY,
            "roles": share.roles,
            "may_export": share.may_export,
        }
        super().__init__(typed, initial=first)
        fit = CLUE_READERS if Shareable.CLUE in share.shareables else READERS
        there = {role for role in roles_of(share.receiver.kind) if role.value in fit}
        self.fields["roles"] = ticks(_("Who reads it there"), reader_choices(there))
        self.fields["may_export"] = forms.BooleanField(
            label=_("They may take a copy away"),
            required=False,
            help_text=_("Each copy bears who took it, and is on record."),
        )

    def terms(self) -> Terms:
        told = self.cleaned_data
        return Terms(told["roles"], self.ends, told["may_export"])


class SieveForm(forms.Form):
    """Which records to choose from."""

    unit = forms.CharField(label=_("Unit"), required=False, max_length=200)
    words = forms.CharField(label=_("Title, name or number"), required=False, max_length=100)
    since = forms.DateField(label=_("Dated from"), required=False, widget=DayInput())
    until = forms.DateField(
        label=_("Dated up to (that day included)"), required=False, widget=DayInput()
    )

    def __init__(self, sieve: RecordSieve, typed: QueryDict | None) -> None:
        first = {
            "unit": sieve.unit,
            "words": sieve.words,
            "since": sieve.since,
            "until": sieve.until - ONE_DAY if sieve.until else None,
        }
        super().__init__(typed, prefix="sieve", initial=first)
        self.first = sieve

    @property
    def sieve(self) -> RecordSieve:
        if not self.is_bound or not self.is_valid():
            return self.first
        told = self.cleaned_data
        until = told["until"]
        return RecordSieve(
            told["unit"].strip(), told["words"], told["since"], until + ONE_DAY if until else None
        )


class HideForm(forms.Form):
    """What is hidden of one record: whole fields, and words wherever they stand.

    `words`: of the fields that there are to hide. `unasked`: fields that nobody asked for; they can be
    withheld where they are empty, too, since an empty field tells that there is nothing."""

    def __init__(
        self,
        kind: Shareable,
        words: Mapping[str, str],
        typed: QueryDict | None,
        *,
        prefix: str,
        initial: dict[str, Any] | None = None,
        unasked: Collection[str] = (),
    ) -> None:
        super().__init__(typed, prefix=prefix, initial=initial)
        self.kind, self.words = kind, words
        self.fields["withheld"] = ticks(
            _("Fields that are not shown at all"),
            [
                (name, _not_asked_for(title) if name in unasked else title)
                for name, title in (
                    (name, one.title[spoken()]) for name, one in FIELDS[kind].items()
                )
                if words.get(name) or name in unasked
            ],
            required=False,
        )
        self.fields["phrases"] = forms.CharField(
            label=_("Words hidden wherever they stand"),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3, "data-phrases": prefix}),
            help_text=_("One a line: a name, a number. Select them on the left to add them."),
        )

    def clean_phrases(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["phrases"].splitlines()]
        phrases = [line for line in lines if line]
        nowhere = [one for one in phrases if not places_of(self.kind, self._whole, [one])]
        if nowhere:
            raise forms.ValidationError(
                _("These words stand in no field that can be hidden in parts: %(words)s."),
                params={"words": " / ".join(nowhere)},
            )
        return phrases

    @property
    def redaction(self) -> Redaction:
        """Of a form in which nothing is wrong; before it is sent, of what it begins with."""
        if self.is_bound:
            told = self.cleaned_data
        else:
            given = self.initial.get("phrases", "").splitlines()
            told = {"withheld": self.initial.get("withheld", ()), "phrases": given}
        spans = places_of(self.kind, self._whole, told["phrases"])
        return Redaction(frozenset(told["withheld"]), spans)

    @property
    def _whole(self) -> Mapping[str, str]:
        return {name: self.words.get(name, "") for name in FIELDS[self.kind]}


class NarrowForm(HideForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_out"] = forms.BooleanField(
            label=_("Show this record no more"), required=False
        )

    @property
    def is_further(self) -> bool:
        return bool(self.cleaned_data["withheld"] or self.cleaned_data["phrases"])


def _not_asked_for(title: str) -> str:
    return _("%(field)s (not asked for)") % {"field": title}


def record_key(text: str) -> tuple[Shareable, int]:
    """`finding:12`, as a box carries it. `ValueError`."""
    kind, _colon, number = text.partition(":")
    return Shareable(kind), key(number)
