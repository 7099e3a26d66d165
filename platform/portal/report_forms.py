"""A report and its feedback as they are typed, and what is done with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.paper_forms import ActForm, ReasonForm
from portal.round_forms import date_field


def _chapter(label: Any, rows: int, help_text: Any = "", length: int = 10_000) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=length,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ChaptersForm(forms.Form):
    """The findings are not typed: they are the papers', word for word."""

    overview = _chapter(_("Overview"), 5, _("When the team was on site, and how it worked."))
    evaluation = _chapter(_("Evaluation"), 5)
    advice = _chapter(_("Advice"), 5)
    duty = _chapter(_("Duty to report"), 3, _("What the unit reports, to whom, until when."), 5_000)
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, typed: QueryDict | None, part: str, newest: Any) -> None:
        names = ("overview", "evaluation", "advice", "duty")
        kept: dict[str, Any] = {name: getattr(newest, name, "") for name in names}
        kept["based_on"] = 0 if newest is None or newest.part != part else newest.number
        super().__init__(typed, initial=kept)
        if part == "report":
            del self.fields["duty"]

    def chapters(self) -> Mapping[str, str]:
        return {name: text for name, text in self.cleaned_data.items() if name != "based_on"}


class HearingForm(ActForm):
    heard_on = date_field(_("Day of the hearing"))


class HeadForm(ActForm):
    told_on = date_field(_("Day on which the head was told"))


class FeedbackMeetingForm(ActForm):
    met_on = date_field(_("Day of the feedback meeting"))
    attendance = forms.CharField(
        label=_("Who attended"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ServingForm(ActForm):
    served_on = date_field(
        _("Served on"), help_text=_("Day zero of every term of the rectification.")
    )


REPORT_ACT_FORMS: Mapping[str, type[ActForm]] = {
    "recalled": ReasonForm,
    "returned": ReasonForm,
    "approved": HearingForm,
    "head_told": HeadForm,
    "meeting_held": FeedbackMeetingForm,
    "served": ServingForm,
}


class PapersForm(forms.Form):
    """Which signed papers go in."""

    paper = forms.TypedMultipleChoiceField(label=_("Signed papers"), coerce=int)

    def __init__(self, typed: QueryDict | None, offered: Mapping[int, str]) -> None:
        super().__init__(typed)
        self.fields["paper"].choices = list(offered.items())  # type: ignore[attr-defined]


class AssignForm(forms.Form):
    """Which findings are laid before the unit now, and whether they are one item."""

    findings = forms.TypedMultipleChoiceField(
        label=_("Findings"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    together = forms.BooleanField(
        label=_("The chosen findings become one item"),
        required=False,
        help_text=_("Of one class alone. Otherwise each becomes an item of its own."),
    )
    leader = forms.ChoiceField(
        label=_("County leader in charge"),
        required=False,
        help_text=_("Of those that are chosen now; the others can be given to another leader."),
    )

    def __init__(
        self, typed: QueryDict | None, findings: Mapping[int, str], leaders: Mapping[str, str]
    ) -> None:
        super().__init__(typed)
        self.fields["findings"].choices = list(findings.items())  # type: ignore[attr-defined]
        self.fields["leader"].choices = [("", "—"), *leaders.items()]  # type: ignore[attr-defined]


class BeginForm(forms.Form):
    """On which unit of which room a report is begun: "12:dh-edu"."""

    unit = forms.RegexField(r"^\d{1,18}:.{1,50}$")

    def where(self) -> tuple[int, str]:
        room, _colon, unit = self.cleaned_data["unit"].partition(":")
        return int(room), unit
