"""Wiring only: pages are the portal's, endpoints their houses'."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("config.api")),
    path("", include("portal.urls")),
]

handler403 = "portal.refusals.forbidden"
handler404 = "portal.refusals.not_found"
handler500 = "portal.refusals.broken"
