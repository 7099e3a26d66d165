"""Naming who speaks for a unit and who supervises it, as it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sharing.selectors.contacts import Nameable
from webui.language import spoken

LABELS = {"speak": _("Liaison"), "supervise": _("Supervisor")}
HELP = {
    "speak": _("Those who hold the seat of a unit's liaison today."),
    "supervise": _(
        "Those of the discipline body, a stationed discipline group, the organisation department or the audit office who hold a seat today."
    ),
}


class ContactForm(forms.Form):
    """Offers who could be named in one capacity, each with their seat."""

    def __init__(
        self, capacity: str, nameable: Sequence[Nameable], typed: QueryDict | None
    ) -> None:
        super().__init__(typed, auto_id=f"{capacity}_%s")
        self.named_as = capacity
        offered = [(one.person.pk, _shown(one)) for one in nameable]
        self.fields["person"] = forms.TypedChoiceField(
            label=LABELS[capacity],
            coerce=int,
            choices=[("", "—"), *offered],
            help_text=HELP[capacity],
        )
        self.fields["capacity"] = forms.ChoiceField(
            choices=[(capacity, capacity)], initial=capacity, widget=forms.HiddenInput
        )


class ContactRemovalForm(forms.Form):
    person = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    capacity = forms.ChoiceField(choices=list(LABELS.items()))


def _shown(one: Nameable) -> str:
    mark = "、" if spoken() == "zh" else ", "
    seats = mark.join(seat[spoken()] for seat in one.seats)
    return f"{one.person.display_name} · {seats}"
