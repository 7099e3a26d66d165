"""Wiring only: every page is the portal's."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [path("", include("portal.urls"))]

handler403 = "portal.refusals.forbidden"
handler404 = "portal.refusals.not_found"
handler500 = "portal.refusals.broken"
