from __future__ import annotations

from django.urls import path

from portal.views import documents

urlpatterns = [
    path("letters/<int:number>/document/", documents.letter, name="letter-document"),
]
