"""The desk's forms: an act as it was chosen. Whether it can be done, the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

EDIT_KEYS = ("edit", "a", "b", "inspector", "team", "role", "unit", "start")
PIN_KEYS = ("inspector", "unit", "team", "role", "start", "forbid", "out")
PANEL_KEYS = ("person", "unit", "team", "role", "view", "q", "to", "at", "for", *EDIT_KEYS)
LONGEST = 200


class SeenForm(forms.Form):
    """What every act at the desk carries: the revision that its author saw, and where they
    were on the desk."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    panel = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)


class EditForm(SeenForm):
    """One edit. What its kind needs, the service knows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in EDIT_KEYS:
            self.fields[key] = forms.CharField(required=False, max_length=LONGEST)

    def content(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in EDIT_KEYS if self.cleaned_data[key]}


class PinForm(forms.Form):
    panel = forms.CharField(required=False, max_length=1000)
    pin = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key in PIN_KEYS:
            self.fields[key] = forms.CharField(required=False, max_length=LONGEST)

    def content(self) -> dict[str, Any]:
        given = {key: self.cleaned_data[key] for key in PIN_KEYS if self.cleaned_data[key]}
        return {key: True if key in ("forbid", "out") else word for key, word in given.items()}


class DutiesForm(SeenForm):
    """Ticks named `duty`, each `code:inspector`."""

    team = forms.CharField(max_length=LONGEST)

    def duties(self) -> dict[str, list[str]]:
        shared: dict[str, list[str]] = {}
        ticked = self.data.getlist("duty") if isinstance(self.data, QueryDict) else []
        for tick in ticked:
            code, _, inspector = tick.partition(":")
            shared.setdefault(inspector, []).append(code)
        return shared


class SolveForm(forms.Form):
    time_limit_s = forms.IntegerField(required=False)


def panel_of(asked: QueryDict) -> dict[str, str]:
    """What the panel is asked to show, of an address or of a form's `panel`."""
    return {key: str(asked[key]) for key in PANEL_KEYS if asked.get(key)}
