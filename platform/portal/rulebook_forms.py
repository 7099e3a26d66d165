"""Searching the rule library and uploading a workbook of rules, as it is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_NUMBER = 2**63 - 1


class RulesForm(forms.Form):
    q = forms.CharField(label=_("Title, pinyin, article or words"), required=False, max_length=100)
    on = forms.DateField(
        label=_("As in force on"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("Left empty: as of today."),
    )

    @property
    def is_searched(self) -> bool:
        return bool(self.is_valid() and self.cleaned_data["q"])

    def asked(self) -> dict[str, Any]:
        """What cannot be read asks for nothing."""
        if not self.is_valid():
            return {"search": "", "on": None}
        return {"search": self.cleaned_data["q"], "on": self.cleaned_data["on"]}


class EditionForm(forms.Form):
    """Which edition of a text is looked at; what is no number is none."""

    edition = forms.IntegerField(min_value=1, max_value=LONGEST_NUMBER, required=False)

    def asked(self) -> int:
        return (self.cleaned_data["edition"] or 0) if self.is_valid() else 0


class RuleUploadForm(forms.Form):
    file = forms.FileField(
        label=_("Workbook (.xlsx) or CSV"),
        allow_empty_file=True,
        error_messages={"required": _("No file was chosen. Choose the workbook to upload.")},
        help_text=_("One row an article, up to 3,000 rows. No formulas, no macros, no password."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def draft(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {"file_name": file.name, "content": file.chunks()}
