"""A team's rooms: which there are, what is where, and the way to the other one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portal.room_context import entries_of
from sharing.selectors.rooms import room_list, room_of_request, room_page
from tenancy.http import actor_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/rooms/index.html", {"lines": room_list(actor_of(request))})


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = room_page(actor, number)
    context = {"page": page, "room": page.room, "entries": list(entries_of(actor, page))}
    return render(request, "portal/rooms/detail.html", context)


@require_safe
def of_authorisation(request: HttpRequest, number: int) -> HttpResponse:
    """Where one comes from the other office: the number of the room here is not known there."""
    room = room_of_request(actor_of(request), number)
    return redirect("portal:room-detail", room.pk)
