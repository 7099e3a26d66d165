from __future__ import annotations

from django.urls import path

from portal.views import my_seat

urlpatterns = [
    path("my-seat/", my_seat.page, name="my-seat"),
]
