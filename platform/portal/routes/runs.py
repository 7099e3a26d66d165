from __future__ import annotations

from django.urls import path

from portal.views import runs

urlpatterns = [
    path("rounds/<int:number>/run/", runs.start, name="run-start"),
    path("runs/<int:number>/", runs.detail, name="run-detail"),
    path("runs/<int:number>/cancel/", runs.cancel, name="run-cancel"),
]
