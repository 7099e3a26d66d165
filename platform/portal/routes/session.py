from __future__ import annotations

from django.urls import path

from portal.views import session

urlpatterns = [
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("office/", session.office, name="office"),
    path("language/", session.language, name="language"),
]
