from __future__ import annotations

from django.urls import path

from portal.views import browser

urlpatterns = [
    path("policy-reports/", browser.report, name="policy-report"),
    path("violations/", browser.index, name="violations"),
]
