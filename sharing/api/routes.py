"""This house's addresses below /api/v1/."""

from __future__ import annotations

from django.urls import path

from sharing.api import deadlines, history

urlpatterns = [
    path("deadlines", deadlines.Deadlines.as_view(), name="deadlines"),
    path("deadlines/<int:number>", deadlines.OneDeadline.as_view(), name="deadline"),
    path("deadlines/<int:number>/pause", deadlines.PauseDeadline.as_view(), name="deadline-pause"),
    path(
        "deadlines/<int:number>/resume", deadlines.ResumeDeadline.as_view(), name="deadline-resume"
    ),
    path("deadline-month", deadlines.DeadlineMonth.as_view(), name="deadline-month"),
    path("deadline-terms", deadlines.DeadlineTerms.as_view(), name="deadline-terms"),
    path("deadline-terms/preview", deadlines.PreviewTerms.as_view(), name="deadline-terms-preview"),
    path("deadline-terms/days", deadlines.OfficeDays.as_view(), name="office-days"),
    path("deadline-terms/days/remove", deadlines.OfficeDayGone.as_view(), name="office-day-remove"),
    path("history-figures", history.Figures.as_view(), name="history-figures"),
]
