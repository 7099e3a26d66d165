"""Wiring only: the endpoints of all houses, under one address and one version."""

from __future__ import annotations

from httpapi import routes as httpapi
from scheduling.api import routes as scheduling
from sharing.api import routes as sharing

app_name = "api"

HOUSES = (httpapi, scheduling, sharing)

urlpatterns = [pattern for house in HOUSES for pattern in house.urlpatterns]
