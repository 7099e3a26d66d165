"""Declaring: which round, who, from what to keep away. The services decide what of it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from scheduling.domain.vocabulary import HOME_TIES, LEADING_TIES, TEAM_ROLES, Vocabulary
from scheduling.selectors.declarations import RoundDeclarations, TiesPage
from scheduling.services.tie_drafts import WHOLE_ROUND, Tie
from webui.language import spoken

LONGEST_CODE = 50
TARGETS = (
    ("unit", _("One unit")),
    ("county", _("A whole county")),
    ("person", _("Not in one team with a person")),
)
WHOLE = ("round", _("The whole round (cannot come)"))
SEVERITIES = (("hard", _("Must keep away")), ("soft", _("Should keep away, has a cost")))
Choices = Sequence[tuple[Any, Any]]


def worded(vocabulary: Vocabulary) -> Choices:
    return [(code, word.text[spoken()]) for code, word in vocabulary.items()]


class TieForm(forms.Form):
    """What both the counties' and the city's form ask."""

    person = forms.ChoiceField(label=_("Person"))
    target = forms.ChoiceField(label=_("Keeps away from"), widget=forms.RadioSelect)
    office = forms.TypedChoiceField(
        label=_("County"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("The county of the unit or person, or the whole county."),
    )
    code = forms.CharField(
        label=_("Code of the unit, or number of the person"),
        required=False,
        max_length=LONGEST_CODE,
        help_text=_("Left empty for a whole county."),
    )
    kind = forms.ChoiceField(label=_("By which rule"))
    severity = forms.ChoiceField(
        label=_("How strictly"), choices=SEVERITIES, initial="hard", widget=forms.RadioSelect
    )
    weight = forms.IntegerField(
        label=_("Cost"), initial=1, help_text=_("Of one that should keep away: 1 to 100.")
    )
    roles = forms.MultipleChoiceField(
        label=_("In which roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: worded(TEAM_ROLES),
        help_text=_("None ticked: in every role."),
    )

    def __init__(self, people: Choices, offices: Choices, kinds: Choices, *args: Any) -> None:
        super().__init__(*args)
        self._choose("person", [("", "—"), *people])
        self._choose("office", [("", "—"), *offices])
        self._choose("kind", kinds)
        self._choose("target", TARGETS)
        self.initial["target"] = "unit"

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        choosable(field).choices = list(choices)

    def tie(self) -> Tie:
        typed = self.cleaned_data
        if typed["target"] == "round":
            return WHOLE_ROUND
        names = ("target", "kind", "office", "severity", "weight", "roles")
        return Tie(**{name: typed[name] for name in names}, code=typed["code"].strip())


class HomeTieForm(TieForm):
    """A tie of somebody of the own office."""

    number = forms.TypedChoiceField(label=_("Round"), coerce=int)
    field_order = ("number",)

    def __init__(self, page: TiesPage, *args: Any) -> None:
        offices = [(office.pk, office.short_name) for office in page.offices]
        super().__init__(page.people, offices, worded(HOME_TIES), *args)
        self._choose("number", [(call.pk, call.name) for call in page.calls])


class LeadingTieForm(TieForm):
    """The leading office's own word on somebody in its round."""

    def __init__(self, page: RoundDeclarations, *args: Any) -> None:
        offices = [(office.pk, office.short_name) for office in page.offices]
        super().__init__(page.people, offices, worded(LEADING_TIES), *args)
        self._choose("target", [*TARGETS, WHOLE])

    def about(self) -> dict[str, Any]:
        office, _colon, number = self.cleaned_data["person"].partition(":")
        return {"office": int(office), "person": number, "tie": self.tie()}


class CannotComeForm(forms.Form):
    """Who cannot come to which round. There is nothing else to fill in."""

    number = forms.TypedChoiceField(label=_("Round"), coerce=int)
    person = forms.ChoiceField(label=_("Person"))

    def __init__(self, page: TiesPage, *args: Any) -> None:
        super().__init__(*args, auto_id="id_away_%s")  # type: ignore[misc]
        choosable(self.fields["number"]).choices = [(call.pk, call.name) for call in page.calls]
        choosable(self.fields["person"]).choices = [("", "—"), *page.people]


def choosable(field: forms.Field) -> forms.ChoiceField:
    """The same field, as one whose choices can be set."""
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(field)
    return field
