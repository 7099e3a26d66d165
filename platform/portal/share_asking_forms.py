"""A share as it is asked for or offered: what for, with whom, which records and fields, on which terms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.share_forms import DayInput, TermForm, day_after, reader_choices, ticks
from sharing.domain.grants import KINDS_FOR, PURPOSE_TITLES, Purpose
from sharing.domain.shared_views import FIELDS, KIND_TITLES, Shareable
from sharing.services.asking_for_shares import Asked
from tenancy.domain.roles import Role
from tenancy.models import Office
from webui.language import spoken

REFERENCE_CHARS = 20
# Texts that the product's rules cite: suggestions, to be written over.
BASES = ("《中国共产党巡视工作条例》", "《纪检监察机关监督执纪工作规则》")


class ShareForm(TermForm):
    """What is asked for or offered alike."""

    # A browser tells the first field that is empty, and nothing of the others: the server tells all.
    use_required_attribute = False

    wanted_label: Any
    wanted_help: Any
    offices_label: Any
    offices_help: Any
    roles_label: Any
    export_label: Any
    export_help: Any

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
        kinds = self.kinds = [kind for kind in Shareable if clues or kind is not Shareable.CLUE]
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
        self.fields["words"] = forms.CharField(
            label=_("Of certain records alone: title, name or number"),
            required=False,
            max_length=200,
        )
        self.fields["happened_from"] = forms.DateField(
            label=_("Happened from"), required=False, widget=DayInput()
        )
        self.fields["happened_until"] = forms.DateField(
            label=_("Happened up to (that day included)"), required=False, widget=DayInput()
        )
        self.fields["roles"] = ticks(
            self.roles_label,
            reader_choices(roles),
            _("Of clues: directors and the discipline body alone.") if clues else "",
        )
        for name in TermForm.base_fields:  # in the page's order, by which its faults are listed
            self.fields[name] = self.fields.pop(name)
        self.fields["basis"] = forms.CharField(
            label=_("Legal basis"),
            max_length=300,
            widget=forms.TextInput(attrs={"list": "bases"}),
        )
        self.fields["may_export"] = forms.BooleanField(
            label=self.export_label,
            required=False,
            help_text=self.export_help,
        )

    @property
    def bases(self) -> Sequence[str]:
        return BASES

    @property
    def wanted_fields(self) -> Mapping[Shareable, Collection[str]]:
        """By kind, those that are asked for by name."""
        return {}

    @property
    def chosen_offices(self) -> list[int]:
        return [int(one) for one in self.cleaned_data.get("offices", ())]

    def asked(self) -> Asked:
        """As far as it can be read: what is wrong in the form stands at its field already, and what it
        would be does not matter then."""
        told = self.cleaned_data
        return Asked(
            purpose=Purpose(told.get("purpose", Purpose.CORROBORATION)),
            basis=told.get("basis", ""),
            wanted=told.get("wanted", ""),
            kinds=[Shareable(one) for one in told.get("kinds", ())],
            roles=told.get("roles", ()),
            until_on=self.ends,
            unit=told.get("unit", ""),
            words=told.get("words", ""),
            happened_from=told.get("happened_from"),
            happened_until=day_after(told.get("happened_until")),
            fields=self.wanted_fields,
            may_export=told["may_export"],
        )


class AskForm(ShareForm):
    """A request. Of each kind it may name fields; of one that is not ticked they are not meant."""

    wanted_label = _("What you ask for, in words")
    wanted_help = _("The other office decides by it. As narrow as it can be.")
    offices_label = _("Of which offices")
    offices_help = _("Each gets a request of its own, and decides for itself.")
    roles_label = _("Who reads it in your office")
    export_label = _("We want to take a copy away")
    export_help = _(
        "Ask for it only if you need one. Each copy bears who took it, and is on record."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in self.kinds:
            self.fields[_fields_of(kind)] = ticks(
                KIND_TITLES[kind][spoken()],
                [(name, one.title[spoken()]) for name, one in FIELDS[kind].items()],
                required=False,
            )

    @property
    def field_choices(self) -> list[tuple[str, forms.BoundField]]:
        """By kind, as the page lays them out."""
        return [(kind.value, self[_fields_of(kind)]) for kind in self.kinds]

    @property
    def wanted_fields(self) -> Mapping[Shareable, Collection[str]]:
        told = self.cleaned_data
        chosen = [kind for kind in self.kinds if kind.value in told.get("kinds", ())]
        return {kind: told[_fields_of(kind)] for kind in chosen if told.get(_fields_of(kind))}


class OfferForm(ShareForm):
    wanted_label = _("What you offer, in words")
    wanted_help = _("The receiver reads it. Which records, you choose next.")
    offices_label = _("To which offices")
    offices_help = _("Each gets views of its own, approved for it alone.")
    roles_label = _("Who reads it there")
    export_label = _("They may take a copy away")
    export_help = _("Off unless it is needed. Each copy bears who took it, and is on record.")

    def __init__(
        self, groups: Sequence[tuple[int, str]], *args: Any, record: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offices"].required = False
        self.fields["group"] = forms.ChoiceField(
            label=_("And to a group"),
            required=False,
            choices=[("", _("No group")), *((str(number), name) for number, name in groups)],
            help_text=_(
                "To its members of today, beside the offices ticked above, each once. Who joins later is"
                " given nothing by joining."
            ),
        )
        self.fields["record"] = forms.CharField(
            required=False, max_length=60, widget=forms.HiddenInput, initial=record
        )

    @property
    def group(self) -> int | None:
        number = self.cleaned_data.get("group")
        return int(number) if number else None


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


def _fields_of(kind: Shareable) -> str:
    """Where a refusal of the request's fields of the kind (`fields.clue`) is shown."""
    return f"{kind.value}_fields"
