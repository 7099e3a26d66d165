"""A team's weekly progress, as it is typed."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.room_forms import day_input

MOST = 99_999


def _count(label: object) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST, initial=0)  # type: ignore[arg-type]


class WeeklyForm(forms.Form):
    week = forms.DateField(
        label=_("Week"), widget=day_input(), help_text=_("Any day of it; it counts from Monday.")
    )
    talks = _count(pgettext_lazy("week", "Talks"))
    letters = _count(_("Letters, calls and visits received"))
    visits = _count(_("Places looked at"))
    findings = forms.CharField(
        label=_("Findings by class"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One class with its number a line."),
    )
    next_week = forms.CharField(
        label=_("Next week"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, typed: QueryDict | None, day: date) -> None:
        super().__init__(typed, initial={"week": day})
        # `files` is also what Django calls uploads: it is no attribute of the class.
        self.fields["files"] = _count(_("Files read"))
        self.order_fields(["week", "talks", "files", "letters", "visits", "findings", "next_week"])


class WeekForm(forms.Form):
    week = forms.DateField()
