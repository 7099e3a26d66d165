"""Naming who handles a round, as it is typed."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _


class HandlerForm(forms.Form):
    """Offers the schedulers of the office who do not handle the round yet."""

    def __init__(self, nameable: Mapping[int, str], typed: QueryDict | None) -> None:
        super().__init__(typed)
        self.fields["person"] = forms.TypedChoiceField(
            label=_("Scheduler"),
            coerce=int,
            choices=[("", "—"), *nameable.items()],
            help_text=_("Those of the office who hold a scheduler's seat today."),
        )


class RemovalForm(forms.Form):
    person = forms.IntegerField(min_value=1, max_value=2**63 - 1)

    def named(self) -> int:
        """What is no number is nobody: there is nothing to take away."""
        return int(self.cleaned_data["person"]) if self.is_valid() else 0
