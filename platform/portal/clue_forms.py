"""What is typed about a clue. Who may, and what holds, the services say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kernel.text import Text
from sharing.domain.clues import CLUE, DISPOSAL_TITLES, SOURCE_TITLES
from sharing.domain.outcomes import MOST_PERSONS, OUTCOME_TITLES, OutcomeCode
from sharing.domain.routing import LEVEL_TITLES
from sharing.selectors.office_clues import LedgerFilter
from sharing.services.clues import ClueDraft
from webui.language import spoken


def _choices(titles: Mapping[Any, Text]) -> list[tuple[str, str]]:
    return [(str(code), title[spoken()]) for code, title in titles.items()]


def _lines(rows: int, **options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), **options)


class ClueForm(forms.Form):
    """`rooms`: numbers and names of the direct rooms in which the member works."""

    def __init__(
        self, rooms: Sequence[tuple[int, str]], typed: QueryDict | None, **kwargs: Any
    ) -> None:
        super().__init__(typed, **kwargs)
        if len(rooms) > 1:
            self.fields["room"] = forms.TypedChoiceField(
                label=_("Team"), coerce=int, choices=[("", _("Choose …")), *rooms]
            )
        self.fields["subject_name"] = forms.CharField(label=_("Whom it is about"), max_length=100)
        self.fields["subject_unit"] = forms.CharField(label=_("Their unit"), max_length=200)
        self.fields["subject_post"] = forms.CharField(
            label=_("Their post"), max_length=200, required=False
        )
        self.fields["management_level"] = forms.ChoiceField(
            label=_("Who manages the cadre"),
            choices=_choices(LEVEL_TITLES),
            widget=forms.RadioSelect,
            help_text=_(
                "Where the clue goes hangs on this alone: about a cadre managed by the city it goes"
                " to the city, and the county never hears of it."
            ),
        )
        self.fields["source_kind"] = forms.ChoiceField(
            label=_("How it came up"), choices=[("", _("Choose …")), *_choices(SOURCE_TITLES)]
        )
        self.fields["gist"] = _lines(
            6,
            label=_("Gist of the clue"),
            max_length=4000,
            help_text=_("What happened, when, where. No word of who gave the hint."),
        )
        self.fields["evidence"] = _lines(
            4,
            label=_("Evidence"),
            max_length=30_000,
            required=False,
            help_text=_("One piece a line: what it is, where it is kept."),
        )
        self.fields["is_urgent"] = forms.BooleanField(
            label=_("Urgent: to be handed over while the team is on site"), required=False
        )

    def draft(self) -> ClueDraft:
        fields = {name: value for name, value in self.cleaned_data.items() if name != "room"}
        return ClueDraft(**(fields | {"evidence": fields["evidence"].splitlines()}))

    @property
    def room(self) -> int | None:
        return self.cleaned_data.get("room")


class JudgeForm(forms.Form):
    met_on = forms.DateField(
        label=_("Day of the team meeting"), widget=forms.DateInput(attrs={"type": "date"})
    )
    meeting_opinion = _lines(2, label=_("Opinion of the meeting"), max_length=2000, required=False)
    reason = _lines(
        2,
        label=_("Reason"),
        max_length=2000,
        required=False,
        help_text=_("Where it is no clue: why."),
    )

    def __init__(self, typed: QueryDict | None) -> None:
        super().__init__(typed)
        judged = ("screened", "found_general", "found_out_of_scope")
        self.fields["judgement"] = forms.ChoiceField(
            label=_("The meeting held it to be"),
            choices=[(name, CLUE.states[CLUE.by_name[name].to or ""][spoken()]) for name in judged],
            widget=forms.RadioSelect,
        )
        self.order_fields(["judgement", "met_on", "meeting_opinion", "reason"])


class ReasonForm(forms.Form):
    reason = _lines(2, label=_("Reason"), max_length=2000)


class UrgeForm(forms.Form):
    letter = forms.CharField(
        label=_("Number of the urging letter"),
        max_length=100,
        help_text=_("As it stands on the letter."),
    )


class DisposalForm(forms.Form):
    def __init__(self, typed: QueryDict | None) -> None:
        super().__init__(typed)
        self.fields["disposal"] = forms.ChoiceField(
            label=_("Way of disposal"),
            choices=_choices(DISPOSAL_TITLES),
            widget=forms.RadioSelect,
        )


class OutcomesForm(forms.Form):
    """Several people, one after the other: the codes of person n in the fields `codes_n`."""

    SHOWN = 3

    def __init__(self, typed: QueryDict | None) -> None:
        super().__init__(typed)
        for person in range(1, self._shown(typed) + 1):
            self.fields[f"codes_{person}"] = forms.MultipleChoiceField(
                label=_("The subject") if person == 1 else _("Further person %d") % person,
                choices=_choices(OUTCOME_TITLES),
                widget=forms.CheckboxSelectMultiple,
                required=person == 1,
            )

    def _shown(self, typed: QueryDict | None) -> int:
        sent = 0 if typed is None else sum(f"codes_{n}" in typed for n in range(MOST_PERSONS + 1))
        return min(max(self.SHOWN, sent), MOST_PERSONS)

    def outcomes(self) -> list[tuple[int, OutcomeCode]]:
        """People without a code are none: those who have one are counted through."""
        told = [codes for codes in self.cleaned_data.values() if codes]
        return [
            (person, OutcomeCode(code)) for person, codes in enumerate(told, 1) for code in codes
        ]


class ListForm(forms.Form):
    def __init__(self, offered: Sequence[tuple[int, str]], typed: QueryDict | None) -> None:
        super().__init__(typed)
        self.fields["clues"] = forms.TypedMultipleChoiceField(
            label=_("Clues to hand over"),
            coerce=int,
            choices=offered,
            widget=forms.CheckboxSelectMultiple,
        )


class LedgerForm(forms.Form):
    """What the register is asked for; an empty form asks for all of it."""

    overdue = forms.BooleanField(label=_("Overdue alone"), required=False)
    urgent = forms.BooleanField(label=_("Urgent alone"), required=False)

    def __init__(self, typed: QueryDict | None) -> None:
        super().__init__(typed)
        states = [(code, title) for code, title in CLUE.states.items() if code not in _OF_THE_TEAM]
        self.fields["state"] = forms.ChoiceField(
            label=_("State"),
            choices=[("", _("All states")), *((code, title[spoken()]) for code, title in states)],
            required=False,
        )
        self.order_fields(["state", "overdue", "urgent"])

    def asked(self) -> LedgerFilter:
        if not self.is_valid():
            return LedgerFilter()
        given = self.cleaned_data
        return LedgerFilter(given["state"] or None, given["overdue"], given["urgent"])


_OF_THE_TEAM = frozenset({"registered", "screened", "not_a_clue", "out_of_scope"})
