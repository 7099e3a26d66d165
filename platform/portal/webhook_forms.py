"""Forms about webhooks: what is typed, not who may."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenancy.domain.webhooks import LONGEST_ADDRESS
from tenancy.events import Event
from webui.language import spoken


class WebhookForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for"),
        max_length=100,
        help_text=_("For instance the name of the program that receives the messages."),
    )
    address = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_ADDRESS,
        help_text=_("Begins with https://. Its host must be on the list of allowed hosts."),
    )

    def __init__(self, offered: Sequence[Event], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["events"] = forms.MultipleChoiceField(
            label=_("What is told"),
            choices=[(one.code, one.title[spoken()]) for one in offered],
            widget=forms.CheckboxSelectMultiple,
            help_text=_(
                "A message holds the event, its number in your office, the time and an address of"
                " the API: no names and no content."
            ),
        )


class AgainForm(forms.Form):
    delivery = forms.IntegerField(min_value=1)


class HostForm(forms.Form):
    entry = forms.CharField(
        label=_("Host or network"),
        max_length=300,
        help_text=_(
            "A host such as hooks.example.org, with a port if it is not 443. A host in a private"
            " network needs its network on the list as well, such as 10.20.0.0/16."
        ),
    )
