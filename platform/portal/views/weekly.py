"""A team's weekly progress: drafted and signed in its room, read by the office."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.clock import today
from portal.faults import faults_at, status_of
from portal.http import UNPROCESSABLE, posted
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
    return _shown(request, number, form, part.lines, status_of(form))


@require_POST
def sign(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), WeekForm(request.POST)
    if not form.is_valid():
        part = room_reports(actor, number, NEWEST)
        actor.must(Permission.SIGN_WEEKLY_REPORTS)
        messages.error(request, _("No week was named. Nothing was signed."))
        return _shown(request, number, WeeklyForm(None, today()), part.lines, UNPROCESSABLE)
    sign_weekly_report(actor=actor, number=number, week=form.cleaned_data["week"])
    messages.success(request, _("Signed. The office reads it now."))
    return redirect("portal:room-weekly", number)


@require_safe
def signed(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    part = office_reports(actor, number, NEWEST)
    context = {"page": authorisation_page(actor, number), "lines": part.lines}
    return render(request, "portal/authorisations/weekly.html", context)


def _shown(
    request: HttpRequest,
    number: int,
    form: WeeklyForm,
    lines: Sequence[Any],
    status: int,
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "page": room_page(actor, number),
        "lines": lines,
        "form": form,
        "may_sign": actor.may(Permission.SIGN_WEEKLY_REPORTS),
    }
    return render(request, "portal/rooms/weekly.html", context, status=status)
