"""Documents that a team asks for: in its room, and at the unit that is asked."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from httpapi.cursors import USUAL, next_link, window_of
from portal.document_request_forms import AskForm, RequestActForm
from portal.faults import faults_at, status_of
from portal.http import posted
from sharing.selectors.document_requests import (
    RequestLine,
    bodies_offered,
    may_ask_for_accounts,
    outstanding,
    room_requests,
    unit_requests,
)
from sharing.selectors.rooms import room_page
from sharing.services.document_requests import act_on_request, ask_for_documents
from tenancy.http import actor_of
from tenancy.paging import Window
from webui.language import spoken

MOST_OPEN = Window(200)


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
    lines = room_requests(actor, number, MOST_OPEN).lines
    form = RequestActForm(request.POST, _acts(lines))
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
    lines = unit_requests(actor, MOST_OPEN).lines
    form = RequestActForm(posted(request), _acts(lines), of_unit=True)
    if form.is_valid():
        with faults_at(form):
            act_on_request(actor=actor, **form.given)  # type: ignore[arg-type]
            messages.success(request, _("Answered. The team sees it now."))
            return redirect("portal:documents-asked")
    context = {"lines": lines, "form": form, "may_answer": any(line.acts for line in lines)}
    return render(request, "portal/rooms/documents_asked.html", context, status=status_of(form))


def _of_room(
    request: HttpRequest,
    number: int,
    *,
    form: AskForm | None = None,
    done: RequestActForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    query = {} if request.method == "POST" else request.GET.dict()
    part = room_requests(actor, number, window_of(request, {"limit": USUAL} | query))
    acts = _acts(room_requests(actor, number, MOST_OPEN).lines)
    accounts = may_ask_for_accounts(actor, number)
    context = {
        "page": room_page(actor, number),
        "lines": part.lines,
        "more": next_link(request, part),
        "waiting": outstanding(actor, number),
        "form": form or AskForm(None, bodies_offered(actor, number), accounts=accounts),
        "done": done or RequestActForm(None, acts),
        "may_act": bool(acts),
    }
    given = [one for one in (form, done) if one is not None]
    return render(request, "portal/rooms/document_requests.html", context, status=status_of(*given))


def _acts(lines: Iterable[RequestLine]) -> list[tuple[str, str]]:
    return [
        (f"{line.request.pk}:{one.name}", f"{line.request} · {one.title[spoken()]}")
        for line in lines
        for one in line.acts
    ]
