"""Reading what another office shares: each showing is written down, and ends when the share does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel.clock import now
from kernel.errors import NotVisible
from portal.faults import faults_at, status_of
from portal.http import acts_on
from portal.keyset import pages, window
from portal.share_context import shown_fields
from portal.share_forms import NoteForm
from portal.views.documents import attached
from sharing.access.shares import notes_under
from sharing.domain.disclosures import Way
from sharing.selectors.views_to_read import line_of, still_stands, view_over, views_to_read
from sharing.services.showing_views import note_from_view, show_view
from sharing.services.taking_shares import take_shared_view
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.READ_SHARED_VIEWS)
    part = views_to_read(actor, window(request))
    context = {"lines": part.lines, "may_view": actor.may(Permission.VIEW_SHARES)}
    return render(request, "portal/shares/views.html", context | pages(request, part))


@never_cache
@require_safe
def read(request: HttpRequest, number: int) -> HttpResponse:
    return _shown(request, number, NoteForm())


@never_cache
@require_safe
def standing(request: HttpRequest, number: int) -> HttpResponse:
    """Asked by the open page: nothing while the view stands, and what takes its place once it does not.
    Of one that they never had open it says no more than that it is not there."""
    actor = actor_of(request)
    if still_stands(actor, number):
        return HttpResponse(status=204)
    context = {"over": view_over(actor, number), "is_part": True}
    return render(request, "portal/shares/_over.html", context, status=404)


@never_cache
@acts_on("portal:shared-view")
def note(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), NoteForm(request.POST)
    if form.is_valid():
        with faults_at(form):
            try:
                note_from_view(actor=actor, number=number, **form.cleaned_data)
            except NotVisible as gone:
                return _over(request, gone, number, form)
            messages.success(
                request, _("Noted. The owner learns that there is a note, not its text.")
            )
            return redirect("portal:shared-view", number)
    return _shown(request, number, form)


@never_cache
@require_safe
def export(request: HttpRequest, number: int) -> HttpResponse:
    try:
        return attached(take_shared_view(actor=actor_of(request), number=number))
    except NotVisible as gone:
        return _over(request, gone, number, NoteForm())


def _shown(request: HttpRequest, number: int, form: NoteForm) -> HttpResponse:
    actor = actor_of(request)
    try:
        showing = show_view(actor=actor, number=number, way=Way.PAGE)
    except NotVisible as gone:
        return _over(request, gone, number, form)
    line = line_of(showing.shown)
    context: dict[str, Any] = {
        "line": line,
        "shown": showing.shown,
        "fields": shown_fields(showing.view),
        "read_at": now(),
        "form": form,
        "notes": _notes(actor, showing.shown.grant_number, number),
        "may_view": actor.may(Permission.VIEW_SHARES),
        "actor": actor,
    }
    return render(request, "portal/shares/reading.html", context, status=status_of(form))


def _over(request: HttpRequest, gone: NotVisible, number: int, form: NoteForm) -> HttpResponse:
    """To whoever had it open: that it is over, and what they had typed, which was not saved. To anybody
    else it is not there."""
    over = view_over(actor_of(request), number)
    if over is None:
        raise gone
    context = {"over": over, "typed": form.data.get("text", "")}
    return render(request, "portal/shares/over.html", context, status=404)


def _notes(actor: Actor, grant: int, view: int) -> list[Any]:
    return list(notes_under(actor, grant).filter(view=view).order_by("-pk"))
