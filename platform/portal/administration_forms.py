"""The forms of the three administrators. What they accept, the services decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenancy.domain.deputies import withholdable
from tenancy.domain.roles import PERMISSION_TITLES, ROLE_TITLES, Permission, Role
from tenancy.models import Office, User
from tenancy.services.seats import SeatInForce
from webui.language import spoken


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SeatForm(forms.Form):
    """Whom to propose for which seat."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        help_text=_("The name to sign in with. The system administrator makes the account first."),
    )
    since_on = forms.DateField(
        label=_("First day in the seat"),
        required=False,
        widget=_day(),
        help_text=_("Left empty: today."),
    )
    until_on = forms.DateField(
        label=_("First day without"),
        required=False,
        widget=_day(),
        help_text=_("Left empty: no end."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(
        self, offices: Iterable[Office], roles: Sequence[Role], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"] = forms.TypedChoiceField(
            label=_("Office"),
            coerce=int,
            choices=_chosen_first(
                [(one.pk, one.short_name) for one in offices if one.closed_on is None]
            ),
        )
        self.fields["role"] = forms.TypedChoiceField(
            label=_("Seat"),
            coerce=Role,
            choices=_chosen_first([(role.value, ROLE_TITLES[role][spoken()]) for role in roles]),
        )
        self.order_fields(["office", "username", "role", "since_on", "until_on", "reason"])


class TransferForm(forms.Form):
    """Who moves from which office to which seat in another."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    since_on = forms.DateField(
        label=_("First day in the new office"),
        required=False,
        widget=_day(),
        help_text=_("Left empty: the day of the decision."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(
        self, offices: Iterable[Office], roles: Sequence[Role], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (one.pk, one.short_name)
            for one in offices
            if one.closed_on is None and one.kind != Office.Kind.PLATFORM
        ]
        for name, label in (("office", _("From the office")), ("to_office", _("To the office"))):
            self.fields[name] = forms.TypedChoiceField(
                label=label, coerce=int, choices=_chosen_first(choices)
            )
        self.fields["role"] = forms.TypedChoiceField(
            label=_("Seat in the new office"),
            coerce=Role,
            choices=_chosen_first([(role.value, ROLE_TITLES[role][spoken()]) for role in roles]),
        )
        self.order_fields(["username", "office", "to_office", "role", "since_on", "reason"])


class DeputyForm(forms.Form):
    """Who stands in for whom. `people`: colleagues to choose from; None: a name is typed."""

    since_on = forms.DateField(
        label=_("First day of the deputy"),
        required=False,
        widget=_day(),
        help_text=_("Left empty: the day of the decision."),
    )
    until_on = forms.DateField(
        label=_("First day without the deputy"),
        widget=_day(),
        help_text=_("At most 90 days after the first one."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500)

    def __init__(
        self,
        seats: Sequence[SeatInForce],
        people: Iterable[User] | None,
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"] = forms.TypedChoiceField(
            label=_("Whose seat"),
            coerce=int,
            choices=[(seat.number, _whose(seat, people is None)) for seat in seats],
        )
        if people is None:
            self.fields["username"] = forms.CharField(
                label=_("User name of the deputy"),
                max_length=150,
                widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
            )
        else:
            self.fields["person"] = forms.TypedChoiceField(
                label=_("Deputy"),
                coerce=int,
                choices=_chosen_first([(one.pk, one.display_name) for one in people]),
                help_text=_("Directors, schedulers and clerks of your office."),
            )
        passable = frozenset[Permission]().union(
            *(withholdable(seat.role, seat.office.kind) for seat in seats)
        )
        self.fields["withheld"] = forms.TypedMultipleChoiceField(
            label=_("What is not passed on"),
            required=False,
            coerce=Permission,
            choices=[
                (one.value, PERMISSION_TITLES[one][spoken()])
                for one in Permission
                if one in passable
            ],
            widget=forms.CheckboxSelectMultiple,
            help_text=_(
                "Never passed on, whatever is ticked: giving seats, naming handlers and deputies,"
                " reading the record, tokens, emergency access, unmasked documents."
            ),
        )
        self.order_fields(
            ["seat", "person", "username", "since_on", "until_on", "withheld", "reason"]
        )


def _whose(seat: SeatInForce, is_of_many_offices: bool) -> str:
    words = f"{seat.person.display_name} · {ROLE_TITLES[seat.role][spoken()]}"
    return f"{seat.office.short_name} · {words}" if is_of_many_offices else words


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)


class DecisionForm(forms.Form):
    verdict = forms.ChoiceField(choices=[("yes", ""), ("no", "")])
    reason = forms.CharField(max_length=500, required=False)


class AccountForm(forms.Form):
    """A new account: its person sets the password by the link."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    display_name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=100)
    expires_on = forms.DateField(
        label=_("Account ends on"),
        required=False,
        widget=_day(),
        help_text=_("The first day without. Left empty: no end."),
    )


class AccountTermForm(forms.Form):
    is_open = forms.BooleanField(label=_("The account is open"), required=False)
    expires_on = forms.DateField(
        label=_("Account ends on"),
        required=False,
        widget=_day(),
        help_text=_("The first day without. Left empty: no end."),
    )

    @classmethod
    def of(cls, account: User) -> AccountTermForm:
        return cls(initial={"is_open": account.is_active, "expires_on": account.expires_on})


class NewOfficeForm(forms.Form):
    code = forms.SlugField(
        label=_("Code"), max_length=40, help_text=_("Short and lasting, for instance zhoushan.")
    )
    name = forms.CharField(label=_("Full name"), max_length=100)
    short_name = forms.CharField(label=_("Short name"), max_length=20)

    def __init__(self, offices: Iterable[Office], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [kind for kind in Office.Kind if kind is not Office.Kind.PLATFORM]
        self.fields["kind"] = forms.ChoiceField(
            label=_("Kind"), choices=_chosen_first([(kind.value, kind.label) for kind in kinds])
        )
        self.fields["parent"] = _office_choice(_("Under"), offices)


class OfficeNameForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=100)
    short_name = forms.CharField(label=_("Short name"), max_length=20)


class AbolishForm(forms.Form):
    """`is_sure` is ticked by whoever read that it cannot be undone."""

    is_sure = forms.BooleanField(label=_("I have read this, and the office is to be abolished"))

    def __init__(self, offices: Iterable[Office], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["successor"] = _office_choice(_("Successor"), offices)
        self.order_fields(["successor", "is_sure"])


class FirstPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        max_length=1024,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=lazy(lambda: " ".join(password_validators_help_texts()), str)(),
    )


def _chosen_first(choices: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Of several none is taken by itself: somebody has to choose."""
    return choices if len(choices) == 1 else [("", _("Choose …")), *choices]


def _office_choice(label: Any, offices: Iterable[Office]) -> forms.TypedChoiceField:
    open_ones = [
        (one.pk, one.short_name)
        for one in offices
        if one.closed_on is None and one.kind != Office.Kind.PLATFORM
    ]
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("none")), *open_ones],
    )
