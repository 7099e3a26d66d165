"""Deputies: who stands in for whom, named here, put in force on the page of seats."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.administration_forms import DeputyForm
from portal.faults import faults_at, status_of
from tenancy.access import proposals_of_deputies
from tenancy.actor import Actor
from tenancy.domain.roles import ADMINISTRATORS
from tenancy.http import actor_of
from tenancy.models import SeatChange, User
from tenancy.services.deputies import (
    colleague,
    deputies_of,
    propose_deputy,
    revoke_deputy,
    seats_to_stand_in_for,
    who_can_stand_in,
)
from tenancy.services.offices import account_of_name

MOST_DECIDED = 20


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    seats = seats_to_stand_in_for(actor)
    people = None if ADMINISTRATORS & actor.roles else who_can_stand_in(actor)
    form = DeputyForm(seats, people, request.POST or None, initial=_own_seat(actor))
    if form.is_valid():
        with faults_at(form):
            draft = form.cleaned_data
            person = _person(actor, draft)
            propose_deputy(actor=actor, person=person, **draft)
            messages.success(request, _("It is proposed. A security administrator decides."))
            return redirect("portal:deputies")
    proposals = proposals_of_deputies(actor)
    context = {
        "actor": actor,
        "form": form,
        "is_empty": not seats or people == [],
        "deputies": deputies_of(actor),
        "open": list(proposals.filter(state=SeatChange.State.OPEN)),
        "decided": list(proposals.exclude(state=SeatChange.State.OPEN)[:MOST_DECIDED]),
    }
    return render(request, "portal/deputies/index.html", context, status=status_of(form))


@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    revoke_deputy(actor=actor_of(request), number=number)
    messages.success(request, _("The deputy's term is over, from now on."))
    return redirect("portal:deputies")


def _own_seat(actor: Actor) -> dict[str, int | None]:
    return {"seat": actor.seat_number}


def _person(actor: Actor, draft: dict[str, Any]) -> User:
    """Taken out of the draft: one of the colleagues, or whom an administrator named."""
    if "username" in draft:
        return account_of_name(draft.pop("username"))
    return colleague(actor, draft.pop("person"))
