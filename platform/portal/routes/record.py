from __future__ import annotations

from django.urls import path

from portal.views import record

urlpatterns = [
    path("record/", record.everybody, name="record"),
    path("record/export.csv", record.as_csv, name="record-csv"),
    path("own-record/", record.ours, name="own-record"),
    path("own-record/others/", record.others, name="own-record-others"),
    path("own-record/others.csv", record.others_as_csv, name="own-record-others-csv"),
]
