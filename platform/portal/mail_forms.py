"""Mail reminders: an address, and the code that was sent there."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tenancy.domain.mail import CODE_DIGITS, LONGEST_ADDRESS


class MailForm(forms.Form):
    address = forms.CharField(
        label=_("Mail address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("A code is sent there. Colleagues do not see the address."),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=CODE_DIGITS + 4,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
