"""The register of petitions, in the direct room of a team."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from httpapi.cursors import USUAL, next_link, window_of
from portal.faults import faults_at, status_of
from portal.http import posted
from portal.petition_forms import HandlingForm, PetitionForm
from sharing.domain.petitions import Handling
from sharing.selectors.petitions import clues_to_link, room_petitions
from sharing.selectors.rooms import room_page
from sharing.services.petitions import handle_petition, register_petition
from tenancy.actor import Actor
from tenancy.http import actor_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    clues = _clues(actor, number)
    form = PetitionForm(posted(request))
    if form.is_valid():
        with faults_at(form):
            made = register_petition(actor=actor, number=number, draft=form.draft())
            messages.success(request, _("Registered as number %(nth)s.") % {"nth": made.number})
            return redirect("portal:room-petitions", number)
    return _shown(request, number, form, HandlingForm(None, clues))


@require_POST
def handle(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    form = HandlingForm(request.POST, _clues(actor, number))
    if form.is_valid():
        with faults_at(form):
            given = dict(form.cleaned_data)
            handling = Handling(given.pop("handling"))
            handle_petition(actor=actor, number=number, handling=handling, **given)
            messages.success(request, _("Written down."))
            return redirect("portal:room-petitions", number)
    return _shown(request, number, PetitionForm(None), form)


def _clues(actor: Actor, number: int) -> list[tuple[int, str]]:
    return [(clue.pk, str(clue)) for clue in clues_to_link(actor, number)]


def _shown(
    request: HttpRequest, number: int, form: PetitionForm, handling: HandlingForm
) -> HttpResponse:
    actor = actor_of(request)
    asked = {} if request.method == "POST" else request.GET.dict()
    part = room_petitions(actor, number, window_of(request, {"limit": USUAL} | asked))
    context = {
        "page": room_page(actor, number),
        "lines": part.lines,
        "more": next_link(request, part),
        "form": form,
        "handling": handling,
    }
    return render(request, "portal/rooms/petitions.html", context, status=status_of(form, handling))
