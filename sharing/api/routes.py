"""This house's addresses below /api/v1/."""

from __future__ import annotations

from django.urls import path

from sharing.api import history

urlpatterns = [
    path("history-figures", history.Figures.as_view(), name="history-figures"),
]
