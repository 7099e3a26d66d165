from __future__ import annotations

from django.urls import path

from portal.views import deadlines, terms

urlpatterns = [
    path("deadlines/", deadlines.board, name="deadlines"),
    path("deadlines/month/", deadlines.month, name="deadlines-month"),
    path("deadlines/<int:number>/", deadlines.detail, name="deadline-detail"),
    path("deadlines/<int:number>/pause/", deadlines.pause, name="deadline-pause"),
    path("deadlines/<int:number>/resume/", deadlines.resume, name="deadline-resume"),
    path("deadline-terms/", terms.index, name="deadline-terms"),
    path("deadline-terms/days/", terms.set_day, name="deadline-day-set"),
    path("deadline-terms/days/remove/", terms.unset_day, name="deadline-day-unset"),
]
