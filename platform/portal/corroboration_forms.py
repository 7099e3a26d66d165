"""Identifiers of a clue, and answers to hits, as they are typed."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sharing.domain.corroboration.parties import FIELD_TITLES
from sharing.domain.life_cycle import Act
from webui.language import spoken

LONGEST = 100
HELP = {
    "person_name": _(
        "Counts only together with the credit code or the unit code of the person's unit."
    ),
    "credit_code": _("Of the organisation, or of the person's unit."),
    "unit_code": _("Where the unit has no credit code."),
}


class PartyForm(forms.Form):
    """One person or organisation; what is left empty is not compared."""

    whole = "written"

    def __init__(self, typed: QueryDict | None = None) -> None:
        super().__init__(typed)
        for name, title in FIELD_TITLES.items():
            self.fields[name] = forms.CharField(
                label=title[spoken()],
                required=False,
                max_length=LONGEST,
                help_text=HELP.get(name, ""),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )


class PartyNumberForm(forms.Form):
    """Which of a clue's parties, by a button beside it."""

    party = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class HitAnswerForm(forms.Form):
    """`acts`: those that are open to the reader now."""

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For taking back and refusing. The other side never reads it."),
    )

    def __init__(self, typed: QueryDict | None, acts: Sequence[Act]) -> None:
        super().__init__(typed)
        act = forms.ChoiceField(
            label=_("What you do"),
            widget=forms.RadioSelect,
            choices=[(one.name, one.title[spoken()]) for one in acts],
        )
        self.fields = {"act": act, **self.fields}
