"""Deadlines: what of the board is looked at, pauses, terms and working days, as they are typed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.text import Text
from portal.round_forms import date_field, number_field
from sharing.domain.days import FIRST_YEAR, LAST_YEAR
from sharing.domain.due_dates import CLOCK_TITLES, PROFILES, WITH_A_TERM, Clock
from sharing.domain.evaluations import FULL, PART_TITLES
from sharing.domain.terms import LONGEST_SOON, LONGEST_TERM, URGING_STEPS
from sharing.selectors.deadlines import ORDERS, Which
from sharing.selectors.terms import TermsPage
from tenancy.paging import Key, Window
from webui.language import spoken

A_PAGE = 50
AFTER = re.compile(r"(?:(\d{4}-\d{2}-\d{2})_)?(\d{1,18})")
WHICH = (
    (Which.OPEN, _("Running")),
    (Which.SOON, _("Due soon")),
    (Which.OVERDUE, _("Overdue")),
    (Which.PAUSED, _("Paused")),
    (Which.OVER, _("Over")),
)


class BoardForm(forms.Form):
    """By GET. `after`: where the page before ended; `told`: the day of a notice."""

    which = forms.ChoiceField(label=_("Which"), choices=WHICH, required=False)
    clock = forms.ChoiceField(label=_("What is waited for"), required=False)
    told = forms.IntegerField(required=False, min_value=1, max_value=99991231)
    after = forms.RegexField(AFTER, required=False, max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clocks = [(one.value, title[spoken()]) for one, title in CLOCK_TITLES.items()]
        self.fields["clock"].choices = [("", _("everything")), *clocks]  # type: ignore[attr-defined]
        self.fields["told"].widget = forms.HiddenInput()
        self.fields["after"].widget = forms.HiddenInput()

    def clean_after(self) -> str:
        typed: str = self.cleaned_data["after"]
        if typed and not AFTER.fullmatch(typed):
            raise forms.ValidationError("?")
        return typed

    @property
    def chosen(self) -> Which:
        return Which(self.cleaned_data["which"] or Which.OPEN)

    def asked(self) -> dict[str, Any]:
        clock = self.cleaned_data["clock"]
        return {
            "which": self.chosen,
            "clock": Clock(clock) if clock else None,
            "told": self.cleaned_data["told"],
        }

    def window(self) -> Window:
        found = AFTER.fullmatch(self.cleaned_data["after"] or "")
        if found is None:
            return Window(A_PAGE)
        day, number = found[1], int(found[2])
        is_by_day = len(ORDERS[self.chosen]) > 1
        if is_by_day is not bool(day):
            return Window(A_PAGE)
        return Window(A_PAGE, (day, number) if is_by_day else (number,))


def after_of(key: Key | None) -> str:
    """A key as the address has it; empty: there is no further page."""
    return "" if key is None else "_".join(map(str, key))


class MonthForm(forms.Form):
    month = forms.RegexField(r"^\d{4}-(0[1-9]|1[0-2])$", required=False, max_length=7)

    def day(self) -> date | None:
        """The first of the month that is meant; None: this one, or none that can be meant."""
        typed = self.cleaned_data.get("month") if self.is_valid() else None
        if not typed or not FIRST_YEAR <= int(typed[:4]) <= LAST_YEAR:
            return None
        return date(int(typed[:4]), int(typed[5:]), 1)


class PauseForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays with the deadline, for whoever looks into it later."),
    )


PARTS = {str(part): title for part, title in PART_TITLES.items()}
# Points of each part, from which score on a grade is given, and how many false items leave nothing.
JUDGED: Mapping[str, Text] = PARTS | {
    "good": Text(zh="“好”不低于（分）", en="“Good” from (points)"),
    "rather_good": Text(zh="“较好”不低于（分）", en="“Rather good” from (points)"),
    "fair": Text(zh="“一般”不低于（分）", en="“Fair” from (points)"),
    "false_items": Text(zh="虚假整改达到（件）即为 0 分", en="False items that leave nothing"),
}


class TermsForm(forms.Form):
    """`seen`: the version that was looked at. A term that is left empty is the profile's; a parameter
    of the evaluation that is left empty is as it was."""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    profile = forms.ChoiceField(label=_("Profile"), widget=forms.RadioSelect)
    soon_days = number_field(_("Remind so many working days before the end"), 1, LONGEST_SOON)
    steps = forms.TypedMultipleChoiceField(
        label=_("Days of urging (working days late)"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("After how many working days of lateness one is owed."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("Say by which decision, before you save."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profiles = [(one.code, one.title[spoken()]) for one in PROFILES.values()]
        self.fields["profile"].choices = profiles  # type: ignore[attr-defined]
        steps = [(one, _("after %(n)d working days") % {"n": one}) for one in URGING_STEPS]
        self.fields["steps"].choices = steps  # type: ignore[attr-defined]
        for clock in WITH_A_TERM:
            title = CLOCK_TITLES[clock]
            self.fields[str(clock)] = number_field(title[spoken()], 1, LONGEST_TERM, required=False)
        for name, title in JUDGED.items():
            least = 0 if name in PARTS else 1
            self.fields[name] = number_field(title[spoken()], least, FULL, required=False)

    @staticmethod
    def first_shown(shown: TermsPage) -> Mapping[str, Any]:
        terms = shown.terms
        own = {str(clock): days for clock, days in terms.own.items()}
        return {
            "seen": shown.version,
            "profile": terms.profile,
            "soon_days": terms.soon_days,
            "steps": list(terms.steps),
            **own,
            **shown.evaluation,
        }

    def judging_fields(self) -> list[Any]:
        return [self[name] for name in JUDGED]

    def own_fields(self) -> list[tuple[Clock, Any]]:
        return [(clock, self[str(clock)]) for clock in WITH_A_TERM]

    def asked(self) -> dict[str, Any]:
        """As the service takes it, without reason and version."""
        given = self.cleaned_data
        own = {str(clock): given[str(clock)] for clock in WITH_A_TERM}
        return {
            "profile": given["profile"],
            "own": {clock: days for clock, days in own.items() if days is not None},
            "soon_days": given["soon_days"],
            "steps": given["steps"],
            "evaluation": {
                name: self.initial[name] if given[name] is None else given[name] for name in JUDGED
            },
        }


class OfficeDayForm(forms.Form):
    on = date_field(_("Day"))
    is_worked = forms.TypedChoiceField(
        label=_("Is it worked"),
        coerce=lambda typed: typed == "yes",
        choices=(("no", _("a day off")), ("yes", _("a working day"))),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), max_length=200)


class DayForm(forms.Form):
    on = forms.DateField()
