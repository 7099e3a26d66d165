"""Uploading a ledger, and looking for past lines, as it is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class LedgerUploadForm(forms.Form):
    file = forms.FileField(
        label=_("Workbook (.xlsx) or CSV"),
        allow_empty_file=True,
        error_messages={"required": _("No file was chosen. Choose the workbook to upload.")},
        help_text=_("One line a row, up to 10,000 rows. No formulas, no macros, no password."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def draft(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {"file_name": file.name, "content": file.chunks()}
