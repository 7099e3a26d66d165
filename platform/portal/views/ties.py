"""Declaring who keeps away from what, at home and by the leading office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.faults import faults_at, status_of
from portal.http import posted, safe_next
from portal.tie_forms import CannotComeForm, HomeTieForm, LeadingTieForm
from scheduling.selectors.declarations import declared_in_round, ties_page
from scheduling.services.declaring import declare, declare_for_round, declare_unavailable
from scheduling.services.declaring import withdraw as take_back
from tenancy.http import actor_of

HOME, ROUND = "portal/ties/index.html", "portal/ties/round.html"


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = ties_page(actor)
    form = HomeTieForm(page, posted(request))
    if form.is_valid():
        typed = form.cleaned_data
        with faults_at(form):
            declare(actor=actor, number=typed["number"], person=typed["person"], tie=form.tie())
            messages.success(request, _("Declared. The city office sees the rule, and no reason."))
            return redirect("portal:ties")
    context = {"page": page, "form": form, "away": CannotComeForm(page)}
    return render(request, HOME, context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def cannot_come(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = ties_page(actor)
    away = CannotComeForm(page, posted(request))
    if away.is_valid():
        with faults_at(away):
            declare_unavailable(actor=actor, **away.cleaned_data)
            messages.success(request, _("Noted: this person does not take part in the round."))
            return redirect("portal:ties")
    context = {"page": page, "form": HomeTieForm(page), "away": away}
    return render(request, HOME, context, status=status_of(away))


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    take_back(actor=actor_of(request), number=number)
    messages.success(request, _("Taken back. Seats do not change by themselves."))
    return redirect(safe_next(request, otherwise="portal:ties"))


@require_http_methods(["GET", "HEAD", "POST"])
def of_round(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = declared_in_round(actor, number)
    form = LeadingTieForm(page, posted(request))
    if form.is_valid():
        with faults_at(form):
            declare_for_round(actor=actor, number=number, **form.about())
            messages.success(request, _("Declared for the round."))
            return redirect("portal:round-declared", number)
    return render(request, ROUND, {"page": page, "form": form}, status=status_of(form))
