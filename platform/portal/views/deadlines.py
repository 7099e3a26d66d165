"""The board of deadlines, a month of them, one of them with its pauses."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kernel.clock import today
from portal.deadline_context import board_context, shown_page
from portal.deadline_forms import BoardForm, MonthForm, PauseForm
from portal.faults import faults_at, status_of
from portal.http import acts_on
from sharing.selectors.deadlines import deadline_page, month_of
from sharing.services.deadlines import pause_clock, resume_clock
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

DETAIL = "portal/deadlines/detail.html"


@never_cache
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.VIEW_DEADLINES)
    form = BoardForm(request.GET)
    status = status_of(form)
    context = board_context(actor, form)
    return render(request, "portal/deadlines/board.html", context, status=status)


@never_cache
@require_safe
def month(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.VIEW_DEADLINES)
    day = MonthForm(request.GET).day() or today()
    context = {"month": month_of(actor, day), "may_set": actor.may(Permission.SET_TERMS)}
    return render(request, "portal/deadlines/month.html", context)


@never_cache
@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    page = deadline_page(actor_of(request), number)
    return render(request, DETAIL, shown_page(page, PauseForm()))


@acts_on("portal:deadline-detail")
@require_POST
def pause(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = deadline_page(actor, number)
    actor.must(Permission.PAUSE_DEADLINES)
    form = PauseForm(request.POST)
    if form.is_valid():
        with faults_at(form):
            pause_clock(actor=actor, number=number, reason=form.cleaned_data["reason"])
            messages.success(request, _("It is paused: from today on no day counts."))
            return redirect("portal:deadline-detail", number)
    return render(request, DETAIL, shown_page(page, form), status=status_of(form))


@acts_on("portal:deadline-detail")
@require_POST
def resume(request: HttpRequest, number: int) -> HttpResponse:
    resume_clock(actor=actor_of(request), number=number)
    messages.success(request, _("It runs again from today on."))
    return redirect("portal:deadline-detail", number)
