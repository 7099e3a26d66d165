from __future__ import annotations

from django.urls import path

from portal.views import who_may

urlpatterns = [
    path("who-may/", who_may.page, name="who-may"),
]
