from __future__ import annotations

from django.urls import path

from portal.views import plans

urlpatterns = [
    path("plans/<int:number>/", plans.detail, name="plan-detail"),
    path("plans/<int:number>/xlsx/", plans.workbook, name="plan-xlsx"),
]
