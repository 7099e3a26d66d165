"""Decisions that are taken before the engine is asked."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.faults import faults_at, status_of
from portal.http import posted
from portal.pin_forms import ArcPinForm, PersonPinForm, UnitPinForm, UnpinForm
from scheduling.selectors.pins import pins_page
from scheduling.services.pinning import pin, unpin
from tenancy.http import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = pins_page(actor, number)
    forms = [form(page.known, posted(request)) for form in (PersonPinForm, UnitPinForm, ArcPinForm)]
    for form in forms:
        if form.is_valid():
            with faults_at(form):
                pin(actor=actor, number=number, content=form.content())
                messages.success(request, _("Pinned. The next run plans around it."))
                return redirect("portal:round-pins", number)
    person, unit, arc = forms
    context = {"page": page, "person_form": person, "unit_form": unit, "arc_form": arc}
    return render(request, "portal/rounds/pins.html", context, status=status_of(*forms))


@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    content = UnpinForm(request.POST).pin()
    if unpin(actor=actor_of(request), number=number, content=content):
        messages.success(request, _("The pin is removed."))
    return redirect("portal:round-pins", number)
