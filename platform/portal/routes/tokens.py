from __future__ import annotations

from django.urls import path

from portal.views import tokens

urlpatterns = [
    path("tokens/", tokens.index, name="tokens"),
    path("tokens/<int:number>/revoke/", tokens.revoke, name="token-revoke"),
]
