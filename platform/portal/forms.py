"""The forms of the shell. What they accept, the services decide."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenancy.domain.networks import network_of
from tenancy.domain.roles import PERMISSION_TITLES, Permission
from tenancy.models.tokens import LONGEST_TOKEN_DAYS
from webui.language import spoken

LONGEST_KEY = 18  # digits that PostgreSQL's bigint can hold whatever they are


class SignInForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class SeatForm(forms.Form):
    seat = forms.IntegerField(min_value=1)


class RunForm(forms.Form):
    """How long the engine may take. Left out: as long as this installation allows."""

    time_limit_s = forms.IntegerField(
        label=_("Time limit (seconds)"),
        required=False,
        initial=60,
        help_text=_(
            "More time usually gives a better plan. You can stop at any time and keep the best one. Left empty: as long as this installation allows."
        ),
    )
    # A plan that the new one is to differ from as little as it can.
    around = forms.IntegerField(required=False, widget=forms.HiddenInput)


class TokenForm(forms.Form):
    """What a program may do, and how long. Only what the person holds is offered."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=100,
        help_text=_("For instance the name of the program. You will recognise the token by it."),
    )
    days = forms.IntegerField(
        label=_("Days until it expires"), min_value=1, max_value=LONGEST_TOKEN_DAYS, initial=90
    )

    reads_only = forms.BooleanField(
        label=_("Reads only"),
        required=False,
        help_text=_("Every call that would change something is refused, whatever is ticked below."),
    )
    networks = forms.CharField(
        label=_("Only from these networks"),
        required=False,
        max_length=500,
        help_text=_("For instance 10.1.0.0/16, separated by spaces. Empty: from everywhere."),
    )

    def __init__(self, held: Collection[Permission], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permissions"] = forms.TypedMultipleChoiceField(
            label=_("What it may do"),
            coerce=Permission,
            choices=[
                (one.value, PERMISSION_TITLES[one][spoken()]) for one in Permission if one in held
            ],
            widget=forms.CheckboxSelectMultiple,
            help_text=_("As little as the program needs. What you may no longer do, it may not."),
        )

    def draft(self) -> dict[str, Any]:
        plain = ("name", "days", "permissions", "reads_only", "networks")
        return {key: self.cleaned_data[key] for key in plain}

    def clean_networks(self) -> list[str]:
        networks: list[str] = self.cleaned_data["networks"].replace(",", " ").split()
        for one in networks:
            try:
                network_of(one)
            except ValueError:
                raise forms.ValidationError(
                    _("“%(network)s” is no network."), params={"network": one}
                ) from None
        return networks


class TokenSearchForm(forms.Form):
    # No longer than what is kept of it: a whole token must not stand in an address.
    begins = forms.CharField(label=_("Begins with"), required=False, max_length=9)
    owner = forms.CharField(label=_("Owner"), required=False, max_length=60)


class NumberForm(forms.Form):
    """Of the row that a button stands beside."""

    number = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class SetField(forms.Field):
    """All values sent under one name. What cannot be read is left out: nobody typed it."""

    widget = forms.MultipleHiddenInput

    def __init__(self, read: Callable[[str], Any], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.read = read

    def clean(self, value: Any) -> set[Any]:
        return {read for text in value or () if (read := self._read(text)) is not None}

    def _read(self, text: str) -> Any:
        try:
            return self.read(text)
        except ValueError:
            return None


def key(text: str) -> int:
    """The number of a row, as a box carries it."""
    if not text.isdecimal() or len(text) > LONGEST_KEY:
        raise ValueError(text)
    return int(text)


class TickForm(forms.Form):
    """Boxes alone: it cannot be filled in wrongly, whatever the service says of it."""

    def typed(self) -> dict[str, set[Any]]:
        """What was ticked. To be asked for before a refusal is shown, which takes it back."""
        self.full_clean()
        return dict(self.cleaned_data)


class ReleaseForm(TickForm):
    """Whom and what a county ticked."""

    people = SetField(key)
    units = SetField(key)


IMPORT_KINDS = {"roster": _("Roster (people)"), "units": _("List of units")}


class UploadForm(forms.Form):
    """A workbook, and what is said to be in it."""

    kind = forms.CharField(label=_("What is in it?"))
    file = forms.FileField(
        label=_("Workbook (.xlsx) or CSV"),
        allow_empty_file=True,
        error_messages={"required": _("No file was chosen. Choose the workbook to upload.")},
        help_text=_("Up to 30 MB and 100,000 rows. No formulas, no macros, no password."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, kinds: Sequence[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(kind, IMPORT_KINDS[kind]) for kind in kinds]
        self.fields["kind"].widget = forms.RadioSelect(choices=choices)

    def draft(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        kind = self.cleaned_data["kind"]
        return {"kind": kind, "file_name": file.name, "content": file.chunks()}
