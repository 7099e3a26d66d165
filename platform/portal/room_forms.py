"""Authorising teams, and who sits in their rooms, as it is typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kernel.clock import today
from portal.publication_forms import WordsForm
from sharing.domain.authorisations import LONGEST_DAYS
from sharing.selectors.authorisations import TeamLine

AFTER_THE_VISITS = timedelta(days=60)


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class TermForm(forms.Form):
    starts_on = forms.DateField(label=_("First day of the term"), widget=day_input())
    until_on = forms.DateField(
        label=_("First day without entry"),
        widget=day_input(),
        help_text=_("From this day on nobody of the team enters. At most 366 days."),
    )


class ProposalForm(TermForm):
    """Which teams of a publication to propose, at which county's units."""

    def __init__(self, teams: Iterable[TeamLine], typed: QueryDict | None) -> None:
        open_teams = [line.team for line in teams if line.is_proposable]
        last = max((team.ends_on for team in open_teams), default=today())
        until = min(last + AFTER_THE_VISITS, today() + timedelta(days=LONGEST_DAYS))
        super().__init__(typed, initial={"starts_on": today(), "until_on": until})
        self.fields["teams"] = forms.MultipleChoiceField(
            label=_("Teams"),
            choices=[
                (f"{team.host}:{team.code}", f"{team.name} → {team.host_name}")
                for team in open_teams
            ],
            widget=forms.CheckboxSelectMultiple,
            initial=[f"{team.host}:{team.code}" for team in open_teams],
        )
        self.order_fields(["teams", "starts_on", "until_on"])

    def named(self) -> list[tuple[int, str]]:
        """The teams that were ticked: county, code."""
        pairs = [value.split(":", 1) for value in self.cleaned_data["teams"]]
        return [(int(host), code) for host, code in pairs]


class GrantForm(TermForm):
    document_number = forms.CharField(label=_("Number of the document"), max_length=100)
    authorised_by = forms.CharField(
        label=_("Body that authorises"),
        max_length=200,
        help_text=_("In most cross-county rounds the committee of the county inspected."),
    )

    def __init__(self, starts_on: date, until_on: date, typed: QueryDict | None) -> None:
        first = max(starts_on, today()) if until_on > today() else starts_on
        super().__init__(typed, initial={"starts_on": first, "until_on": until_on})
        self.order_fields(["document_number", "authorised_by", "starts_on", "until_on"])


class RefusalForm(WordsForm):
    def __init__(self, typed: QueryDict | None = None) -> None:
        super().__init__(typed, auto_id="refusal_%s")
        self.fields["words"].required = True


class RevocationForm(WordsForm):
    def __init__(self, typed: QueryDict | None = None) -> None:
        super().__init__(typed, auto_id="revocation_%s")
        self.fields["words"].required = True


class AccountForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("The name to sign in with. The account bears the person's name."),
    )


class MemberForm(forms.Form):
    """Whom of the team an act is about, and why."""

    origin = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    person = forms.CharField(max_length=50)
    words = forms.CharField(max_length=500, required=False)

    def named(self) -> dict[str, Any]:
        """What was sent of it; who is no one is of no team, which the service says."""
        if not self.is_valid():
            return {"origin": 0, "person": "", "words": "-"}
        return dict(self.cleaned_data)
