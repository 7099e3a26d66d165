from __future__ import annotations

from django.urls import path

from portal.views import record

urlpatterns = [
    path("record/", record.everybody, name="record"),
    path("record/export.csv", record.as_csv, name="record-csv"),
    path("own-record/", record.ours, name="own-record"),
]
