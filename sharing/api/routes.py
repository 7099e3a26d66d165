"""This house's addresses below /api/v1/."""

from __future__ import annotations

from django.urls import path

from sharing.api import attachments, history

urlpatterns = [
    path("attachments/<int:number>", attachments.OneAttachment.as_view(), name="attachment"),
    path(
        "attachments/<int:number>/file",
        attachments.AttachmentFile.as_view(),
        name="attachment-file",
    ),
    path("history-figures", history.Figures.as_view(), name="history-figures"),
]
