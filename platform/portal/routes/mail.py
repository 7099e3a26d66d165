from __future__ import annotations

from django.urls import path

from portal.views import mail

urlpatterns = [
    path("mail/", mail.index, name="mail"),
    path("mail/confirm/", mail.confirm, name="mail-confirm"),
    path("mail/end/", mail.end, name="mail-end"),
]
