from __future__ import annotations

from django.urls import path

from portal.views import preparing_shares, share_groups, share_reach, shared_views, shares

urlpatterns = [
    path("shares/", shares.index, name="shares"),
    path("shares/ask/", shares.ask, name="share-ask"),
    path("shares/offer/", shares.offer, name="share-offer"),
    path("shares/<int:number>/", shares.detail, name="share-detail"),
    path("shares/<int:number>/prepare/", preparing_shares.prepare, name="share-prepare"),
    path("shares/<int:number>/approve/", preparing_shares.approve, name="share-approve"),
    path("shares/<int:number>/narrow/", preparing_shares.narrow, name="share-narrow"),
    path("shares/<int:number>/refuse/", shares.refuse, name="share-refuse"),
    path("shares/<int:number>/take-back/", shares.take_back, name="share-take-back"),
    path("shares/<int:number>/withdraw/", shares.withdraw, name="share-withdraw"),
    path("shares/<int:number>/destroyed/", shares.destroyed, name="share-destroyed"),
    path("shares/<int:number>/reach/", share_reach.reach, name="share-reach"),
    path("shares/<int:number>/certificate/", share_reach.certificate, name="share-certificate"),
    path("shared-views/", shared_views.index, name="shared-views"),
    path("shared-views/<int:number>/", shared_views.read, name="shared-view"),
    path("shared-views/<int:number>/standing/", shared_views.standing, name="shared-view-standing"),
    path("shared-views/<int:number>/note/", shared_views.note, name="shared-view-note"),
    path("shared-views/<int:number>/export/", shared_views.export, name="shared-view-export"),
    path("share-groups/", share_groups.index, name="share-groups"),
    path("share-groups/<int:number>/", share_groups.detail, name="share-group"),
    path("share-groups/<int:number>/offer/", share_groups.offer_joined, name="share-group-offer"),
]
