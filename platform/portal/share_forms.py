"""Shares as they are typed: their terms, decisions on them, notes, groups. What fits, services decide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kernel.clock import today
from sharing.domain.grants import READERS
from tenancy.domain.roles import ROLE_TITLES, SEATS, Role
from tenancy.models import Office
from webui.language import spoken

OTHER_DAY = "day"
PRESETS = (15, 30, 60, 90)
ONE_DAY = timedelta(days=1)


def day_after(last: date | None) -> date | None:
    """Where a span ends whose last day was typed; none follows the last of the calendar."""
    return None if last is None else min(last, date.max - ONE_DAY) + ONE_DAY


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def ticks(
    label: Any,
    choices: Sequence[tuple[str, Any]],
    help_text: Any = "",
    *,
    required: bool = True,
) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
        required=required,
    )


class TermForm(forms.Form):
    """Until when: a usual number of days, or a day of one's own. On the screen the last day, inclusive."""

    until_on = forms.ChoiceField(
        label=_("How long"),
        widget=forms.RadioSelect,
        choices=lambda: [
            *((str(days), _("%(n)d days") % {"n": days}) for days in PRESETS),
            (OTHER_DAY, _("until the day below")),
        ],
        initial="30",
        help_text=_("Of clues at most 90 days, of the rest 366. It ends by itself."),
    )
    last_on = forms.DateField(label=_("Last day, included"), required=False, widget=DayInput())

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        is_open = given.get("until_on") == OTHER_DAY and not given.get("last_on")
        if is_open and "last_on" not in self.errors:
            self.add_error("last_on", _("Say which day is the last one."))
        return given

    @property
    def typed_as(self) -> dict[str, str]:
        """A day of one's own is refused where it was typed."""
        is_own = self["until_on"].value() == OTHER_DAY
        return {"until_on": "last_on"} if is_own else {}

    @property
    def ends(self) -> date:
        """The first day on which nobody reads; where no day can be read, as if it were the first choice."""
        chosen: str = self.cleaned_data.get("until_on", str(PRESETS[0]))
        if chosen == OTHER_DAY:
            return day_after(self.cleaned_data.get("last_on")) or today() + ONE_DAY
        return today() + timedelta(days=int(chosen))


def reader_choices(roles: Collection[Role]) -> list[tuple[str, Any]]:
    return [
        (role.value, ROLE_TITLES[role][spoken()])
        for role in Role
        if role.value in READERS and role in roles
    ]


def roles_of(kind: str) -> frozenset[Role]:
    """Seats of such an office; of offices in general, those of cities and counties."""
    return SEATS.get(kind, frozenset()) or SEATS["city"] | SEATS["county"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


class DestroyedForm(forms.Form):
    what = forms.CharField(
        label=_("What became of your copies"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For instance: two exports deleted, one print shredded; or: none was kept."),
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class GroupForm(forms.Form):
    def __init__(
        self,
        offices: Sequence[Office],
        typed: QueryDict | None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(typed, initial=initial)
        self.fields["name"] = forms.CharField(label=_("Name of the group"), max_length=100)
        self.fields["offices"] = ticks(
            _("Its offices"), [(str(office.pk), office.name) for office in offices]
        )

    def draft(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {"name": told["name"], "offices": [int(one) for one in told["offices"]]}


class JoinedForm(forms.Form):
    first = forms.IntegerField(min_value=1, max_value=2**63 - 1)
