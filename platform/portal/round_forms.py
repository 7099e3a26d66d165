"""The forms of a round. They read what was typed; the services decide what of it holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.forms import BaseFormSet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.forms import SetField, TickForm
from scheduling.domain.profiles import PROFILES
from scheduling.domain.vocabulary import SKILLS
from scheduling.selectors.round_units import UnitLine
from scheduling.services.calling import CallDraft
from scheduling.services.round_drafts import TeamDraft, UnitChoice, uniform_teams
from webui.language import spoken

F = TypeVar("F", bound=forms.Form)
MOST_TEAMS = 60
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def date_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=help_text, widget=DATE)


def number_field(
    label: Any, least: int, most: int, *, required: bool = True, help_text: Any = "", **more: Any
) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        required=required,
        help_text=help_text,
        **more,
    )


def mode_choices() -> list[tuple[str, str]]:
    colon = ": " if spoken() == "en" else "："
    return [
        (profile.code, f"{profile.title[spoken()]}{colon}{profile.sentence[spoken()]}")
        for profile in PROFILES
    ]


class WindowForm(forms.Form):
    name = forms.CharField(label=_("Name of the round"), max_length=100)
    starts_on = date_field(_("Starts on"))
    ends_on = date_field(_("Ends on"))


class CalendarForm(TickForm):
    """The days ticked as worked."""

    worked = SetField(date.fromisoformat)


def mode_field(help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Mode"),
        widget=forms.RadioSelect,
        choices=mode_choices,
        initial=PROFILES[0].code,
        help_text=help_text,
    )


class ModeForm(forms.Form):
    mode = mode_field(_("Every parameter below is replaced by those of the mode."))


class RoundForm(WindowForm):
    """A new round, with teams that are alike; both can be changed one by one later."""

    mode = mode_field()
    teams = number_field(_("Number of teams"), 1, MOST_TEAMS, initial=8)
    size_min = number_field(_("People in a team, at least"), 1, 30, initial=5)
    size_max = number_field(_("People in a team, at most"), 1, 30, initial=7)
    deputies_min = number_field(_("Deputies, at least"), 0, 10, initial=1)
    deputies_max = number_field(_("Deputies, at most"), 0, 10, initial=2)
    max_units = number_field(
        _("Units per team, at most"),
        1,
        50,
        required=False,
        help_text=_("Left empty: as many as the dates allow."),
    )

    def draft(self) -> dict[str, Any]:
        typed = self.cleaned_data
        teams = uniform_teams(
            typed["teams"],
            size=(typed["size_min"], typed["size_max"]),
            deputies=(typed["deputies_min"], typed["deputies_max"]),
            max_units=typed["max_units"],
        )
        plain = {key: typed[key] for key in ("name", "starts_on", "ends_on", "mode")}
        return {**plain, "teams": teams}


class TeamForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=20)
    name = forms.CharField(label=_("Name"), max_length=50)
    size_min = number_field(_("People, at least"), 1, 30)
    size_max = number_field(_("People, at most"), 1, 30)
    deputies_min = number_field(_("Deputies, at least"), 0, 10)
    deputies_max = number_field(_("Deputies, at most"), 0, 10)
    concurrency = number_field(_("Visits at a time"), 1, 10, initial=1)
    max_units = number_field(_("Units, at most"), 1, 50, required=False)

    def draft(self) -> TeamDraft:
        typed = self.cleaned_data
        return TeamDraft(
            code=typed["code"],
            name=typed["name"],
            size=(typed["size_min"], typed["size_max"]),
            deputies=(typed["deputies_min"], typed["deputies_max"]),
            concurrency=typed["concurrency"],
            max_units=typed["max_units"],
        )


TeamFormSet = forms.formset_factory(
    TeamForm, extra=1, can_delete=True, can_delete_extra=False, max_num=MOST_TEAMS
)


class UnitForm(forms.Form):
    chosen = forms.BooleanField(label=_("In the round"), required=False)
    mandatory = forms.BooleanField(label=_("Must be visited"), required=False)
    priority = forms.IntegerField(label=_("Priority"))
    days = forms.IntegerField(label=_("Working days"))
    earliest = date_field(_("Not before"), required=False)
    latest = date_field(_("Finish by"), required=False)

    line: UnitLine

    @classmethod
    def showing(cls, line: UnitLine, data: QueryDict | None) -> UnitForm:
        settled = {key: getattr(line, key) for key in cls.base_fields}
        form = cls(data, prefix=f"unit-{line.number}", initial=settled)
        form.line = line
        return form

    def choice(self) -> UnitChoice:
        typed = self.cleaned_data
        return UnitChoice(
            county=self.line.county,
            code=self.line.code,
            chosen=typed["chosen"],
            mandatory=typed["mandatory"],
            priority=typed["priority"],
            days=typed["days"],
            earliest=typed["earliest"],
            latest=typed["latest"],
        )


class CallForm(forms.Form):
    """Whom to ask for how many. One number for each office that is called on."""

    people = number_field(_("People requested from each office"), 1, 500, initial=20)
    answer_by = date_field(_("Reply by"), required=False)

    def __init__(self, offices: Mapping[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["offices"] = forms.TypedMultipleChoiceField(
            label=_("Offices to notify"),
            coerce=int,
            choices=list(offices.items()),
            initial=list(offices),
            widget=forms.CheckboxSelectMultiple,
        )
        for code, word in SKILLS.items():
            self.fields[f"skill_{code}"] = number_field(word.text[spoken()], 0, 500, required=False)

    def draft(self) -> CallDraft:
        typed = self.cleaned_data
        return CallDraft(
            offices=typed["offices"],
            people=typed["people"],
            skills={code: typed[f"skill_{code}"] or 0 for code in SKILLS},
            answer_by=typed["answer_by"],
        )

    @property
    def skill_fields(self) -> list[forms.BoundField]:
        return [self[f"skill_{code}"] for code in SKILLS]


class DistanceForm(forms.Form):
    km = number_field(_("Kilometres"), 0, 5000)

    def __init__(self, *args: Any, offices: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["a"] = _one_of(offices, _("First office"))
        self.fields["b"] = _one_of(offices, _("Second office"))
        self.order_fields(["a", "b", "km"])

    def draft(self) -> tuple[str, str, int]:
        return (self.cleaned_data["a"], self.cleaned_data["b"], self.cleaned_data["km"])


class PastArcForm(forms.Form):
    ago = number_field(_("Rounds ago"), 1, 50)

    def __init__(self, *args: Any, offices: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["origin"] = _one_of(offices, _("Sending county"))
        self.fields["host"] = _one_of(offices, _("County inspected"))
        self.order_fields(["origin", "host", "ago"])

    def draft(self) -> tuple[str, str, int]:
        typed = self.cleaned_data
        return (typed["origin"], typed["host"], typed["ago"])


def _one_of(offices: Mapping[str, str], label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", "—"), *offices.items()])


DistanceFormSet = forms.formset_factory(
    DistanceForm, extra=2, can_delete=True, can_delete_extra=False
)
PastArcFormSet = forms.formset_factory(
    PastArcForm, extra=2, can_delete=True, can_delete_extra=False
)


def kept(rows: BaseFormSet[F]) -> list[F]:
    """The rows that something stands in and that are not to go, in their order."""
    return [row for row in rows if row.cleaned_data and not row.cleaned_data.get("DELETE")]


SCOPES = [("off", _("Off")), ("leaders", _("Leaders and deputies")), ("all", _("Everybody"))]
RECIPROCITY = [
    ("off", _("Off")),
    ("leaders", _("Leaders only")),
    ("members", _("Everybody in a team")),
]
ROLES = [("leader", _("Leader")), ("deputy", _("Deputy leader")), ("member", _("Member"))]
NO_LIMIT = 99


class PolicyForm(forms.Form):
    """Every rule parameter of the exchange format's `policy`, in words."""

    home_offices_min = number_field(_("Home counties in a team, at least"), 0, NO_LIMIT)
    home_offices_max = number_field(
        _("Home counties in a team, at most"),
        0,
        NO_LIMIT,
        help_text=_("1 and 1: whole teams of one county. 99: no limit."),
    )
    host_seats_max = number_field(
        _("Host seats in each county inspected"),
        0,
        NO_LIMIT,
        help_text=_("0: nobody from the county inspected is in the team."),
    )
    host_seats_roles = forms.MultipleChoiceField(
        label=_("Roles open to people of the host county"),
        choices=ROLES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    team_counties = number_field(_("Counties that a team visits, at most"), 1, NO_LIMIT)
    office_targets = number_field(_("Counties that one county inspects, at most"), 1, NO_LIMIT)
    office_sources = number_field(_("Counties that inspect one county, at most"), 1, NO_LIMIT)
    per_office_max = number_field(_("People from one county in a team, at most"), 1, NO_LIMIT)
    reciprocity = forms.ChoiceField(label=_("No mutual inspection"), choices=RECIPROCITY)
    repeat_rounds = number_field(
        _("Rounds before a county is sent to the same county again"), 0, NO_LIMIT
    )
    former_post_years = number_field(_("Years for which a former post bars a unit"), 0, NO_LIMIT)
    former_post_total_years = number_field(
        _("Years of service in all that bar a unit permanently"),
        0,
        NO_LIMIT,
        required=False,
        help_text=_("Left empty: length of service plays no part."),
    )
    system = forms.ChoiceField(label=_("Recusal from one's own system"), choices=SCOPES)
    native = forms.ChoiceField(
        label=_("Recusal from native place and place of upbringing"), choices=SCOPES
    )
    home_unit_quota = number_field(_("People from one home unit, at most"), 0, NO_LIMIT)
    revisit_rounds = number_field(
        _("Rounds before a person inspects the same unit again"), 0, NO_LIMIT
    )
    max_absence_days = number_field(_("Days of absence during the visits, at most"), 0, 366)
    experienced = number_field(_("People with experience of a round in a team, at least"), 0, 30)
    recent_days_cap = number_field(
        _("Days of service in twelve months, at most"),
        0,
        366,
        required=False,
        help_text=_("Left empty: no limit."),
    )

    @classmethod
    def showing(cls, policy: Mapping[str, Any], data: QueryDict | None) -> PolicyForm:
        plain = {key: value for key, value in policy.items() if key in cls.base_fields}
        return cls(
            data,
            initial={
                **plain,
                "home_offices_min": policy["home_offices"][0],
                "home_offices_max": policy["home_offices"][1],
                "host_seats_max": policy["host_seats"]["max"],
                "host_seats_roles": policy["host_seats"]["roles"],
            },
        )

    def policy(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """What was typed, over the stored policy: the objective is not on this form."""
        typed = dict(self.cleaned_data)
        return {
            **stored,
            "home_offices": [typed.pop("home_offices_min"), typed.pop("home_offices_max")],
            "host_seats": {
                "max": typed.pop("host_seats_max"),
                "roles": typed.pop("host_seats_roles"),
            },
            **typed,
        }
