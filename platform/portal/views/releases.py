"""Answering a city office's call: named people, and units to be inspected."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from scheduling.selectors.releases import release_list, release_page
from scheduling.services.releasing import release, withdraw_release
from tenancy.http import actor_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/releases/index.html", {"lines": release_list(actor_of(request))})


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    page = release_page(actor_of(request), number)
    return render(request, "portal/releases/detail.html", {"page": page, "call": page.call})


@require_POST
def give(request: HttpRequest, number: int) -> HttpResponse:
    release(
        actor=actor_of(request),
        number=number,
        people=_keys(request, "person"),
        units=_keys(request, "unit"),
    )
    messages.success(request, _("Released. The city office has the snapshot now."))
    return redirect("portal:release-detail", number)


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    withdraw_release(actor=actor_of(request), number=number)
    messages.success(request, _("The release is withdrawn."))
    return redirect("portal:release-detail", number)


def _keys(request: HttpRequest, name: str) -> set[int]:
    return {int(key) for key in request.POST.getlist(name) if key.isdecimal()}
