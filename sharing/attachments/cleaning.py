"""The derivative of a file: by its kind, one way for each."""

from __future__ import annotations

from sharing.attachments.kinds import PICTURES, Cleaned, Kind
from sharing.attachments.office import cleaned_office
from sharing.attachments.pdf import cleaned_pdf
from sharing.attachments.pictures import cleaned_picture


def cleaned(kind: Kind, content: bytes) -> Cleaned:
    """`FileRefused`: it cannot be made, in words. Meant for a process of its own (`outside`)."""
    if kind in PICTURES:
        return cleaned_picture(kind, content)
    if kind is Kind.PDF:
        return cleaned_pdf(content)
    if kind is Kind.TEXT:
        return Cleaned(content)  # nothing but its bytes
    return cleaned_office(kind, content)
