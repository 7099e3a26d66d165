"""Handing in a file, on the page of whatever it belongs to; and asking for an original."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sharing.services.attaching import LONGEST_REASON


class AttachForm(forms.Form):
    """`draft` is what the record's own service hands on to `take_in`."""

    file = forms.FileField(
        label=_("File to hand in"),
        allow_empty_file=True,
        error_messages={"required": _("No file was chosen. Choose the file to hand in.")},
        help_text=_(
            "PDF (30 MB), docx, xlsx, JPEG, PNG, WebP (20 MB each) or plain text (5 MB). It is"
            " sealed as it is; everybody else gets a copy without author, place, device and other"
            " traces."
        ),
        widget=forms.FileInput(
            attrs={"accept": ".pdf,.docx,.xlsx,.jpg,.jpeg,.png,.webp,.txt,.csv"}
        ),
    )

    def draft(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {"file_name": file.name, "content": file.chunks()}


class EvidenceFileForm(AttachForm):
    """For one line of a paper's evidence."""

    line = forms.IntegerField(min_value=1, max_value=1_000, widget=forms.HiddenInput)

    def draft(self) -> dict[str, Any]:
        return {**super().draft(), "line": self.cleaned_data["line"]}


class OriginalForm(forms.Form):
    reason = forms.CharField(
        label=_("Why the original is needed"),
        max_length=LONGEST_REASON,
        help_text=_(
            "Which question the copy does not answer, and on whose order. It goes on record."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
