"""The register of who asked or interceded."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from httpapi.cursors import USUAL, next_link, window_of
from portal.faults import faults_at, status_of
from portal.http import posted
from portal.informant_forms import InterferenceForm, OutcomeForm
from sharing.access.rooms import rooms_of_mine
from sharing.selectors.interference import entry_line, interference_part
from sharing.services.interference import deal_with_interference, register_interference
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if not actor.may(Permission.REPORT_INTERFERENCE):
        actor.must(Permission.DEAL_WITH_INTERFERENCE)
    window = window_of(request, {"limit": USUAL} | request.GET.dict())
    part = interference_part(actor, window)
    context = {
        "lines": part.lines,
        "more": next_link(request, part),
        "may_report": bool(_rooms(actor)),
        "deals": actor.may(Permission.DEAL_WITH_INTERFERENCE),
    }
    return render(request, "portal/interference/index.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.REPORT_INTERFERENCE)
    form = InterferenceForm(_rooms(actor), posted(request))
    if form.is_valid():
        with faults_at(form):
            entry = register_interference(actor=actor, draft=form.draft(), room=form.room)
            messages.success(request, _("It is registered, past the county."))
            return redirect("portal:interference-entry", entry.pk)
    return render(request, "portal/interference/new.html", {"form": form}, status=status_of(form))


@never_cache
@require_safe
def entry(request: HttpRequest, number: int) -> HttpResponse:
    return _shown(request, number, OutcomeForm(None))


@require_POST
def deal(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    entry_line(actor, number)
    actor.must(Permission.DEAL_WITH_INTERFERENCE)
    form = OutcomeForm(request.POST)
    if form.is_valid():
        with faults_at(form):
            deal_with_interference(actor=actor, number=number, **form.cleaned_data)
            return redirect("portal:interference-entry", number)
    return _shown(request, number, form)


def _rooms(actor: Actor) -> list[tuple[int, str]]:
    if not actor.may(Permission.REPORT_INTERFERENCE):
        return []
    return [(room.pk, str(room)) for room in rooms_of_mine(actor, "direct")]


def _shown(request: HttpRequest, number: int, form: OutcomeForm) -> HttpResponse:
    context = {"line": entry_line(actor_of(request), number), "form": form}
    return render(request, "portal/interference/entry.html", context, status=status_of(form))
