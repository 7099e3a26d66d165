from __future__ import annotations

from django.urls import path

from portal.views import exchange

urlpatterns = [
    path("rounds/<int:number>/exchange/", exchange.detail, name="round-exchange"),
    path("rounds/<int:number>/exchange/freeze/", exchange.freeze, name="round-freeze"),
    path("rounds/<int:number>/exchange/masked/", exchange.masked, name="round-masked"),
    path("rounds/<int:number>/exchange/unmasked/", exchange.unmasked, name="round-unmasked"),
    path("plans/<int:number>/document/", exchange.plan_json, name="plan-document"),
    path("plans/<int:number>/teams/", exchange.teams, name="plan-teams"),
    path("sealed/<int:number>/take/", exchange.take, name="sealed-take"),
]
