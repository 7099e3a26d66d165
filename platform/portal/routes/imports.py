from __future__ import annotations

from django.urls import path

from portal.views import imports

urlpatterns = [
    path("imports/", imports.new, name="import-new"),
    path("imports/template/<slug:kind>/", imports.template, name="import-template"),
    path("imports/<int:number>/", imports.detail, name="import-detail"),
    path("imports/<int:number>/apply/", imports.apply, name="import-apply"),
    path("imports/<int:number>/cancel/", imports.cancel, name="import-cancel"),
    path("imports/<int:number>/faulty-rows/", imports.faulty_rows, name="import-faulty-rows"),
]
