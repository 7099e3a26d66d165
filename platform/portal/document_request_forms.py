"""Documents that a team asks for, as they are typed."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sharing.domain.document_requests import LONGEST_DAYS
from sharing.services.document_requests import Asked

Choices = Sequence[tuple[str, str]]


class AskForm(forms.Form):
    unit = forms.ChoiceField(label=_("Unit or department"))
    what = forms.CharField(
        label=_("What is asked for"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    why = forms.CharField(label=_("What for"), max_length=500)
    days = forms.IntegerField(
        label=_("Due within (working days)"), min_value=1, max_value=LONGEST_DAYS, initial=3
    )
    handed_to = forms.CharField(label=_("Who of the unit took the request"), max_length=100)
    is_accounts = forms.BooleanField(
        label=_("Accounts and vouchers"),
        required=False,
        help_text=_("Seen by the post for accounts and the leaders alone."),
    )

    def __init__(self, typed: QueryDict | None, bodies: Choices, *, accounts: bool) -> None:
        super().__init__(typed)
        self.fields["unit"].choices = bodies  # type: ignore[attr-defined]
        if not accounts:
            del self.fields["is_accounts"]

    def asked(self) -> Asked:
        return Asked(**self.cleaned_data)


class RequestActForm(forms.Form):
    """`act`: the request's number and what is done with it, in one choice."""

    act = forms.ChoiceField(label=_("What was done"))
    person = forms.CharField(
        label=_("Who of the unit handed it over, or took it back"), required=False, max_length=100
    )
    pieces = forms.IntegerField(label=_("Pieces"), required=False, min_value=0, max_value=9999)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=2000)

    def __init__(self, typed: QueryDict | None, acts: Choices, *, of_unit: bool = False) -> None:
        super().__init__(typed)
        self.fields["act"].choices = acts  # type: ignore[attr-defined]
        if of_unit:
            del self.fields["person"], self.fields["pieces"]

    @property
    def given(self) -> dict[str, object]:
        number, _colon, act = self.cleaned_data["act"].partition(":")
        told = self.cleaned_data
        return {
            "request": int(number),
            "act": act,
            "reason": told["reason"],
            "person": told.get("person") or "",
            "pieces": told.get("pieces") or 0,
        }
