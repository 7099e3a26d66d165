"""The addresses that belong to no house of the product's business. The others keep their own."""

from __future__ import annotations

from django.urls import path

from httpapi.endpoints import jobs, me, offices, openapi

urlpatterns = [
    path("openapi.json", openapi.OpenApi.as_view(), name="openapi"),
    path("me", me.Me.as_view(), name="me"),
    path("offices", offices.Offices.as_view(), name="offices"),
    path("jobs/<int:number>", jobs.OneJob.as_view(), name="job"),
]
