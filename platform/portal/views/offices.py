"""The tree of offices: made, renamed, abolished with or without a successor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.administration_forms import AbolishForm, NewOfficeForm, OfficeNameForm
from portal.faults import faults_at, status_of
from tenancy.access import access_office, offices_of_the_tree
from tenancy.domain.offices import in_tree_order
from tenancy.domain.roles import Permission
from tenancy.http import actor_of
from tenancy.services.administration import abolish_office, add_office, rename_office
from tenancy.services.seats import seats_in_force


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.MANAGE_OFFICES)
    offices = list(offices_of_the_tree(actor))
    form = NewOfficeForm(offices, request.POST or None)
    if form.is_valid():
        with faults_at(form):
            add_office(actor=actor, **form.cleaned_data)
            messages.success(request, _("The office is made. Propose its director next."))
            return redirect("portal:offices")
    parents = {office.pk: office.parent_id for office in offices}
    by_number = {office.pk: office for office in offices}
    tree = [(by_number[number], depth) for number, depth in in_tree_order(parents)]
    context = {"form": form, "tree": tree}
    return render(request, "portal/offices/index.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    office = access_office(actor, number)
    names = {"name": office.name, "short_name": office.short_name}
    form = OfficeNameForm(request.POST or None, initial=names)
    if form.is_valid():
        with faults_at(form):
            rename_office(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("The office is renamed."))
            return redirect("portal:office-detail", number)
    others = [one for one in offices_of_the_tree(actor) if one.pk != number]
    context = {
        "office": office,
        "form": form,
        "abolish": AbolishForm(others),
        "seats": [seat for seat in seats_in_force(actor) if seat.office.pk == number],
        "is_open": office.closed_on is None and office.kind != "platform",
    }
    return render(request, "portal/offices/detail.html", context, status=status_of(form))


@require_POST
def abolish(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    access_office(actor, number)
    form = AbolishForm(offices_of_the_tree(actor), request.POST)
    if form.is_valid():
        abolish_office(actor=actor, number=number, **form.cleaned_data)
        messages.success(request, _("The office is abolished. Its seats have ended."))
    return redirect("portal:office-detail", number)
