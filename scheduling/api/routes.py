"""This house's addresses below /api/v1/."""

from __future__ import annotations

from django.urls import path

from scheduling.api import (
    imports,
    people,
    plans,
    releases,
    round_settings,
    rounds,
    runs,
    surveys,
    units,
)

urlpatterns = [
    path("people", people.People.as_view(), name="people"),
    path("people/<int:number>", people.OnePerson.as_view(), name="person"),
    path("units", units.Units.as_view(), name="units"),
    path("import-templates/<slug:kind>", imports.Template.as_view(), name="import-template"),
    path("imports", imports.Imports.as_view(), name="imports"),
    path("imports/<int:number>", imports.OneImport.as_view(), name="import"),
    path("imports/<int:number>/rows", imports.ImportRows.as_view(), name="import-rows"),
    path("imports/<int:number>/faulty-rows", imports.FaultyRows.as_view(), name="faulty-rows"),
    path("imports/<int:number>/apply", imports.ApplyImport.as_view(), name="import-apply"),
    path("imports/<int:number>/cancel", imports.CancelImport.as_view(), name="import-cancel"),
    path("release-calls", releases.ReleaseCalls.as_view(), name="release-calls"),
    path("release-calls/<int:number>", releases.OneReleaseCall.as_view(), name="release-call"),
    path("release-calls/<int:number>/release", releases.GiveRelease.as_view(), name="release"),
    path(
        "release-calls/<int:number>/withdraw", releases.WithdrawRelease.as_view(), name="withdraw"
    ),
    path("rounds", rounds.Rounds.as_view(), name="rounds"),
    path("rounds/<int:number>", rounds.OneRound.as_view(), name="round"),
    path("rounds/<int:number>/window", rounds.RoundWindow.as_view(), name="round-window"),
    path("rounds/<int:number>/calls", rounds.CallOnOffices.as_view(), name="round-calls"),
    path("rounds/<int:number>/reopen", rounds.ReopenReleases.as_view(), name="round-reopen"),
    path("rounds/<int:number>/calendar", round_settings.Calendar.as_view(), name="calendar"),
    path("rounds/<int:number>/slots", round_settings.Slots.as_view(), name="slots"),
    path("rounds/<int:number>/policy", round_settings.Policy.as_view(), name="policy"),
    path("rounds/<int:number>/mode", round_settings.Mode.as_view(), name="mode"),
    path("rounds/<int:number>/units", round_settings.RoundUnits.as_view(), name="round-units"),
    path("rounds/<int:number>/distances", round_settings.Distances.as_view(), name="distances"),
    path("rounds/<int:number>/survey", surveys.RoundSurvey.as_view(), name="survey"),
    path("rounds/<int:number>/runs", runs.RoundRuns.as_view(), name="runs"),
    path("runs/<int:number>", runs.OneRun.as_view(), name="run"),
    path("runs/<int:number>/cancel", runs.CancelRun.as_view(), name="run-cancel"),
    path("plans", plans.Plans.as_view(), name="plans"),
    path("plans/<int:number>", plans.OnePlan.as_view(), name="plan"),
    path("plans/<int:number>/workbook", plans.PlanWorkbook.as_view(), name="plan-workbook"),
]
