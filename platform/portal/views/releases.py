"""Answering a city office's call: named people, and units to be inspected."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.forms import ReleaseForm
from portal.http import acts_on
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


@acts_on("portal:release-detail")
def give(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), ReleaseForm(request.POST)
    picks = form.typed()
    with faults_at(form):
        release(actor=actor, number=number, **picks)
        messages.success(
            request, _("Released. The city office now has the people and units as they stand.")
        )
        return redirect("portal:release-detail", number)
    page = release_page(actor, number, **picks)
    context = {"page": page, "call": page.call, "form": form}
    return render(request, "portal/releases/detail.html", context, status=status_of(form))


@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    withdraw_release(actor=actor_of(request), number=number)
    messages.success(request, _("The release is withdrawn."))
    return redirect("portal:release-detail", number)
