"""The forms of the shell. What they accept, the services decide."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenancy.domain.roles import PERMISSION_TITLES, Permission
from tenancy.models.tokens import LONGEST_TOKEN_DAYS
from webui.language import spoken


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


class OfficeForm(forms.Form):
    office = forms.IntegerField(min_value=1)


class RunForm(forms.Form):
    """How long the engine may take. Left out: as long as this installation allows."""

    time_limit_s = forms.IntegerField(required=False)


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
        return {key: self.cleaned_data[key] for key in ("name", "days", "permissions")}
