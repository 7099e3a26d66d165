from __future__ import annotations

from django.urls import path

from portal.views import passwords, session, sign_ins

urlpatterns = [
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("sign-ins/", sign_ins.index, name="sign-ins"),
    path("sign-ins/everybody/", sign_ins.everybody, name="sign-ins-everybody"),
    path("sign-ins/<int:number>/end/", sign_ins.end, name="sign-in-end"),
    path("password/", passwords.own, name="password"),
    path("password-reset/<str:secret>/", passwords.reset, name="password-reset"),
    path("locks/", passwords.locks, name="locks"),
    path("locks/<int:number>/lift/", passwords.lift, name="lock-lift"),
    path("office/", session.office, name="office"),
    path("language/", session.language, name="language"),
]
