"""A working paper as it is typed, and what is done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.round_forms import date_field, number_field
from sharing.domain.dictionary import DISCIPLINES, SEVERITIES
from sharing.domain.findings import EVIDENCE_TITLES, MOST_LINES
from sharing.services.paper_texts import Basis, Evidence, PaperText
from webui.language import spoken

EMPTY_ROWS = 2


def _said(titles: Mapping[Any, Any]) -> list[tuple[str, str]]:
    return [(key.value, text[spoken()]) for key, text in titles.items()]


def _area(label: Any, length: int, rows: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=length,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class PaperForm(forms.Form):
    """The text of a paper. `classes`: the office's, below their headings; `version`: the newest text of
    one that is there."""

    unit = forms.ChoiceField(label=_("Unit"))
    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("One issue a paper, in one sentence.")
    )
    fact = _area(
        _("Fact"), 20_000, 8, _("When, who, what, how much. What was found, no judgement.")
    )
    nature = _area(_("Nature"), 5_000, 3, _("What is wrong with it."))
    responsibility = _area(_("Responsibility"), 5_000, 3, _("Who answers for it, and how far."))
    category = forms.TypedChoiceField(
        label=_("Class"), required=False, coerce=int, empty_value=None
    )
    severity = forms.ChoiceField(label=_("Severity"), required=False)
    money = forms.DecimalField(
        label=_("Money involved (yuan)"),
        required=False,
        min_value=0,
        max_digits=16,
        decimal_places=2,
    )
    people_count = number_field(_("People involved"), 0, 1_000_000, required=False)
    disciplines = forms.MultipleChoiceField(
        label=_("Disciplines touched"), required=False, widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(
        label=_("Why it is written anew"),
        max_length=500,
        required=False,
        help_text=_("Needed where the paper was sent or taken back."),
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(
        self,
        typed: QueryDict | None,
        *,
        units: Sequence[tuple[str, str]],
        classes: Mapping[Any, Sequence[Any]],
        version: Any = None,
    ) -> None:
        super().__init__(typed, initial=_initial(version))
        choices: list[Any] = [("", "—")]
        for heading, rows in classes.items():
            choices.append((heading.title, [(one.pk, one.title) for one in rows]))
        held = version.category if version else None
        if held is not None and held.retired_on is not None:
            choices.append((held.pk, held.title))
        self._choose("unit", units)
        self._choose("category", choices)
        self._choose("severity", [("", "—"), *_said(SEVERITIES)])
        self._choose("disciplines", _said(DISCIPLINES))
        if version is not None:
            del self.fields["unit"]
        else:
            del self.fields["why"]

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def text(self, bases: Any, evidence: Any) -> PaperText:
        given = self.cleaned_data
        money: Decimal | None = given["money"]
        return PaperText(
            title=given["title"],
            fact=given["fact"],
            nature=given["nature"],
            responsibility=given["responsibility"],
            category=given["category"],
            severity=given["severity"],
            money_cents=None if money is None else int(money * 100),
            people_count=given["people_count"],
            disciplines=given["disciplines"],
            bases=[Basis(**row) for row in _filled(bases)],
            evidence=[Evidence(**row) for row in _filled(evidence)],
        )


class BasisForm(forms.Form):
    """One that the rule library has by these words is linked to its article when it is saved."""

    text_title = forms.CharField(
        label=_("Rule or regulation"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "rules"}),
    )
    article = forms.CharField(label=_("Article"), max_length=100, required=False)
    edition = forms.CharField(label=_("Edition"), max_length=100, required=False)


class EvidenceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: [("", "—"), *_said(EVIDENCE_TITLES)])
    title = forms.CharField(label=_("Document"), max_length=200)
    dated_on = date_field(_("Dated"), required=False)
    pages = number_field(_("Number of pages"), 1, 100_000, required=False)
    kept_at = forms.CharField(label=_("Kept at"), max_length=200, required=False)
    line_before = forms.IntegerField(
        required=False, min_value=1, max_value=1_000, widget=forms.HiddenInput
    )


def rows_of(
    form: type[forms.Form], prefix: str, typed: QueryDict | None, there: Sequence[dict[str, Any]]
) -> Any:
    """Rows to fill in; an empty one counts for nothing, and so does one that was emptied."""
    factory = forms.formset_factory(
        form, extra=EMPTY_ROWS, max_num=MOST_LINES, can_delete=True, can_delete_extra=False
    )
    return factory(typed, prefix=prefix, initial=list(there))


def bases_of(typed: QueryDict | None, version: Any) -> Any:
    rows = version.bases.order_by("position") if version else ()
    kept = [
        {"text_title": one.text_title, "article": one.article, "edition": one.edition}
        for one in rows
    ]
    return rows_of(BasisForm, "bases", typed, kept)


def evidence_of(typed: QueryDict | None, version: Any) -> Any:
    names = ("kind", "title", "dated_on", "pages", "kept_at")
    rows = version.evidence.order_by("position") if version else ()
    kept = [
        {name: getattr(one, name) for name in names} | {"line_before": one.position} for one in rows
    ]
    return rows_of(EvidenceForm, "evidence", typed, kept)


def _filled(rows: Any) -> list[dict[str, Any]]:
    found = []
    for form in rows:
        given = dict(form.cleaned_data)
        if given.pop("DELETE", False) or not given:
            continue
        found.append(given)
    return found


def _initial(version: Any) -> dict[str, Any]:
    if version is None:
        return {}
    same = ("title", "fact", "nature", "responsibility", "severity", "people_count", "disciplines")
    return {
        **{name: getattr(version, name) for name in same},
        "category": version.category_id,
        "money": None if version.money_cents is None else Decimal(version.money_cents) / 100,
        "based_on": version.number,
    }


# --- Acts ---------------------------------------------------------------------------------------


class ActForm(forms.Form):
    """What an act asks for besides the paper."""


class ReasonForm(ActForm):
    reason = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class MeetingForm(ActForm):
    met_on = date_field(_("Day of the team meeting"))
    opinion = forms.CharField(
        label=_("Opinion of the meeting"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CommentForm(ActForm):
    comment = forms.CharField(
        label=_("Comment"),
        max_length=2000,
        help_text=_("The team reads it and decides. The text itself stays theirs."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


ACT_FORMS: Mapping[str, type[ActForm]] = {
    "meeting_passed": MeetingForm,
    "sent_back": ReasonForm,
    "taken_back": ReasonForm,
    "not_upheld": ReasonForm,
}
