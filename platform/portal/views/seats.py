"""Seats: what is proposed, what is in force, and the decision of another person."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.administration_forms import DecisionForm, ReasonForm, SeatForm, TransferForm
from portal.faults import faults_at, status_of
from tenancy.access import access_seat_change, offices_of_the_tree, seat_changes_visible_to
from tenancy.domain.roles import Permission
from tenancy.http import actor_of
from tenancy.models import Office, SeatChange
from tenancy.services.offices import account_of_name
from tenancy.services.seats import (
    decide_seat,
    propose_end,
    propose_seat,
    propose_transfer,
    roles_of_kinds,
    seats_in_force,
)

MOST_DECIDED = 50


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.PROPOSE_SEATS)
    offices = list(offices_of_the_tree(actor))
    form = SeatForm(
        offices, roles_of_kinds(offices), request.POST or None, initial=request.GET.dict()
    )
    if form.is_valid():
        with faults_at(form):
            draft = form.cleaned_data
            person = account_of_name(draft.pop("username"))
            propose_seat(actor=actor, person=person, **draft)
            messages.success(request, _("It is proposed. Another person decides."))
            return redirect("portal:seats")
    changes = seat_changes_visible_to(actor)
    context = {
        "actor": actor,
        "form": form,
        "open": list(changes.filter(state=SeatChange.State.OPEN)),
        "decided": list(changes.exclude(state=SeatChange.State.OPEN)[:MOST_DECIDED]),
        "seats": seats_in_force(actor),
        "may_move": actor.may(Permission.TRANSFER_SEATS),
        "may_decide": actor.may(Permission.DECIDE_SEATS),
    }
    return render(request, "portal/seats/index.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def transfers(request: HttpRequest) -> HttpResponse:
    """Moving somebody to another office: one proposal, one decision."""
    actor = actor_of(request)
    actor.must(Permission.TRANSFER_SEATS)
    offices = [one for one in offices_of_the_tree(actor) if one.kind != Office.Kind.PLATFORM]
    form = TransferForm(offices, roles_of_kinds(offices), request.POST or None)
    if form.is_valid():
        with faults_at(form):
            draft = form.cleaned_data
            person = account_of_name(draft.pop("username"))
            propose_transfer(actor=actor, person=person, **draft)
            messages.success(request, _("It is proposed. Another person decides."))
            return redirect("portal:seats")
    return render(request, "portal/seats/transfer.html", {"form": form}, status=status_of(form))


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.PROPOSE_SEATS)
    form = ReasonForm(request.POST)
    if form.is_valid():
        propose_end(actor=actor, seat=number, reason=form.cleaned_data["reason"])
        messages.success(request, _("It is proposed. Another person decides."))
    else:
        messages.error(request, _("Give a reason. Nothing was proposed."))
    return redirect("portal:seats")


@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.DECIDE_SEATS)
    access_seat_change(actor, number)
    form = DecisionForm(request.POST)
    if form.is_valid():
        put_in_force = form.cleaned_data["verdict"] == "yes"
        decide_seat(
            actor=actor,
            number=number,
            put_in_force=put_in_force,
            reason=form.cleaned_data["reason"],
        )
        done = _("The change is in force.") if put_in_force else _("The change is refused.")
        messages.success(request, done)
    else:
        messages.error(request, _("Nothing was decided. A remark has at most 500 characters."))
    return redirect("portal:seats")
