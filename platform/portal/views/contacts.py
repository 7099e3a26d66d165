"""Who speaks for which unit: the list, one unit, and the units that somebody was named to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.contact_forms import ContactForm, ContactRemovalForm
from portal.faults import faults_at, status_of
from portal.http import posted
from portal.keyset import pages, window
from sharing.selectors.contacts import (
    DeskPage,
    desk_page,
    desks_part,
    has_desks,
    own_desks_part,
)
from sharing.services.contacts import name_contact, remove_contact
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), request.GET
    search, without = asked.get("q", "")[:100], asked.get("without") == "1"
    part = desks_part(actor, window(request), search=search, without=without)
    context = {
        "lines": part.lines,
        "is_empty": not part.lines and not has_desks(actor),
        "search": search,
        "without": without,
        "may_name": actor.may(Permission.NAME_HANDLERS),
        "may_import": actor.may(Permission.IMPORT_UNITS),
    }
    return render(request, "portal/contacts/index.html", context | pages(request, part))


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = desk_page(actor, number)
    if request.method == "POST":
        actor.must(Permission.NAME_HANDLERS)
    forms = _forms(page, posted(request))
    for form in forms:
        if form.is_bound and form.is_valid():
            with faults_at(form):
                name_contact(actor=actor, number=number, **form.cleaned_data)
                messages.success(request, _("Named. It holds from now on."))
                return redirect("portal:unit-contact", number)
    context = {"page": page, "forms": forms}
    return render(request, "portal/contacts/detail.html", context, status=status_of(*forms))


@require_POST
def remove(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = desk_page(actor, number)
    actor.must(Permission.NAME_HANDLERS)
    form = ContactRemovalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nobody was named. Nothing was removed."))
        context = {"page": page, "forms": _forms(page, None)}
        return render(request, "portal/contacts/detail.html", context, status=status_of(form))
    remove_contact(actor=actor, number=number, **form.cleaned_data)
    messages.success(request, _("Removed. It holds from now on."))
    return redirect("portal:unit-contact", number)


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    part = own_desks_part(actor_of(request), window(request))
    context = {"lines": part.lines}
    return render(request, "portal/contacts/own.html", context | pages(request, part))


def _forms(page: DeskPage, typed: QueryDict | None) -> list[ContactForm]:
    """One for each capacity; bound is the one that was sent."""
    sent = None if typed is None else typed.get("capacity", "")
    known = sent if sent in page.nameable else next(iter(page.nameable), None)
    return [
        ContactForm(capacity, nameable, typed if sent is not None and capacity == known else None)
        for capacity, nameable in page.nameable.items()
    ]
