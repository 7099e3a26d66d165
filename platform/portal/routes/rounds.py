from __future__ import annotations

from django.urls import path

from portal.views import handlers, round_settings, rounds, surveys

urlpatterns = [
    path("rounds/", rounds.index, name="rounds"),
    path("rounds/new/", rounds.new, name="round-new"),
    path("rounds/<int:number>/", rounds.detail, name="round-detail"),
    path("rounds/<int:number>/handlers/", handlers.index, name="round-handlers"),
    path("rounds/<int:number>/handlers/remove/", handlers.remove, name="round-handler-remove"),
    path("rounds/<int:number>/window/", rounds.window, name="round-window"),
    path("rounds/<int:number>/call/", rounds.call, name="round-call"),
    path("rounds/<int:number>/reopen/", rounds.reopen, name="round-reopen"),
    path("rounds/<int:number>/calendar/", round_settings.calendar, name="round-calendar"),
    path("rounds/<int:number>/teams/", round_settings.teams, name="round-teams"),
    path("rounds/<int:number>/rules/", round_settings.policy, name="round-policy"),
    path("rounds/<int:number>/mode/", round_settings.mode, name="round-mode"),
    path("rounds/<int:number>/units/", round_settings.units, name="round-units"),
    path("rounds/<int:number>/distances/", round_settings.distances, name="round-distances"),
    path("rounds/<int:number>/survey/", surveys.detail, name="round-survey"),
    path("rounds/<int:number>/survey/start/", surveys.start, name="round-survey-start"),
]
