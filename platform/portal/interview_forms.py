"""The plan of interviews, as it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kernel.clock import today
from portal.room_forms import day_input
from sharing.domain.interviews import STANDARD_STRATA, STATE_TITLES, State
from webui.language import spoken

Choices = Sequence[tuple[str, str]]
STANDARD = "\n".join(f"{title} {target}" for title, target in STANDARD_STRATA)


class StrataForm(forms.Form):
    unit = forms.ChoiceField(label=_("Unit"))
    strata = forms.CharField(
        label=_("Strata"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "One stratum with its number a line. Sent again it replaces the unit's strata."
        ),
    )

    def __init__(self, typed: QueryDict | None, units: Choices, strata: str = "") -> None:
        super().__init__(typed, initial={"strata": strata or STANDARD})
        self.fields["unit"].choices = units  # type: ignore[attr-defined]


class _PeopleForm(forms.Form):
    interviewers = forms.MultipleChoiceField(
        label=_("Who interviews"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Two at least, who hold the post."),
    )

    def __init__(self, typed: QueryDict | None, people: Choices, **initial: object) -> None:
        # Several forms share a page: each has names of its own for its fields.
        super().__init__(typed, initial=initial, auto_id=f"{type(self).__name__.lower()}-%s")
        self.fields["interviewers"].choices = people  # type: ignore[attr-defined]


class InterviewForm(_PeopleForm):
    """`where`: unit and stratum in one."""

    stratum = forms.ChoiceField(label=_("Unit and stratum"))
    post = forms.CharField(
        label=_("Whom, by post"), max_length=100, help_text=_("No names: the post says enough.")
    )
    on = forms.DateField(label=_("Planned for"), widget=day_input())
    field_order = ("stratum", "post", "on", "interviewers")

    def __init__(self, typed: QueryDict | None, people: Choices, strata: Choices) -> None:
        super().__init__(typed, people, on=today())
        self.fields["stratum"].choices = strata  # type: ignore[attr-defined]

    @property
    def given(self) -> dict[str, object]:
        unit, _tab, stratum = self.cleaned_data["stratum"].partition("\t")
        return self.cleaned_data | {"unit": unit, "stratum": stratum}


class SettleForm(_PeopleForm):
    nth = forms.IntegerField(label=_("Number"), min_value=1, max_value=2_000_000_000)
    state = forms.ChoiceField(label=_("How it went"))
    on = forms.DateField(
        label=_("Held on, or planned anew for"), required=False, widget=day_input()
    )
    reason = forms.CharField(label=_("Why it was not held"), required=False, max_length=300)
    field_order = ("nth", "state", "on", "reason", "interviewers")

    def __init__(self, typed: QueryDict | None, people: Choices) -> None:
        super().__init__(typed, people, state=State.HELD, on=today())
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            (one.value, STATE_TITLES[one][spoken()])
            for one in (State.HELD, State.NOT_HELD, State.PLANNED)
        ]
        self.fields["interviewers"].required = False
        self.fields["interviewers"].help_text = _("Only where it was others than planned.")
