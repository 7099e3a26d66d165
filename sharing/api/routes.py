"""This house's addresses below /api/v1/."""

from __future__ import annotations

from django.urls import path

from sharing.api import clue_ledger, clues, history, interference

urlpatterns = [
    path("clues", clues.TeamClues.as_view(), name="team-clues"),
    path("clues/<int:number>", clues.TeamClue.as_view(), name="team-clue"),
    path("clues/<int:number>/judgement", clues.JudgeClue.as_view(), name="judge-clue"),
    path("clues/<int:number>/send-back", clues.SendClueBack.as_view(), name="send-clue-back"),
    path("clues/<int:number>/signature", clues.SignClue.as_view(), name="sign-clue"),
    path("clue-routes", clues.ClueRoutes.as_view(), name="clue-routes"),
    path("clue-ledger", clue_ledger.Ledger.as_view(), name="clue-ledger"),
    path("clue-ledger/<int:number>", clue_ledger.LedgerClue.as_view(), name="ledger-clue"),
    *(
        path(f"clue-ledger/<int:number>/{act}", view.as_view(), name=f"ledger-{act}")
        for act, view in (
            ("take-in", clue_ledger.TakeIn),
            ("return", clue_ledger.ReturnClue),
            ("disposal", clue_ledger.ChooseDisposal),
            ("begin", clue_ledger.BeginDisposal),
            ("result", clue_ledger.TellResult),
            ("urge", clue_ledger.UrgeClue),
            ("ask-again", clue_ledger.AskClueAgain),
            ("close", clue_ledger.CloseClue),
            ("tie", clue_ledger.DeclareTie),
        )
    ),
    path("hand-over-lists", clue_ledger.HandOverLists.as_view(), name="hand-over-lists"),
    path(
        "hand-over-lists/<int:number>",
        clue_ledger.HandOverListPage.as_view(),
        name="hand-over-list",
    ),
    path(
        "hand-over-lists/<int:number>/receipt",
        clue_ledger.AcknowledgeList.as_view(),
        name="acknowledge-hand-over-list",
    ),
    path(
        "hand-over-lists/<int:number>/document",
        clue_ledger.HandOverDocument.as_view(),
        name="hand-over-document",
    ),
    path("interference", interference.InterferenceEntries.as_view(), name="interference"),
    path(
        "interference/<int:number>",
        interference.InterferenceEntryPage.as_view(),
        name="interference-entry",
    ),
    path(
        "interference/<int:number>/outcome",
        interference.DealWithInterference.as_view(),
        name="deal-with-interference",
    ),
    path("history-figures", history.Figures.as_view(), name="history-figures"),
]
