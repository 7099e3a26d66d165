"""Packages and their keys, as they are typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kernel.text import Text
from sharing.selectors.packages import OfferGroup
from webui.language import spoken

LONGEST_PASSPHRASE = 200


def _passphrase(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_PASSPHRASE,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )


class ReceiverForm(forms.Form):
    """For whom: asked first, since what may go depends on it."""

    def __init__(self, receivers: Mapping[str, str], asked: QueryDict) -> None:
        super().__init__(asked if "receiver" in asked else None)
        self.fields["receiver"] = forms.ChoiceField(
            label=_("For which office"),
            choices=[("", _("Choose …")), *receivers.items()],
            help_text=_("Offices with a key that two people have compared."),
        )

    @property
    def chosen(self) -> str:
        return self.cleaned_data["receiver"] if self.is_bound and self.is_valid() else ""


class PackageForm(forms.Form):
    """`records`: part and number, as the offers say them."""

    def __init__(self, groups: Sequence[OfferGroup], typed: QueryDict | None) -> None:
        super().__init__(typed)
        self.groups = groups
        self.fields["purpose"] = forms.CharField(
            label=_("What for"), max_length=200, help_text=_("The receiver reads it.")
        )
        self.fields["records"] = forms.MultipleChoiceField(
            label=_("What goes with it"),
            required=False,
            choices=[(one.value, one.title) for group in groups for one in group.offers],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["passphrase"] = _passphrase(
            _("Passphrase"),
            _(
                "At least 12 characters, of which 8 differ: four or five words that have nothing to do "
                "with each other. Tell it to the receiver by another way than the package."
            ),
        )
        self.fields["passphrase_again"] = _passphrase(_("The passphrase again"))

    @property
    def ticked(self) -> set[str]:
        return set(self["records"].value() or ())

    def draft(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        pairs = [value.partition(":") for value in given.pop("records")]
        return given | {"records": [(part, int(number)) for part, _colon, number in pairs]}


class BringForm(forms.Form):
    file = forms.FileField(
        label=_("Package (.xcpkg)"),
        allow_empty_file=True,
        error_messages={"required": _("No file was chosen. Choose the package.")},
        help_text=_("Up to 30 MB."),
    )

    def __init__(self, typed: QueryDict | None, files: MultiValueDict[str, Any] | None) -> None:
        super().__init__(typed, files)
        self.fields["passphrase"] = _passphrase(
            _("Passphrase"), _("As the sender told you, letter by letter.")
        )

    def draft(self) -> dict[str, Any]:
        return {
            "content": self.cleaned_data["file"].read(),
            "passphrase": self.cleaned_data["passphrase"],
        }


class PartnerKeyForm(forms.Form):
    office_code = forms.RegexField(
        r"^[a-z0-9][a-z0-9-]{0,39}$",
        label=_("Code of the office"),
        max_length=40,
        help_text=_("As on the other machine: it stands on its page of keys."),
    )
    office_name = forms.CharField(label=_("Name of the office"), max_length=100)
    public = forms.CharField(
        label=_("Public key"),
        max_length=200,
        help_text=_("64 digits, copied from what the other office gave you."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    fingerprint = forms.CharField(
        label=_("Fingerprint, as it was read out to you"),
        max_length=80,
        help_text=_(
            "Eight groups of four. Have them read out by somebody whose voice you know, and type what "
            "you hear. Do not copy them from where the key came from."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    compared = forms.CharField(label=_("With whom you compared it, and how"), max_length=200)


class ConfirmKeyForm(forms.Form):
    fingerprint = forms.CharField(
        label=_("Fingerprint, as it was read out to you"),
        max_length=80,
        help_text=_("Ask the other office yourself; do not ask who registered it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class WithdrawKeyForm(forms.Form):
    reason = forms.CharField(label=_("Why it is withdrawn"), max_length=500)


class AnswerForm(forms.Form):
    def __init__(self, kinds: Mapping[str, Text], typed: QueryDict | None = None) -> None:
        super().__init__(typed)
        self.fields["kind"] = forms.ChoiceField(
            label=_("What you say"),
            choices=[(code, title[spoken()]) for code, title in kinds.items()],
            widget=forms.RadioSelect,
        )
        self.fields["text"] = forms.CharField(
            label=_("Text"),
            required=False,
            max_length=10000,
            widget=forms.Textarea(attrs={"rows": 6}),
        )
