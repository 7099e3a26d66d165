from __future__ import annotations

from django.urls import path

from portal.views import notices

urlpatterns = [
    path("notices/", notices.index, name="notices"),
    path("notices/read/", notices.read_all, name="notices-read"),
    path("notices/<int:number>/open/", notices.open_one, name="notice-open"),
]
