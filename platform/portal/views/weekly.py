"""A team's weekly progress: drafted and signed in its room, read by the office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.clock import today
from portal.faults import faults_at, status_of
from portal.http import posted
from portal.weekly_forms import WeekForm, WeeklyForm
from sharing.selectors.authorisations import authorisation_page
from sharing.selectors.rooms import room_page
from sharing.selectors.weekly import office_reports, room_reports
from sharing.services.weekly import draft_weekly_report, sign_weekly_report
from tenancy.domain.roles import Permission
from tenancy.http import actor_of
from tenancy.paging import Window

NEWEST = Window(60)


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    part = room_reports(actor, number, NEWEST)
    form = WeeklyForm(posted(request), today())
    if form.is_valid():
        with faults_at(form):
            draft_weekly_report(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("Kept. The leader signs it; until then it can be changed."))
            return redirect("portal:room-weekly", number)
    context = {
        "page": room_page(actor, number),
        "lines": part.lines,
        "form": form,
        "may_sign": actor.may(Permission.SIGN_WEEKLY_REPORTS),
    }
    return render(request, "portal/rooms/weekly.html", context, status=status_of(form))


@require_POST
def sign(request: HttpRequest, number: int) -> HttpResponse:
    form = WeekForm(request.POST)
    week = form.cleaned_data["week"] if form.is_valid() else today()
    sign_weekly_report(actor=actor_of(request), number=number, week=week)
    messages.success(request, _("Signed. The office reads it now."))
    return redirect("portal:room-weekly", number)


@require_safe
def signed(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    part = office_reports(actor, number, NEWEST)
    context = {"page": authorisation_page(actor, number), "lines": part.lines}
    return render(request, "portal/authorisations/weekly.html", context)
