"""How the city's digests are made, as it is typed, and what is said of it once it is set."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kernel.clock import today
from sharing.domain.digest.periods import Length
from sharing.domain.digest.publications import MINIMUM
from sharing.domain.digest.rhythm import Outlook
from sharing.selectors.digests import DigestDesk
from webui.language import spoken

LENGTHS = (
    (Length.QUARTER.value, _("A quarter")),
    (Length.HALF_YEAR.value, _("Half a year")),
    (Length.YEAR.value, _("A year")),
)


class DigestRuleForm(forms.Form):
    """It begins with what is set. `minimum` is asked for until a digest was made."""

    length = forms.ChoiceField(
        label=_("How long a period is"),
        choices=LENGTHS,
        help_text=_("Periods do not overlap; a longer one is never published beside shorter ones."),
    )
    since_year = forms.IntegerField(label=_("From which year on"))
    minimum = forms.IntegerField(
        label=_("Minimum cell"),
        help_text=_(
            "A count below it is told to nobody. 3 is usual; it stands once a digest was made."
        ),
    )

    def __init__(self, typed: Any, desk: DigestDesk) -> None:
        newest, years = desk.newest_rule, desk.years
        year = years.start
        if desk.may_correct:
            year = today().year if newest is None else newest.since_year
        length = Length.QUARTER if newest is None else newest.length
        least = desk.minimum if desk.is_set_up else MINIMUM
        super().__init__(typed, initial={"length": length, "since_year": year, "minimum": least})
        if not desk.may_correct:
            del self.fields["minimum"]
        self.fields["since_year"].help_text = gettext(
            "From 1 January. One of %(first)d to %(last)d."
        ) % {"first": years.start, "last": years.stop - 1}

    @property
    def given(self) -> dict[str, Any]:
        return {**self.cleaned_data, "length": Length(self.cleaned_data["length"])}


def set_words(outlook: Outlook) -> str:
    """What becomes of the digests, by what was set."""
    language = spoken()
    said = {
        "next": outlook.next.title[language],
        "day": outlook.next_day[language],
        "first": outlook.first.title[language],
    }
    if outlook.is_next:
        return gettext("Set. The next digest is that of %(next)s, from %(day)s on.") % said
    return (
        gettext(
            "Set. The next digest is still that of %(next)s, from %(day)s on;"
            " the first one of the new length is that of %(first)s."
        )
        % said
    )
