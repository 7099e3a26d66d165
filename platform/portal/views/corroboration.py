"""Mutual corroboration: what a clue is compared by, and answering that another office may hold a related one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.corroboration_context import stages_of
from portal.corroboration_forms import HitAnswerForm, PartyForm, PartyNumberForm
from portal.faults import faults_at, status_of
from portal.http import posted
from portal.keyset import pages, window
from portal.views.clue_ledger import shown
from sharing.domain.corroboration.parties import FIELD_TITLES
from sharing.selectors.corroboration import hit_line, hit_lines, probing_alerts
from sharing.services.answering_hits import answer_hit
from sharing.services.clue_parties import ask_about, note_party, withdraw_party
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@sensitive_post_parameters(*FIELD_TITLES)
@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    form = PartyForm(request.POST)
    if form.is_valid():
        with faults_at(form):
            note_party(actor=actor_of(request), number=number, written=form.cleaned_data)
            messages.success(request, _("Noted and sealed. Nothing is compared before you ask."))
            return redirect("portal:ledger-clue", number)
    return shown(request, number, party=form)


@require_POST
def ask(request: HttpRequest, number: int) -> HttpResponse:
    form = PartyNumberForm(request.POST)
    if not form.is_valid():
        return shown(request, number, named=form)
    ask_about(actor=actor_of(request), number=number, party=form.cleaned_data["party"])
    messages.success(
        request,
        _("Queued. If anything comes of it you are told at a fixed moment; otherwise never."),
    )
    return redirect("portal:ledger-clue", number)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    form = PartyNumberForm(request.POST)
    if not form.is_valid():
        return shown(request, number, named=form)
    withdraw_party(actor=actor_of(request), number=number, party=form.cleaned_data["party"])
    messages.success(request, _("Taken back."))
    return redirect("portal:ledger-clue", number)


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    part = hit_lines(actor, window(request))
    context = {"lines": part.lines, "alerts": probing_alerts(actor), **pages(request, part)}
    return render(request, "portal/corroboration/index.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    line = hit_line(actor, number)
    form = HitAnswerForm(posted(request), line.acts)
    if form.is_valid():
        with faults_at(form):
            answer_hit(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("Written down. The other side is told nothing of it."))
            return redirect("portal:hit", number)
    context = {
        "line": line,
        "form": form,
        "stages": list(stages_of(line)),
        "may_ask": actor.may(Permission.ASK_FOR_SHARES),
    }
    return render(request, "portal/corroboration/detail.html", context, status=status_of(form))
