"""Documents that a team asks for: in its room, and at the unit that is asked."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.document_request_forms import AskForm, RequestActForm
from portal.faults import faults_at, status_of
from portal.forms import LONGEST_KEY, key
from portal.http import posted
from portal.keyset import ROWS_A_PAGE, pages, window
from sharing.selectors.document_requests import (
    RequestLine,
    bodies_offered,
    may_ask_for_accounts,
    outstanding,
    room_request,
    room_requests,
    room_requests_open,
    unit_request,
    unit_requests,
    unit_requests_open,
)
from sharing.selectors.rooms import room_page
from sharing.services.document_requests import act_on_request, ask_for_documents
from tenancy.actor import Actor
from tenancy.http import actor_of
from webui.language import spoken

LINES = ROWS_A_PAGE


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    accounts = may_ask_for_accounts(actor, number)
    form = AskForm(posted(request), bodies_offered(actor, number), accounts=accounts)
    if form.is_valid():
        with faults_at(form):
            ask_for_documents(actor=actor, number=number, asked=form.asked())
            messages.success(request, _("Asked. Whoever speaks for the unit sees it now."))
            return redirect("portal:room-document-requests", number)
    return _of_room(request, number, form=form)


@require_POST
def act(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    form = RequestActForm(request.POST, _acts_in_room(actor, number, named=_named(request)))
    if form.is_valid():
        with faults_at(form):
            act_on_request(actor=actor, **form.given)  # type: ignore[arg-type]
            messages.success(request, _("Written down."))
            return redirect("portal:room-document-requests", number)
    return _of_room(request, number, done=form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: HttpRequest) -> HttpResponse:
    """What units were asked for of which the reader speaks; they answer here."""
    actor = actor_of(request)
    part = unit_requests(actor, window(request, LINES))
    named = _named(request)
    one = None if named is None else unit_request(actor, named)
    acts = _acts([*unit_requests_open(actor), *part.lines, *([one] if one else ())])
    form = RequestActForm(posted(request), acts, of_unit=True)
    if form.is_valid():
        with faults_at(form):
            act_on_request(actor=actor, **form.given)  # type: ignore[arg-type]
            messages.success(request, _("Answered. The team sees it now."))
            return redirect("portal:documents-asked")
    context = {
        "lines": part.lines,
        **pages(request, part),
        "form": form,
        "may_answer": bool(acts),
    }
    return render(request, "portal/rooms/documents_asked.html", context, status=status_of(form))


def _of_room(
    request: HttpRequest,
    number: int,
    *,
    form: AskForm | None = None,
    done: RequestActForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    part = room_requests(actor, number, window(request, LINES))
    acts = _acts_in_room(actor, number, shown=part.lines)
    accounts = may_ask_for_accounts(actor, number)
    context = {
        "page": room_page(actor, number),
        "lines": part.lines,
        # The other parts are of the page itself, not of the address where an act was refused.
        **(pages(request, part) if done is None else {}),
        "waiting": outstanding(actor, number),
        "form": form or AskForm(None, bodies_offered(actor, number), accounts=accounts),
        "done": done or RequestActForm(None, acts),
        "may_act": bool(acts),
    }
    given = [one for one in (form, done) if one is not None]
    return render(request, "portal/rooms/document_requests.html", context, status=status_of(*given))


def _acts_in_room(
    actor: Actor, number: int, *, shown: Iterable[RequestLine] = (), named: int | None = None
) -> list[tuple[str, str]]:
    """On those that are open, on what the page shows, and on the one that was typed."""
    one = None if named is None else room_request(actor, number, named)
    return _acts([*room_requests_open(actor, number), *shown, *([one] if one else ())])


def _named(request: HttpRequest) -> int | None:
    """The number of the request on which something was done."""
    typed = request.POST.get("act", "").partition(":")[0]
    return key(typed) if typed.isdecimal() and len(typed) <= LONGEST_KEY else None


def _acts(lines: Iterable[RequestLine]) -> list[tuple[str, str]]:
    """Each once."""
    offered = {
        f"{line.request.pk}:{one.name}": f"{line.request} · {one.title[spoken()]}"
        for line in lines
        for one in line.acts
    }
    return list(offered.items())
