"""The search of the record, as it is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import LONGEST_KEY
from tenancy.access import office_names
from tenancy.domain.acts import (
    ACTS,
    NOT_TOLD_AT_HOME,
    OBJECTS,
    OBJECTS_NOT_TOLD_AT_HOME,
    READINGS_OF_OTHERS,
)
from tenancy.services.records import PLATFORM, Search
from webui.language import spoken

LARGEST = 10**LONGEST_KEY - 1
EARLIEST_DAY, LATEST_DAY = "2000-01-01", "2999-12-31"


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "min": EARLIEST_DAY, "max": LATEST_DAY})
    return forms.DateField(label=label, required=False, widget=widget)


def _kind(choice: str) -> bool | None:
    return {"acts": False, "reads": True}.get(choice)


class OwnRecordForm(forms.Form):
    """Within the own office."""

    person = forms.CharField(label=_("Person or account"), max_length=100, required=False)
    action = forms.ChoiceField(label=_("Act"), required=False)
    object_type = forms.ChoiceField(label=_("Kind of object"), required=False)
    object_number = forms.IntegerField(
        label=_("Number of the object"), min_value=1, max_value=LARGEST, required=False
    )
    reads = forms.TypedChoiceField(
        label=_("Acts or reads"),
        required=False,
        coerce=_kind,
        empty_value=None,
        choices=[("", _("Both")), ("acts", _("Acts")), ("reads", _("Reads"))],
    )
    first = _day(_("From day"))
    last = _day(_("To day"))
    before = forms.IntegerField(
        min_value=1, max_value=LARGEST, required=False, widget=forms.HiddenInput
    )
    hidden_acts = NOT_TOLD_AT_HOME
    hidden_objects = OBJECTS_NOT_TOLD_AT_HOME

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._set_choices()

    def _set_choices(self) -> None:
        acts = sorted((text[spoken()], act) for act, text in ACTS.items())
        told = [(act, title) for title, act in acts if act not in self.hidden_acts]
        self.fields["action"].choices = [("", _("All acts")), *told]  # type: ignore[attr-defined]
        objects = [
            (kind, text[spoken()])
            for kind, text in OBJECTS.items()
            if kind not in self.hidden_objects
        ]
        self.fields["object_type"].choices = [("", _("All kinds")), *objects]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first."))
        return cleaned

    def search(self) -> Search:
        return Search(**self.cleaned_data)


class OthersForm(OwnRecordForm):
    """What other offices looked at of ours: by person, act and days."""

    object_type = None  # type: ignore[assignment]
    object_number = None  # type: ignore[assignment]
    reads = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].label = _("Person")

    def _set_choices(self) -> None:
        acts = sorted((ACTS[act][spoken()], act) for act in READINGS_OF_OTHERS)
        told = [("", _("All acts")), *((act, title) for title, act in acts)]
        self.fields["action"].choices = told  # type: ignore[attr-defined]


class RecordForm(OwnRecordForm):
    """Over all offices."""

    office = forms.TypedChoiceField(label=_("Office"), required=False, coerce=int, empty_value=None)
    field_order = (
        "person",
        "office",
        "reads",
        "action",
        "object_type",
        "object_number",
        "first",
        "last",
    )
    hidden_acts: frozenset[str] = frozenset()
    hidden_objects: frozenset[str] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All offices")), (0, PLATFORM[spoken()]), *office_names()]
        self.fields["office"].choices = choices  # type: ignore[attr-defined]
