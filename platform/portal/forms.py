"""The forms of the shell. What they accept, the services decide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


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
