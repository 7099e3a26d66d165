"""The forms of emergency access."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForm(forms.Form):
    """Which office's people in which round, and why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The office whose people they are reads it."),
    )

    def __init__(self, choices: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["round_and_office"] = forms.ChoiceField(
            label=_("Round and office"), choices=[("", _("Choose …")), *choices]
        )
        self.order_fields(["round_and_office", "reason"])

    def draft(self) -> dict[str, Any]:
        round_number, _colon, office = self.cleaned_data["round_and_office"].partition(":")
        return {
            "round_number": int(round_number),
            "office": int(office),
            "reason": self.cleaned_data["reason"],
        }


class PersonForm(forms.Form):
    person = forms.CharField(max_length=50)
