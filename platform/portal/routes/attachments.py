from __future__ import annotations

from django.urls import path

from portal.views import attachments

urlpatterns = [
    path("attachments/<int:number>/", attachments.detail, name="attachment"),
    path("attachments/<int:number>/file/", attachments.file, name="attachment-file"),
    path("attachments/<int:number>/original/", attachments.original, name="attachment-original"),
]
