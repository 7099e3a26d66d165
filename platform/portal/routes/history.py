from __future__ import annotations

from django.urls import path

from portal.views import history

urlpatterns = [
    path("history/", history.figures, name="history"),
]
