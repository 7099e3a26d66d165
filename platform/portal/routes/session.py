from __future__ import annotations

from django.urls import path

from portal.views import passwords, second_factor, security, session, sign_ins

urlpatterns = [
    path("sign-in/", session.sign_in, name="sign-in"),
    path("sign-in/code/", session.sign_in_code, name="sign-in-code"),
    path("sign-out/", session.sign_out, name="sign-out"),
    path("sign-ins/", sign_ins.index, name="sign-ins"),
    path("sign-ins/everybody/", sign_ins.everybody, name="sign-ins-everybody"),
    path("sign-ins/<int:number>/end/", sign_ins.end, name="sign-in-end"),
    path("password/", passwords.own, name="password"),
    path("password-reset/<str:secret>/", passwords.reset, name="password-reset"),
    path("locks/", passwords.locks, name="locks"),
    path("locks/<int:number>/lift/", passwords.lift, name="lock-lift"),
    path("second-factor/", second_factor.index, name="second-factor"),
    path("second-factor/begin/", second_factor.begin, name="second-factor-begin"),
    path("second-factor/confirm/", second_factor.confirm, name="second-factor-confirm"),
    path("second-factor/renew/", second_factor.renew, name="second-factor-renew"),
    path("second-factor/give-up/", second_factor.give_up, name="second-factor-give-up"),
    path("second-factors/", security.factors, name="second-factors"),
    path("second-factors/<int:number>/reset/", security.reset, name="second-factor-reset"),
    path("security-policy/", security.policy, name="security-policy"),
    path("office/", session.office, name="office"),
    path("language/", session.language, name="language"),
]
