from __future__ import annotations

from django.urls import path

from portal.views import rosters

urlpatterns = [
    path("roster/", rosters.roster, name="roster"),
    path("roster/<int:number>/", rosters.person, name="person"),
    path("units/", rosters.units, name="units"),
]
