"""Naming somebody of a team to a post, as it is typed."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from sharing.domain.posts import Post


class PersonForm(forms.Form):
    """`person`: the office that sent them and their number there."""

    post = forms.ChoiceField(choices=[(one.value, one.value) for one in Post])
    person = forms.RegexField(regex=r"^\d{1,18}:.{1,50}$")

    @property
    def given(self) -> dict[str, object]:
        origin, _colon, person = self.cleaned_data["person"].partition(":")
        return {
            "post": Post(self.cleaned_data["post"]),
            "origin": int(origin),
            "person": person,
        }


class NameForm(PersonForm):
    """The people whom one post is still open to."""

    def __init__(
        self, typed: QueryDict | None, post: Post, people: Sequence[tuple[str, str]] = ()
    ) -> None:
        super().__init__(typed, initial={"post": post})
        self.fields["post"].widget = forms.HiddenInput(attrs={"id": f"post-{post}"})
        self.fields["person"] = forms.ChoiceField(
            label=_("Person"),
            choices=[("", "—"), *people],
            widget=forms.Select(attrs={"id": f"person-{post}"}),
        )


class SettingForm(forms.Form):
    post = forms.ChoiceField(choices=[(one.value, one.value) for one in Post])
    for_outsiders = forms.TypedChoiceField(
        choices=[("yes", "yes"), ("no", "no")], coerce=lambda word: word == "yes"
    )
