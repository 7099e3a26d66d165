from __future__ import annotations

from django.urls import path

from portal.views import ours

urlpatterns = [
    path("ours/", ours.index, name="ours"),
    path("ours/<int:number>/", ours.extract, name="extract-detail"),
    path("ours/<int:number>/xlsx/", ours.workbook, name="extract-xlsx"),
    path("requests/<int:number>/", ours.asked, name="request-detail"),
    path("requests/<int:number>/confirm/", ours.confirm, name="request-confirm"),
    path("requests/<int:number>/object/", ours.object_to, name="request-object"),
]
