from __future__ import annotations

from django.urls import path

from portal.views import home

urlpatterns = [
    path("", home.desk, name="home"),
]
