"""The forms of codes and of the security policy. What they accept, the services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenancy.domain.roles import ROLE_TITLES, Role
from tenancy.domain.security import ALWAYS_NEED_A_FACTOR, BOUNDS, SecurityRules
from webui.language import spoken

LONGEST_CODE = 40


class CodeForm(forms.Form):
    """A code of the authenticator, or a recovery code."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=LONGEST_CODE,
        help_text=_("Six digits from your authenticator, or one of your recovery codes."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )


class FirstCodeForm(CodeForm):
    """The one that confirms the set-up: a recovery code is there afterwards."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Six digits, as the authenticator shows them now.")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SecurityPolicyForm(forms.Form):
    """The administrators are no choice: they sign in with a code in any case."""

    idle_minutes = forms.IntegerField(label=_("Minutes without use until one is signed out"))
    absolute_hours = forms.IntegerField(label=_("Hours until one has to sign in again"))
    step_up_minutes = forms.IntegerField(
        label=_("Minutes until a sensitive act asks again who acts")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["factor_roles"] = forms.TypedMultipleChoiceField(
            label=_("Besides the three administrators, these sign in with a code"),
            coerce=Role,
            required=False,
            choices=[
                (role.value, ROLE_TITLES[role][spoken()])
                for role in Role
                if role not in ALWAYS_NEED_A_FACTOR
            ],
            widget=forms.CheckboxSelectMultiple,
        )
        for name, (least, most) in BOUNDS.items():
            self.fields[name].widget.attrs |= {"min": least, "max": most}
            self.fields[name].help_text = _("%(least)s to %(most)s") % {
                "least": least,
                "most": most,
            }

    @classmethod
    def first_shown(cls, rules: SecurityRules) -> dict[str, Any]:
        figures = {name: getattr(rules, name) for name in BOUNDS}
        return figures | {"factor_roles": [role.value for role in rules.factor_roles]}

    def rules(self) -> SecurityRules:
        chosen = frozenset(self.cleaned_data["factor_roles"])
        figures = {name: self.cleaned_data[name] for name in BOUNDS}
        return SecurityRules(factor_roles=chosen | ALWAYS_NEED_A_FACTOR, **figures)
