"""How the city's digests are made, as it is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.clock import today
from portal.round_forms import number_field
from sharing.domain.digest.periods import Length
from sharing.domain.digest.publications import MINIMUM

LENGTHS = (
    (Length.QUARTER.value, _("A quarter")),
    (Length.HALF_YEAR.value, _("Half a year")),
    (Length.YEAR.value, _("A year")),
)


class DigestRuleForm(forms.Form):
    """`minimum`: where one is set already, it stands and is not asked for."""

    length = forms.ChoiceField(
        label=_("How long a period is"),
        choices=LENGTHS,
        help_text=_("Periods do not overlap; a longer one is never published beside shorter ones."),
    )
    since_year = number_field(_("From which year on"), 1, 9999, help_text=_("From 1 January."))
    minimum = number_field(
        _("Minimum cell"),
        1,
        9999,
        help_text=_(
            "A count below it is told to nobody. 3 is usual; it stands once a digest was made."
        ),
    )

    def __init__(self, typed: Any, *, minimum: int | None, is_first: bool) -> None:
        year = today().year if is_first else today().year + 1
        super().__init__(
            typed, initial={"since_year": year, "minimum": minimum or MINIMUM, "length": "quarter"}
        )

    @property
    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "length": Length(self.cleaned_data["length"])}
