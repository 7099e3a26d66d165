"""Who handles a round: the page on which its director says so."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.faults import faults_at, status_of
from portal.handler_forms import HandlerForm, RemovalForm
from portal.http import posted
from scheduling.selectors.handling import handlers_page
from scheduling.services.handling import name_handler, remove_handler
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = handlers_page(actor, number)
    if request.method == "POST":
        actor.must(Permission.NAME_HANDLERS)
    form = HandlerForm({one.pk: one.display_name for one in page.nameable}, posted(request))
    if form.is_valid():
        with faults_at(form):
            name_handler(actor=actor, number=number, person=form.cleaned_data["person"])
            messages.success(request, _("Named. They may work on the round now."))
            return redirect("portal:round-handlers", number)
    context = {"page": page, "round": page.round, "form": form}
    return render(request, "portal/rounds/handlers.html", context, status=status_of(form))


@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    person = RemovalForm(request.POST).named()
    remove_handler(actor=actor_of(request), number=number, person=person)
    messages.success(request, _("Removed. They read the round and change nothing."))
    return redirect("portal:round-handlers", number)
