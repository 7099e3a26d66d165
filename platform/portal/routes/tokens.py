from __future__ import annotations

from django.urls import path

from portal.views import tokens

urlpatterns = [
    path("tokens/", tokens.index, name="tokens"),
    path("tokens/everybody/", tokens.everybody, name="tokens-everybody"),
    path("tokens/everybody/revoke/", tokens.revoke_any, name="token-revoke-any"),
    path("tokens/<int:number>/revoke/", tokens.revoke, name="token-revoke"),
]
