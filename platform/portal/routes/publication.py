from __future__ import annotations

from django.urls import path

from portal.views import publication

urlpatterns = [
    path("plans/<int:number>/state/", publication.state, name="plan-state"),
    path("plans/<int:number>/propose/", publication.propose, name="plan-propose"),
    path("plans/<int:number>/take-back/", publication.take_back, name="plan-take-back"),
    path("plans/<int:number>/return/", publication.give_back, name="plan-return"),
    path("plans/<int:number>/approve/", publication.approve, name="plan-approve"),
    path("plans/<int:number>/publish/", publication.publish, name="plan-publish"),
    path("publications/<int:number>/", publication.detail, name="publication-detail"),
    path("publications/<int:number>/document/", publication.document, name="publication-document"),
    path("publications/<int:number>/withdraw/", publication.withdraw, name="publication-withdraw"),
]
