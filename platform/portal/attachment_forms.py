"""Handing in a file, on the page of whatever it belongs to; and asking for an original."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sharing.attachments.kinds import MB
from sharing.services.attaching import LONGEST_REASON, Upload

ACCEPT = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png,.webp,.txt,.csv"
MOST_FILES = 10


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
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )

    def draft(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {"file_name": file.name, "content": file.chunks()}


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several at once, or none. What each is, `take_in` judges by its content."""

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        sent = [one for one in data or () if one]
        files = [super(FilesField, self).clean(one, initial) for one in sent]
        if len(files) > MOST_FILES:
            raise forms.ValidationError(
                _("At most %(most)s files at once; further ones can follow."),
                params={"most": MOST_FILES},
            )
        # Beyond it nothing of a request is kept (`httpapi.uploads`): the last file would be cut off.
        if sum(one.size for one in files) > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                _("Together they are more than %(most)s MB; hand some of them in afterwards."),
                params={"most": settings.UPLOAD_MAX_BYTES // MB},
            )
        return [Upload(one.name, one.chunks()) for one in files]


def files_field() -> FilesField:
    return FilesField(
        label=_("Files"),
        required=False,
        allow_empty_file=True,
        help_text=_(
            "PDF, docx, xlsx, JPEG, PNG, WebP or plain text, together up to 30 MB; further ones can"
            " follow. Readers get cleaned copies, the originals are sealed."
        ),
        widget=FilesInput(attrs={"accept": ACCEPT, "multiple": True}),
    )


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
