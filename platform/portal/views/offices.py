"""The tree of offices: made, renamed, abolished with or without a successor."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.administration_forms import AbolishForm, NewOfficeForm, OfficeNameForm
from portal.faults import faults_at, status_of
from portal.http import acts_on
from tenancy.access import access_office, offices_of_the_tree
from tenancy.actor import Actor
from tenancy.domain.offices import in_tree_order
from tenancy.domain.roles import Permission
from tenancy.http import actor_of
from tenancy.models import Office
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
            made = add_office(actor=actor, **form.cleaned_data)
            messages.success(request, _("The office is made. Propose its director next."))
            return redirect("portal:office-detail", made.pk)
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
    return _page(request, actor, office, form, AbolishForm(_others(actor, number)))


@acts_on("portal:office-detail")
def abolish(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    office = access_office(actor, number)
    form = AbolishForm(_others(actor, number), request.POST)
    if form.is_valid():
        abolish_office(actor=actor, number=number, successor=form.cleaned_data["successor"])
        messages.success(request, _("The office is abolished. Its seats have ended."))
        return redirect("portal:office-detail", number)
    names = {"name": office.name, "short_name": office.short_name}
    return _page(request, actor, office, OfficeNameForm(initial=names), form)


def _others(actor: Actor, number: int) -> list[Office]:
    return [one for one in offices_of_the_tree(actor) if one.pk != number]


def _page(
    request: HttpRequest, actor: Actor, office: Office, form: OfficeNameForm, abolish: AbolishForm
) -> HttpResponse:
    context = {
        "office": office,
        "form": form,
        "abolish": abolish,
        "seats": [seat for seat in seats_in_force(actor) if seat.office.pk == office.pk],
        "is_open": office.closed_on is None and office.kind != "platform",
    }
    status = max(status_of(form), status_of(abolish))
    return render(request, "portal/offices/detail.html", context, status=status)
