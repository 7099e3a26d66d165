"""Forms of a plan's way: words that go with a step, and an office's objections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from scheduling.selectors.dispatch import PersonAsked

LONGEST_WORDS = 500
LONGEST_OBJECTION = 300


class WordsForm(forms.Form):
    """Why a step is taken. Which step needs it, the service says."""

    words = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ObjectionForm(forms.Form):
    """A line for each person of the list; a blank one is no objection."""

    def __init__(self, people: Sequence[PersonAsked], *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]
        self.people = people
        # `words` stands for all of them: “say something” concerns none in particular.
        self.fields["words"] = forms.CharField(required=False, widget=forms.HiddenInput)
        for place, person in enumerate(people):
            self.fields[f"person_{place}"] = forms.CharField(
                label=_("Objection to %(name)s") % {"name": person.name},
                required=False,
                max_length=LONGEST_OBJECTION,
                initial=person.objection,
            )

    def rows(self) -> Iterator[tuple[PersonAsked, forms.BoundField]]:
        for place, person in enumerate(self.people):
            yield person, self[f"person_{place}"]

    def objections(self) -> dict[str, str]:
        typed = {
            person.number: self.cleaned_data[f"person_{place}"]
            for place, person in enumerate(self.people)
        }
        return {number: words for number, words in typed.items() if words}
