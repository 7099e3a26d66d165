from __future__ import annotations

from django.urls import path

from portal.views import clue_ledger, clues

urlpatterns = [
    path("clues/", clues.index, name="clues"),
    path("clues/new/", clues.new, name="clue-new"),
    path("clues/<int:number>/", clues.detail, name="clue-detail"),
    path("clues/<int:number>/amend/", clues.amend, name="clue-amend"),
    path("clues/<int:number>/judge/", clues.judge, name="clue-judge"),
    path("clues/<int:number>/send-back/", clues.send_back, name="clue-send-back"),
    path("clues/<int:number>/sign/", clues.sign, name="clue-sign"),
    path("clue-counts/", clues.counts, name="clue-counts"),
    path("clue-ledger/", clue_ledger.index, name="clue-ledger"),
    path("clue-ledger/<int:number>/", clue_ledger.detail, name="ledger-clue"),
    path("clue-ledger/<int:number>/take-in/", clue_ledger.take_in, name="ledger-take-in"),
    path("clue-ledger/<int:number>/return/", clue_ledger.give_back, name="ledger-return"),
    path("clue-ledger/<int:number>/dispose/", clue_ledger.dispose, name="ledger-dispose"),
    path("clue-ledger/<int:number>/begin/", clue_ledger.begin, name="ledger-begin"),
    path("clue-ledger/<int:number>/result/", clue_ledger.tell, name="ledger-result"),
    path("clue-ledger/<int:number>/urge/", clue_ledger.urge, name="ledger-urge"),
    path("clue-ledger/<int:number>/ask-again/", clue_ledger.ask_again, name="ledger-ask-again"),
    path("clue-ledger/<int:number>/close/", clue_ledger.close, name="ledger-close"),
    path("clue-ledger/<int:number>/tie/", clue_ledger.tie, name="ledger-tie"),
    path("hand-over-lists/", clue_ledger.lists, name="hand-over-lists"),
    path("hand-over-lists/new/", clue_ledger.new_list, name="hand-over-new"),
    path("hand-over-lists/<int:number>/", clue_ledger.one_list, name="hand-over-list"),
    path(
        "hand-over-lists/<int:number>/acknowledge/",
        clue_ledger.acknowledge,
        name="hand-over-acknowledge",
    ),
    path("hand-over-lists/<int:number>/text/", clue_ledger.text, name="hand-over-text"),
    path("hand-over-lists/<int:number>/urge/", clue_ledger.urge_one, name="hand-over-urge"),
]
