"""Shares as they are typed: asked for, offered, decided on, noted from. What fits, services decide."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kernel.clock import today
from sharing.domain.grants import (
    KINDS_FOR,
    PURPOSE_TITLES,
    READERS,
    Purpose,
)
from sharing.domain.shared_views import (
    KIND_TITLES,
    Shareable,
)
from sharing.services.asking_for_shares import Asked
from tenancy.domain.roles import ROLE_TITLES, SEATS, Role
from tenancy.models import Office
from webui.language import spoken

REFERENCE_CHARS = 20
OTHER_DAY = "day"
PRESETS = (15, 30, 60, 90)
ONE_DAY = timedelta(days=1)
# Texts that the product's rules cite: suggestions, to be written over.
BASES = ("《中国共产党巡视工作条例》", "《纪检监察机关监督执纪工作规则》")


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
        choices=[
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
    def ends(self) -> date:
        """The first day on which nobody reads."""
        chosen: str = self.cleaned_data["until_on"]
        if chosen == OTHER_DAY:
            return self.cleaned_data["last_on"] + ONE_DAY  # type: ignore[no-any-return]
        return today() + timedelta(days=int(chosen))


def reader_choices(roles: Collection[Role]) -> list[tuple[str, Any]]:
    return [
        (role.value, ROLE_TITLES[role][spoken()])
        for role in Role
        if role.value in READERS and role in roles
    ]


class ShareForm(TermForm):
    """What is asked for, or offered."""

    wanted_label: Any = _("What you ask for, in words")
    wanted_help: Any = _("The other office decides by it. As narrow as it can be.")
    offices_label: Any = _("Of which offices")
    offices_help: Any = _("Each gets a request of its own, and decides for itself.")
    roles_label: Any = _("Who reads it in your office")

    def __init__(
        self,
        offices: Sequence[Office],
        roles: Collection[Role],
        typed: QueryDict | None,
        *,
        clues: bool,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(typed, initial=initial)
        kinds = [kind for kind in Shareable if clues or kind is not Shareable.CLUE]
        purposes = [one for one in Purpose if KINDS_FOR[one] & set(kinds)]
        self.fields["purpose"] = forms.ChoiceField(
            label=_("What for"),
            widget=forms.RadioSelect,
            choices=[(one.value, _purpose_words(one, kinds)) for one in purposes],
            help_text=_("What is learnt for one purpose serves no other."),
        )
        self.fields["offices"] = ticks(
            self.offices_label,
            [(str(office.pk), office.name) for office in offices],
            self.offices_help,
        )
        self.fields["kinds"] = ticks(
            _("Which kinds of records"), [(one.value, KIND_TITLES[one][spoken()]) for one in kinds]
        )
        self.fields["wanted"] = forms.CharField(
            label=self.wanted_label,
            help_text=self.wanted_help,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
        )
        self.fields["unit"] = forms.CharField(
            label=_("Of one unit alone"), required=False, max_length=200
        )
        self.fields["happened_from"] = forms.DateField(
            label=_("From"), required=False, widget=DayInput()
        )
        self.fields["happened_until"] = forms.DateField(
            label=_("To (that day included)"), required=False, widget=DayInput()
        )
        self.fields["roles"] = ticks(
            self.roles_label,
            reader_choices(roles),
            _("Of clues: directors and the discipline body alone.") if clues else "",
        )
        self.fields["basis"] = forms.CharField(
            label=_("Legal basis"),
            max_length=300,
            widget=forms.TextInput(attrs={"list": "bases"}),
        )
        self.fields["may_export"] = forms.BooleanField(
            label=_("They may take a copy away"),
            required=False,
            help_text=_("Off unless it is needed. Each copy bears who took it, and is on record."),
        )

    @property
    def bases(self) -> Sequence[str]:
        return BASES

    @property
    def chosen_offices(self) -> list[int]:
        return [int(one) for one in self.cleaned_data["offices"]]

    def asked(self) -> Asked:
        told = self.cleaned_data
        until = told["happened_until"]
        return Asked(
            purpose=Purpose(told["purpose"]),
            basis=told["basis"],
            wanted=told["wanted"],
            kinds=[Shareable(one) for one in told["kinds"]],
            roles=told["roles"],
            until_on=self.ends,
            unit=told["unit"],
            happened_from=told["happened_from"],
            happened_until=until + ONE_DAY if until else None,
            may_export=told["may_export"],
        )


class OfferForm(ShareForm):
    wanted_label = _("What you offer, in words")
    wanted_help = _("The receiver reads it. Which records, you choose next.")
    offices_label = _("To which offices")
    offices_help = _("Each gets views of its own, approved for it alone.")
    roles_label = _("Who reads it there")

    def __init__(
        self, groups: Sequence[tuple[int, str]], *args: Any, record: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offices"].required = False
        self.fields["group"] = forms.ChoiceField(
            label=_("Or to a group"),
            required=False,
            choices=[("", _("No group")), *((str(number), name) for number, name in groups)],
            help_text=_("To its members of today. Who joins later is given nothing by joining."),
        )
        self.fields["record"] = forms.CharField(
            required=False, max_length=60, widget=forms.HiddenInput, initial=record
        )


def first_words(query: QueryDict) -> dict[str, Any]:
    """What a page that leads here knows already: with whom, what for, under which reference."""
    reference = query.get("reference", "")[:REFERENCE_CHARS]
    about = _("The clue led together with ours as %(reference)s.") % {"reference": reference}
    return {
        "offices": query.getlist("office"),
        "purpose": query.get("purpose"),
        "kinds": query.getlist("kind"),
        "wanted": about if reference else "",
    }


def _purpose_words(purpose: Purpose, kinds: Sequence[Shareable]) -> str:
    allowed = [KIND_TITLES[kind][spoken()] for kind in kinds if kind in KINDS_FOR[purpose]]
    between = ", " if spoken() == "en" else "、"
    return _("%(purpose)s (%(kinds)s)") % {
        "purpose": PURPOSE_TITLES[purpose][spoken()],
        "kinds": between.join(allowed),
    }


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
