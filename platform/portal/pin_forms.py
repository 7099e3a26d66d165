"""Pins, as they are typed. Each form makes one pin of the exchange format; its fields carry the
pin's own keys, so that a refusal finds its way back to them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from portal.tie_forms import choosable, worded
from scheduling.domain.vocabulary import TEAM_ROLES
from scheduling.mapping.pins import Pinnable

Pin = dict[str, Any]
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PinForm(forms.Form):
    """`what` tells the forms of the page apart; only the one that was sent is bound."""

    what = ""

    def __init__(self, known: Pinnable, typed: QueryDict | None) -> None:
        mine = typed if typed is not None and typed.get("what") == self.what else None
        super().__init__(mine, auto_id=f"id_{self.what}_%s")
        self.add_fields()
        self.order_fields(self.field_order)
        self.fields["what"] = forms.CharField(widget=forms.HiddenInput, initial=self.what)
        for name in self.fields:
            ids = known.named_by(name)
            if ids is not None:
                choosable(self.fields[name]).choices = [("", "—"), *ids.items()]

    def add_fields(self) -> None:
        """Those that a class cannot name."""

    def content(self) -> Pin:
        raise NotImplementedError


class PersonPinForm(PinForm):
    what = "person"
    inspector = forms.ChoiceField(label=_("Person"))
    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        initial="in",
        choices=(
            ("in", _("is in the team")),
            ("forbid", _("is not in the team")),
            ("out", _("is out of the round")),
        ),
    )
    team = forms.ChoiceField(label=_("Team"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)

    def __init__(self, known: Pinnable, typed: QueryDict | None) -> None:
        super().__init__(known, typed)
        choosable(self.fields["role"]).choices = [("", _("any role")), *worded(TEAM_ROLES)]

    def content(self) -> Pin:
        typed = self.cleaned_data
        if typed["decision"] == "out":
            return {"inspector": typed["inspector"], "out": True}
        pin = {"inspector": typed["inspector"], "team": typed["team"]}
        if typed["decision"] == "forbid":
            return {**pin, "forbid": True}
        return {**pin, **({"role": typed["role"]} if typed["role"] else {})}


class UnitPinForm(PinForm):
    what = "unit"
    unit = forms.ChoiceField(label=_("Unit"))
    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        initial="in",
        choices=(("in", _("is visited by the team")), ("out", _("is out of the round"))),
    )
    team = forms.ChoiceField(label=_("Team"), required=False)
    start = forms.DateField(
        label=_("First day of the visit"),
        required=False,
        widget=DATE,
        help_text=_("Left empty: any day."),
    )

    def content(self) -> Pin:
        typed = self.cleaned_data
        if typed["decision"] == "out":
            return {"unit": typed["unit"], "out": True}
        start = {"start": typed["start"].isoformat()} if typed["start"] else {}
        return {"unit": typed["unit"], "team": typed["team"], **start}


class ArcPinForm(PinForm):
    """`from` is a word of Python, so the two counties are put in by name."""

    what = "arc"
    decision = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        initial="must",
        choices=(("must", _("sends people there")), ("forbid", _("sends nobody there"))),
    )
    field_order = ("from", "to", "decision")

    def add_fields(self) -> None:
        self.fields["from"] = forms.ChoiceField(label=_("County that sends"))
        self.fields["to"] = forms.ChoiceField(label=_("County that is inspected"))

    def content(self) -> Pin:
        typed = self.cleaned_data
        pin = {"from": typed["from"], "to": typed["to"]}
        return {**pin, "forbid": True} if typed["decision"] == "forbid" else pin


class UnpinForm(forms.Form):
    """A pin as its line carries it."""

    content = forms.CharField(widget=forms.HiddenInput)

    def pin(self) -> Mapping[str, Any]:
        """What is none, too deep or of half characters is a pin that does not stand."""
        text = self.cleaned_data["content"] if self.is_valid() else "{}"
        try:
            content = json.loads(text)
            json.dumps(content, ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            return {}
        return content if isinstance(content, dict) else {}
