from __future__ import annotations

from django.urls import path

from portal.views import rosters

urlpatterns = [
    path("roster/", rosters.roster, name="roster"),
    path("roster/xlsx/", rosters.roster_xlsx, name="roster-xlsx"),
    path("units/xlsx/", rosters.units_xlsx, name="units-xlsx"),
    path("roster/<int:number>/", rosters.person, name="person"),
    path("units/", rosters.units, name="units"),
]
