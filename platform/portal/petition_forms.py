"""The register of petitions, as it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kernel.clock import today
from portal.room_forms import day_input
from sharing.domain.petitions import (
    HANDLING_TITLES,
    SUBJECT_TITLES,
    WAY_TITLES,
    Handling,
    Subject,
    Way,
)
from sharing.services.petitions import PetitionDraft
from webui.language import spoken


class PetitionForm(forms.Form):
    received_on = forms.DateField(label=_("Received on"), widget=day_input())
    way = forms.ChoiceField(label=_("It came as"))
    unit_name = forms.CharField(label=_("The unit it is about"), max_length=200)
    subject = forms.ChoiceField(label=_("What it is about"))
    gist = forms.CharField(
        label=_("Gist"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "What was said, not who said it: no name, telephone or address of whoever wrote."
        ),
    )

    def __init__(self, typed: QueryDict | None) -> None:
        super().__init__(typed, initial={"received_on": today()})
        self.fields["way"].choices = [(one.value, WAY_TITLES[one][spoken()]) for one in Way]  # type: ignore[attr-defined]
        self.fields["subject"].choices = [  # type: ignore[attr-defined]
            (one.value, SUBJECT_TITLES[one][spoken()]) for one in Subject
        ]

    def draft(self) -> PetitionDraft:
        told = self.cleaned_data
        typed = told | {"way": Way(told["way"]), "subject": Subject(told["subject"])}
        return PetitionDraft(**typed)


class HandlingForm(forms.Form):
    nth = forms.IntegerField(
        label=_("Number"), min_value=1, max_value=2_000_000_000, help_text=_("As in the register.")
    )
    handling = forms.ChoiceField(label=_("What becomes of it"))
    clue = forms.TypedChoiceField(
        label=_("The clue that it became"), required=False, coerce=int, empty_value=None
    )
    note = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=500,
        help_text=_("For instance the number of the paper, or of the slip it was passed on with."),
    )

    def __init__(
        self, typed: QueryDict | None, clues: Sequence[tuple[int, str]], nth: int | None = None
    ) -> None:
        super().__init__(typed, initial={"nth": nth})
        self.fields["handling"].choices = [  # type: ignore[attr-defined]
            (one.value, HANDLING_TITLES[one][spoken()]) for one in Handling
        ]
        self.fields["clue"].choices = [("", "—"), *clues]  # type: ignore[attr-defined]
