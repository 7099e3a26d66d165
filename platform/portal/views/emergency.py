"""Emergency access: asked for, answered, used, ended."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.errors import NotVisible
from portal.administration_forms import DecisionForm
from portal.emergency_forms import AskForm, PersonForm
from portal.faults import faults_at, status_of
from portal.step_up import needs_fresh_proof
from scheduling.access.emergencies import access_emergency
from scheduling.selectors.emergencies import emergency_list, emergency_page, rounds_and_offices
from scheduling.services.emergencies import (
    ask_emergency,
    decide_emergency,
    end_emergency,
    open_record,
)
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = _who_asks_or_answers(request)
    if request.method == "POST":
        actor.must(Permission.ASK_EMERGENCY)
    choices = rounds_and_offices(actor)
    form = AskForm(choices, request.POST or None)
    if form.is_valid():
        with faults_at(form):
            asked = ask_emergency(actor=actor, **form.draft())
            messages.success(request, _("It is asked. The office whose people they are is told."))
            return redirect("portal:emergency-detail", asked.pk)
    context = {
        "lines": emergency_list(actor),
        "form": form,
        "choices": choices,
        "may_ask": actor.may(Permission.ASK_EMERGENCY),
    }
    return render(request, "portal/emergency/index.html", context, status=status_of(form))


@never_cache
@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    page = emergency_page(_who_asks_or_answers(request), number)
    return render(request, "portal/emergency/detail.html", {"page": page})


@needs_fresh_proof
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.CONFIRM_EMERGENCY)
    access_emergency(actor, number)
    form = DecisionForm(request.POST)
    if form.is_valid():
        is_confirmed = form.cleaned_data["verdict"] == "yes"
        reason = form.cleaned_data["reason"]
        decide_emergency(actor=actor, number=number, is_confirmed=is_confirmed, reason=reason)
        done = _("It is confirmed, for 30 minutes.") if is_confirmed else _("It is refused.")
        messages.success(request, done)
    return redirect("portal:emergency-detail", number)


@never_cache
@require_POST
def open_one(request: HttpRequest, number: int) -> HttpResponse:
    """Shown on the answer and on no other page: opening it again is another opening."""
    actor = actor_of(request)
    actor.must(Permission.ASK_EMERGENCY)
    form = PersonForm(request.POST)
    if not form.is_valid():
        raise NotVisible(what="emergency access", number=number)
    record = open_record(actor=actor, number=number, person=form.cleaned_data["person"])
    context = {"page": emergency_page(actor, number), "record": record}
    return render(request, "portal/emergency/detail.html", context)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    end_emergency(actor=_who_asks_or_answers(request), number=number)
    messages.success(request, _("The emergency access is over."))
    return redirect("portal:emergency-detail", number)


def _who_asks_or_answers(request: HttpRequest) -> Actor:
    actor = actor_of(request)
    if not actor.may(Permission.CONFIRM_EMERGENCY):
        actor.must(Permission.ASK_EMERGENCY)
    return actor
