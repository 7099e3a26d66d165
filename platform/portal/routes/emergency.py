from __future__ import annotations

from django.urls import path

from portal.views import emergency

urlpatterns = [
    path("emergency/", emergency.index, name="emergency"),
    path("emergency/<int:number>/", emergency.detail, name="emergency-detail"),
    path("emergency/<int:number>/decide/", emergency.decide, name="emergency-decide"),
    path("emergency/<int:number>/open/", emergency.open_one, name="emergency-open"),
    path("emergency/<int:number>/end/", emergency.end, name="emergency-end"),
]
