"""Adding a class of findings, as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sharing.domain.dictionary import FRAME_TITLES, Frame
from sharing.selectors.dictionary import HeadingLine
from webui.language import spoken


class CategoryForm(forms.Form):
    """Under a heading in use; or, where level 1 is the office's own, as a further heading."""

    title = forms.CharField(label=_("Title of the class"), max_length=200)

    def __init__(
        self, headings: Sequence[HeadingLine], may_add_headings: bool, typed: QueryDict | None
    ) -> None:
        super().__init__(typed)
        under = [(str(one.heading.pk), str(one.heading)) for one in headings]
        further = [
            (
                frame.value,
                _("A further heading: %(frame)s") % {"frame": FRAME_TITLES[frame][spoken()]},
            )
            for frame in Frame
            if may_add_headings
        ]
        self.fields["heading"] = forms.ChoiceField(
            label=_("Where it stands"), choices=[("", "—"), *under, *further]
        )

    def draft(self) -> dict[str, Any]:
        place = self.cleaned_data["heading"]
        told = {"frame": Frame(place)} if place in list(Frame) else {"heading": int(place)}
        return {"title": self.cleaned_data["title"]} | told


class IssueForm(forms.Form):
    remark = forms.CharField(
        label=_("What is new in it"),
        max_length=500,
        required=False,
        help_text=_("The directors of the counties read it before they take the edition over."),
    )


class MoveForm(forms.Form):
    towards = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])
