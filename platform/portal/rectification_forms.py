"""Rectification as it is typed: what was fed back, plans, reports, cases, talks, sheets, look-backs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.attachment_forms import files_field
from sharing.domain.evaluations import MOST_FALSE_ITEMS, PART_TITLES, Deduction, Part
from sharing.domain.look_backs import LONGEST_NAME, MOST_NAMES
from sharing.selectors.rectification_desks import LookBackPage
from sharing.services.looking_back import Found
from sharing.services.rectifying import Issue, ItemPlan
from webui.language import spoken

Choices = Sequence[tuple[Any, Any]]
NOTHING = ("", "—")
OUTCOMES = (
    ("rule_made", _("Rule made or amended")),
    ("money_recovered", _("Money recovered")),
    ("accountability", _("Called to account")),
    ("wider_fix", _("Wider fix")),
    ("special_campaign", _("Special campaign")),
)
VERDICTS = (
    ("confirmed", _("Confirmed")),
    ("false", _("False rectification")),
    ("new_finding", _("New finding")),
)


def lines_of(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FeedbackForm(forms.Form):
    """One problem a line: its category, a bar, its words."""

    unit_code = forms.ChoiceField(label=_("Unit"))
    round_name = forms.CharField(label=_("Round"), max_length=100)
    served_on = forms.DateField(
        label=_("Day on which the feedback was served"),
        widget=Day,
        help_text=_("Terms in working days run from it."),
    )
    leader = forms.ChoiceField(label=_("County leader in charge"), required=False)
    issues = forms.CharField(
        label=_("Problems fed back"),
        max_length=100000,
        widget=lines_of(10),
        help_text=_(
            "One a line: category | the problem, word for word. For instance: 党的建设 | 议事规则不健全"
        ),
    )

    def __init__(self, units: Choices, leaders: Choices, *args: Any) -> None:
        super().__init__(*args)
        self.fields["unit_code"].choices = [NOTHING, *units]  # type: ignore[attr-defined]
        self.fields["leader"].choices = [NOTHING, *leaders]  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        rows = [line for line in self.cleaned_data["issues"].splitlines() if line.strip()]
        parts = [line.replace("｜", "|").partition("|") for line in rows]
        issues = [Issue(words, category) for category, _bar, words in parts]
        return {**self.cleaned_data, "issues": issues}


class PlanForm(forms.Form):
    goal = forms.CharField(label=_("Goal"), max_length=1000, widget=lines_of(2))
    measures = forms.CharField(label=_("Measures to be taken"), max_length=5000, widget=lines_of(4))
    lead = forms.CharField(label=_("Leader in charge"), max_length=100)
    department = forms.CharField(label=_("Department"), max_length=200)
    due_on = forms.DateField(label=_("Done until"), widget=Day)
    head = forms.CharField(
        label=_("Signed by the unit's head"),
        max_length=100,
        help_text=_("The name of whoever signed the plan for the unit."),
    )
    head_signed_on = forms.DateField(label=_("Day of the signature"), widget=Day)

    def plan(self) -> ItemPlan:
        return ItemPlan(**self.cleaned_data)


class ProgressForm(forms.Form):
    text = forms.CharField(label=_("Progress"), max_length=5000, widget=lines_of(3))


class ClaimForm(forms.Form):
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=5000,
        widget=lines_of(3),
        help_text=_("What shows it, and where it is kept."),
    )
    result = forms.CharField(label=_("Result"), max_length=5000, widget=lines_of(3))
    uploads = files_field()


class DeadlineForm(forms.Form):
    due_on = forms.DateField(label=_("New deadline"), widget=Day)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=lines_of(2))


class OutcomeForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=OUTCOMES)
    title = forms.CharField(label=_("What came of it"), max_length=500)
    on = forms.DateField(label=_("On"), widget=Day)
    amount = forms.DecimalField(
        label=_("Sum in yuan"), required=False, min_value=0, max_digits=15, decimal_places=2,
        help_text=_("Of money recovered alone."),
    )  # fmt: skip
    people = forms.IntegerField(
        label=_("People called to account"), required=False, min_value=0, max_value=100000
    )
    also = forms.TypedMultipleChoiceField(
        label=_("Also from these items"), coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, beside: Choices, *args: Any) -> None:
        super().__init__(*args)
        self.fields["also"].choices = list(beside)  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        amount = typed.pop("amount")
        return {**typed, "cents": None if amount is None else int(amount * 100)}


class DisclosureForm(forms.Form):
    disclosure = forms.CharField(
        label=_("Text to disclose"), max_length=2000, required=False, widget=lines_of(3)
    )
    withheld_because = forms.CharField(
        label=_("Not to be disclosed, because"), max_length=500, required=False
    )


class CaseForm(forms.Form):
    title = forms.CharField(label=_("Common problem"), max_length=200)
    leader = forms.ChoiceField(label=_("Led by"))
    departments = forms.CharField(
        label=_("Departments that work with them"), max_length=500, required=False
    )
    items = forms.TypedMultipleChoiceField(
        label=_("Items"), coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, leaders: Choices, items: Choices, *args: Any) -> None:
        super().__init__(*args)
        self.fields["leader"].choices = [NOTHING, *leaders]  # type: ignore[attr-defined]
        self.fields["items"].choices = list(items)  # type: ignore[attr-defined]


class ConclusionForm(forms.Form):
    conclusion = forms.CharField(label=_("Conclusion"), max_length=2000, widget=lines_of(3))


class TalkForm(forms.Form):
    person = forms.CharField(label=_("Talked to"), max_length=100)
    matter = forms.CharField(label=_("Matter"), max_length=500)
    held_on = forms.DateField(label=_("Held on"), widget=Day)
    held_by = forms.CharField(label=_("Held by"), max_length=100)
    commitment = forms.CharField(label=_("Commitment"), max_length=2000, widget=lines_of(3))


class SheetForm(forms.Form):
    """Deductions one a line: part, points, reason."""

    unit_code = forms.ChoiceField(label=_("Unit"))
    round_name = forms.CharField(label=_("Round"), max_length=100)
    false_items = forms.IntegerField(
        label=_("False items"), min_value=0, max_value=MOST_FALSE_ITEMS, initial=0
    )

    def __init__(self, units: Choices, *args: Any) -> None:
        super().__init__(*args)
        self.fields["unit_code"].choices = [NOTHING, *units]  # type: ignore[attr-defined]
        for part, title in PART_TITLES.items():
            self.fields[f"points_{part}"] = forms.IntegerField(
                label=_("Deducted: %(part)s") % {"part": title[spoken()]},
                min_value=0, max_value=100, initial=0, required=False,
            )  # fmt: skip
            self.fields[f"reason_{part}"] = forms.CharField(
                label=_("Why: %(part)s") % {"part": title[spoken()]}, max_length=500, required=False
            )

    def given(self) -> dict[str, Any]:
        typed = self.cleaned_data
        deductions = [
            Deduction(part, typed[f"points_{part}"], typed[f"reason_{part}"])
            for part in Part
            if typed[f"points_{part}"] or typed[f"reason_{part}"]
        ]
        names = ("unit_code", "round_name", "false_items")
        return {name: typed[name] for name in names} | {
            "deductions": [_sound(one) for one in deductions]
        }


def _sound(one: Deduction) -> Deduction:
    return Deduction(one.part, one.points or 0, one.reason)


class LookBackForm(forms.Form):
    title = forms.CharField(label=_("What is looked back on"), max_length=200)
    population = forms.CharField(
        label=_("Population"), max_length=100000, widget=lines_of(8),
        help_text=_("Everybody who was covered, one a line."),
    )  # fmt: skip
    count = forms.IntegerField(label=_("How many are drawn"), min_value=1, max_value=MOST_NAMES)
    seed = forms.CharField(
        label=_("Seed"), max_length=100, required=False,
        help_text=_("Of a public lottery, for instance. Left empty: the product draws one."),
    )  # fmt: skip
    units = forms.MultipleChoiceField(
        label=_("Units whose problems are looked at"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_(
            "The team sees closed problems of these units alone, and opens no other again."
            " It stands once it is set."
        ),
    )  # fmt: skip

    def __init__(self, units: Choices, *args: Any) -> None:
        super().__init__(*args)
        self.fields["units"].choices = list(units)  # type: ignore[attr-defined]

    def clean_population(self) -> list[str]:
        """Each line a name, as many and as long as a population holds."""
        lines: list[str] = self.cleaned_data["population"].splitlines()
        for number, line in enumerate(lines, start=1):
            if len(line) > LONGEST_NAME:
                said = _("Line %(line)d is longer than %(most)d characters.")
                raise forms.ValidationError(said % {"line": number, "most": LONGEST_NAME})
        if len(lines) > MOST_NAMES:
            raise forms.ValidationError(_("At most %(most)d lines.") % {"most": MOST_NAMES})
        return lines

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class TeamForm(forms.Form):
    room = forms.TypedChoiceField(label=_("Team that visits"), coerce=int)

    def __init__(self, page: LookBackPage, *args: Any) -> None:
        super().__init__(*args)
        rooms = [(one.pk, f"{one.round_name} {one.team_name}") for one in page.rooms]
        self.fields["room"].choices = [NOTHING, *rooms]  # type: ignore[attr-defined]


class FoundForm(forms.Form):
    """What was found at one of those drawn."""

    verdict = forms.ChoiceField(label=_("Result"), choices=VERDICTS)
    item = forms.TypedChoiceField(
        label=_("Item looked at"), coerce=int, required=False, empty_value=None
    )
    text = forms.CharField(
        label=_("What was found"), max_length=5000, required=False, widget=lines_of(2)
    )

    def __init__(self, name: str, items: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        self.fields["item"].choices = [NOTHING, *items]  # type: ignore[attr-defined]

    def found(self) -> Found:
        return Found(name=self.name, **self.cleaned_data)
