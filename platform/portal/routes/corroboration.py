from __future__ import annotations

from django.urls import path

from portal.views import corroboration

urlpatterns = [
    path("clue-ledger/<int:number>/parties/", corroboration.note, name="clue-party-note"),
    path(
        "clue-ledger/<int:number>/parties/<int:party>/ask/",
        corroboration.ask,
        name="clue-party-ask",
    ),
    path(
        "clue-ledger/<int:number>/parties/<int:party>/withdraw/",
        corroboration.withdraw,
        name="clue-party-withdraw",
    ),
    path("corroboration/", corroboration.index, name="hits"),
    path("corroboration/<int:number>/", corroboration.detail, name="hit"),
]
