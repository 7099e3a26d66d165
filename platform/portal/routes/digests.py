from __future__ import annotations

from django.urls import path

from portal.views import digests

urlpatterns = [
    path("digests/", digests.index, name="digests"),
    path("digests/rule/", digests.rule, name="digest-rule"),
    path("digests/make/", digests.make, name="digest-make"),
    path("digests-made/<int:number>/stop/", digests.stop, name="digest-stop"),
    path("digests-made/<int:number>/publish/", digests.publish, name="digest-publish"),
    path("digests/<int:number>/", digests.detail, name="digest"),
    path("digests/<int:number>/workbook/", digests.workbook, name="digest-workbook"),
]
