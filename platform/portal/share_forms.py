"""Shares as they are typed: asked for, offered, prepared, narrowed, read. What fits, services decide."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kernel.clock import today
from portal.forms import key
from sharing.domain.grants import (
    CLUE_READERS,
    KINDS_FOR,
    PURPOSE_TITLES,
    READERS,
    Purpose,
)
from sharing.domain.shared_views import (
    FIELDS,
    KIND_TITLES,
    Redaction,
    Shareable,
    places_of,
)
from sharing.selectors.offered_records import RecordSieve
from sharing.selectors.shares import ShareLine
from sharing.services.asking_for_shares import Asked
from sharing.services.preparing_shares import Terms
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


def _ticks(
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


def _reader_choices(roles: Collection[Role]) -> list[tuple[str, Any]]:
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
        self.fields["offices"] = _ticks(
            self.offices_label,
            [(str(office.pk), office.name) for office in offices],
            self.offices_help,
        )
        self.fields["kinds"] = _ticks(
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
        self.fields["roles"] = _ticks(
            self.roles_label,
            _reader_choices(roles),
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


class TermsForm(TermForm):
    """On which terms a view is shown, as the owner sets them."""

    def __init__(self, line: ShareLine, typed: QueryDict | None) -> None:
        share = line.share
        first = {
            "until_on": OTHER_DAY,
            "last_on": share.until_on - ONE_DAY,
            "roles": share.roles,
            "may_export": share.may_export,
        }
        super().__init__(typed, initial=first)
        fit = CLUE_READERS if Shareable.CLUE in share.shareables else READERS
        there = {role for role in roles_of(share.receiver.kind) if role.value in fit}
        self.fields["roles"] = _ticks(_("Who reads it there"), _reader_choices(there))
        self.fields["may_export"] = forms.BooleanField(
            label=_("They may take a copy away"),
            required=False,
            help_text=_("Each copy bears who took it, and is on record."),
        )

    def terms(self) -> Terms:
        told = self.cleaned_data
        return Terms(told["roles"], self.ends, told["may_export"])


class SieveForm(forms.Form):
    """Which records to choose from."""

    unit = forms.CharField(label=_("Unit"), required=False, max_length=200)
    words = forms.CharField(label=_("Title, name or number"), required=False, max_length=100)
    since = forms.DateField(label=_("From"), required=False, widget=DayInput())
    until = forms.DateField(label=_("To (that day included)"), required=False, widget=DayInput())

    def __init__(self, sieve: RecordSieve, typed: QueryDict | None) -> None:
        first = {
            "unit": sieve.unit,
            "words": sieve.words,
            "since": sieve.since,
            "until": sieve.until - ONE_DAY if sieve.until else None,
        }
        super().__init__(typed, prefix="sieve", initial=first)
        self.first = sieve

    @property
    def sieve(self) -> RecordSieve:
        if not self.is_bound or not self.is_valid():
            return self.first
        told = self.cleaned_data
        until = told["until"]
        return RecordSieve(
            told["unit"].strip(), told["words"], told["since"], until + ONE_DAY if until else None
        )


class HideForm(forms.Form):
    """What is hidden of one record: whole fields, and words wherever they stand.

    `words`: of the fields that there are to hide."""

    def __init__(
        self,
        kind: Shareable,
        words: Mapping[str, str],
        typed: QueryDict | None,
        *,
        prefix: str,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(typed, prefix=prefix, initial=initial)
        self.kind, self.words = kind, words
        self.fields["withheld"] = _ticks(
            _("Fields that are not shown at all"),
            [
                (name, FIELDS[kind][name].title[spoken()])
                for name in FIELDS[kind]
                if words.get(name)
            ],
            required=False,
        )
        self.fields["phrases"] = forms.CharField(
            label=_("Words hidden wherever they stand"),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3, "data-phrases": prefix}),
            help_text=_("One a line: a name, a number. Select them on the left to add them."),
        )

    def clean_phrases(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["phrases"].splitlines()]
        phrases = [line for line in lines if line]
        nowhere = [one for one in phrases if not places_of(self.kind, self._whole, [one])]
        if nowhere:
            raise forms.ValidationError(
                _("These words stand in no field that can be hidden in parts: %(words)s."),
                params={"words": " / ".join(nowhere)},
            )
        return phrases

    @property
    def redaction(self) -> Redaction:
        """Of a form in which nothing is wrong; before it is sent, of what it begins with."""
        if self.is_bound:
            told = self.cleaned_data
        else:
            given = self.initial.get("phrases", "").splitlines()
            told = {"withheld": self.initial.get("withheld", ()), "phrases": given}
        spans = places_of(self.kind, self._whole, told["phrases"])
        return Redaction(frozenset(told["withheld"]), spans)

    @property
    def _whole(self) -> Mapping[str, str]:
        return {name: self.words.get(name, "") for name in FIELDS[self.kind]}


class NarrowForm(HideForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_out"] = forms.BooleanField(
            label=_("Show this record no more"), required=False
        )

    @property
    def is_further(self) -> bool:
        return bool(self.cleaned_data["withheld"] or self.cleaned_data["phrases"])


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
        self.fields["offices"] = _ticks(
            _("Its offices"), [(str(office.pk), office.name) for office in offices]
        )

    def draft(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {"name": told["name"], "offices": [int(one) for one in told["offices"]]}


class JoinedForm(forms.Form):
    first = forms.IntegerField(min_value=1, max_value=2**63 - 1)


def record_key(text: str) -> tuple[Shareable, int]:
    """`finding:12`, as a box carries it. `ValueError`."""
    kind, _colon, number = text.partition(":")
    return Shareable(kind), key(number)
