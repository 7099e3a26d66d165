"""What is typed about who gave a hint, and about who interceded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sharing.domain.interference import APPROACH_TITLES, OUTCOME_TITLES, Approach, Outcome
from sharing.services.interference import EntryDraft
from webui.language import spoken


class IdentityForm(forms.Form):
    """None of it is needed; one thing at least is, says the service."""

    name = forms.CharField(label=_("Name"), max_length=100, required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=50, required=False)
    id_number = forms.CharField(label=_("ID number"), max_length=30, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)
    remarks = forms.CharField(
        label=_("Remarks"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CustodianForm(forms.Form):
    def __init__(self, nameable: Mapping[int, str], typed: QueryDict | None) -> None:
        super().__init__(typed)
        self.fields["person"] = forms.TypedChoiceField(
            label=_("Custodian"),
            coerce=int,
            choices=[("", _("Choose …")), *nameable.items()],
            help_text=_("Who sits for the discipline body or the petition office of the city."),
        )


class InterferenceForm(forms.Form):
    def __init__(self, rooms: Sequence[tuple[int, str]], typed: QueryDict | None) -> None:
        super().__init__(typed)
        if len(rooms) > 1:
            self.fields["room"] = forms.TypedChoiceField(
                label=_("Team"), coerce=int, choices=[("", _("Choose …")), *rooms]
            )
        self.fields["who"] = forms.CharField(label=_("Who asked"), max_length=100)
        self.fields["post"] = forms.CharField(label=_("Their unit and post"), max_length=200)
        self.fields["approach"] = forms.ChoiceField(
            label=_("What they did"),
            choices=[(code, title[spoken()]) for code, title in APPROACH_TITLES.items()],
            widget=forms.RadioSelect,
        )
        self.fields["happened_on"] = forms.DateField(
            label=_("When"), widget=forms.DateInput(attrs={"type": "date"})
        )
        self.fields["how"] = forms.CharField(
            label=_("In what way"), max_length=200, help_text=_("By telephone, at a meal, …")
        )
        self.fields["about"] = forms.CharField(
            label=_("What about"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
        )
        self.fields["past_leader"] = forms.BooleanField(
            label=_("Past the leader of the team: only the city reads it"), required=False
        )

    def draft(self) -> EntryDraft:
        given: dict[str, Any] = {
            name: value for name, value in self.cleaned_data.items() if name != "room"
        }
        return EntryDraft(**(given | {"approach": Approach(given["approach"])}))

    @property
    def room(self) -> int | None:
        return self.cleaned_data.get("room")


class OutcomeForm(forms.Form):
    def __init__(self, typed: QueryDict | None) -> None:
        super().__init__(typed)
        self.fields["outcome"] = forms.TypedChoiceField(
            label=_("What was done"),
            coerce=Outcome,
            choices=[(code, title[spoken()]) for code, title in OUTCOME_TITLES.items()],
            widget=forms.RadioSelect,
        )
