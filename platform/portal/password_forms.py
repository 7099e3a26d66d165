"""The forms of passwords. What they accept, the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

_MOST = 1024


def _password(label: Any, autocomplete: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=_MOST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        **more,
    )


class NewPasswordForm(forms.Form):
    """Twice: what is typed cannot be seen."""

    password = _password(_("New password"), "new-password")
    password_again = _password(_("New password, once more"), "new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = _(
            "At least %(length)d characters; none of the common ones, and not your own name or office."
        ) % {"length": settings.PASSWORD_MIN_LENGTH}

    def clean_password_again(self) -> str:
        again: str = self.cleaned_data["password_again"]
        if again != self.cleaned_data.get("password", again):
            raise forms.ValidationError(_("The two are not the same."))
        return again


class ChangePasswordForm(NewPasswordForm):
    password_now = _password(_("Password now"), "current-password")
    field_order = ("password_now", "password", "password_again")


class ResetForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
