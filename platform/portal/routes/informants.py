from __future__ import annotations

from django.urls import path

from portal.views import informants, interference

urlpatterns = [
    path("clues/<int:number>/informant/", informants.enter, name="clue-informant"),
    path("informants/", informants.index, name="informants"),
    path("informants/<int:number>/open/", informants.open_, name="informant-open"),
    path("informants/<int:number>/destroy/", informants.destroy, name="informant-destroy"),
    path("custodians/", informants.custodians, name="custodians"),
    path("custodians/<int:number>/confirm/", informants.confirm, name="custodian-confirm"),
    path("custodians/<int:number>/end/", informants.end, name="custodian-end"),
    path("interference/", interference.index, name="interference"),
    path("interference/new/", interference.new, name="interference-new"),
    path("interference/<int:number>/", interference.entry, name="interference-entry"),
    path("interference/<int:number>/outcome/", interference.deal, name="interference-outcome"),
]
