from __future__ import annotations

from django.urls import path

from portal.views import documents

urlpatterns = [
    path("letters/<int:number>/document/", documents.letter, name="letter-document"),
    path("papers/<int:number>/document/", documents.paper, name="paper-document"),
    path("reports/<int:number>/document/", documents.feedback, name="report-document"),
    path("items/<int:number>/document/", documents.plan, name="item-document"),
    path("talks/<int:number>/document/", documents.talk, name="talk-document"),
    path("evaluations/<int:number>/document/", documents.evaluation, name="evaluation-document"),
    path("hand-over-lists/<int:number>/document/", documents.hand_over, name="hand-over-document"),
]
