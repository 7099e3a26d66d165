from __future__ import annotations

from django.urls import path

from portal.views import letters

urlpatterns = [
    path("letters/", letters.index, name="letters"),
    path("letters/new/", letters.new, name="letter-new"),
    path("letters/<int:number>/", letters.detail, name="letter-detail"),
    path("letters/<int:number>/edit/", letters.edit, name="letter-edit"),
    path("letters/<int:number>/act/", letters.act, name="letter-act"),
    path("letters/<int:number>/reply/", letters.reply, name="letter-reply"),
    path(
        "letters/<int:number>/reply-files/",
        letters.reply_files,
        name="letter-reply-files",
    ),
    path("letters/<int:number>/urge/", letters.urge, name="letter-urge"),
    path("inbox/", letters.inbox, name="inbox"),
]
