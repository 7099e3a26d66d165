from __future__ import annotations

from django.urls import path

from portal.views import look_backs, rectification, rectification_desks

urlpatterns = [
    path("rectification/", rectification.board_page, name="rectification"),
    path("rectification/assign/", rectification.assign, name="rectification-assign"),
    path("items/", rectification.items, name="items"),
    path("items/<int:number>/", rectification.detail, name="item-detail"),
    path("items/<int:number>/act/", rectification.act, name="item-act"),
    path("items/<int:number>/plan/", rectification.plan, name="item-plan"),
    path("items/<int:number>/progress/", rectification.progress, name="item-progress"),
    path("items/<int:number>/claim/", rectification.claim, name="item-claim"),
    path("items/<int:number>/claim-files/", rectification.claim_files, name="item-claim-files"),
    path("items/<int:number>/deadline/", rectification.deadline, name="item-deadline"),
    path("items/<int:number>/outcome/", rectification.outcome, name="item-outcome"),
    path("items/<int:number>/disclosure/", rectification.disclosure, name="item-disclosure"),
    path("items/<int:number>/escalate/", rectification.escalate_item, name="item-escalate"),
    path("my-rectification/", rectification.mine, name="my-rectification"),
    path("supervision/", rectification.supervision, name="supervision"),
    path("joint-cases/", rectification_desks.cases, name="joint-cases"),
    path("joint-cases/<int:number>/", rectification_desks.case, name="joint-case"),
    path("in-charge/", rectification_desks.in_charge, name="in-charge"),
    path("talks/", rectification_desks.talks, name="talks"),
    path("talks/<int:number>/", rectification_desks.talk, name="talk"),
    path("outcomes/", rectification_desks.outcomes, name="outcomes"),
    path("evaluations/", rectification_desks.evaluations, name="evaluations"),
    path("look-backs/", look_backs.index, name="look-backs"),
    path("look-backs/<int:number>/", look_backs.detail, name="look-back"),
    path("look-backs/<int:number>/act/", look_backs.act, name="look-back-act"),
    path("look-backs/<int:number>/team/", look_backs.team, name="look-back-team"),
    path("look-backs/<int:number>/result/", look_backs.result, name="look-back-result"),
]
