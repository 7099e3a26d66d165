from __future__ import annotations

from django.urls import path

from portal.views import corroboration

urlpatterns = [
    path("clue-ledger/<int:number>/parties/", corroboration.note, name="clue-party-note"),
    path("clue-ledger/<int:number>/parties/ask/", corroboration.ask, name="clue-party-ask"),
    path(
        "clue-ledger/<int:number>/parties/withdraw/",
        corroboration.withdraw,
        name="clue-party-withdraw",
    ),
    path("hits/", corroboration.index, name="hits"),
    path("hits/<int:number>/", corroboration.detail, name="hit"),
]
