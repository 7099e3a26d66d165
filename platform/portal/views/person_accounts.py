"""Whose account somebody of the roster has: the director's page, and the acts on a person's."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.http import acts_on
from portal.room_forms import AccountForm
from scheduling.services.looking import open_person
from sharing.access.accounts import access_person_to_link
from sharing.selectors.accounts import (
    ROWS,
    account_of_person,
    people_with_account,
    people_without_account,
)
from sharing.services.accounts import link_account, unlink_account
from tenancy.http import actor_of
from tenancy.paging import Window


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), request.GET
    is_linked = asked.get("linked") == "yes"
    after = asked.get("after", "")[:50]
    window = Window(ROWS, (after,) if after else None)
    list_of = people_with_account if is_linked else people_without_account
    context = {"part": list_of(actor, window), "is_linked": is_linked, "is_first": not after}
    return render(request, "portal/rosters/accounts.html", context)


@acts_on("portal:person")
def link(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), AccountForm(request.POST)
    access_person_to_link(actor, number)
    if form.is_valid():
        with faults_at(form):
            link_account(actor=actor, number=number, username=form.cleaned_data["username"])
            messages.success(request, _("Linked. They are let in where their team is authorised."))
            return redirect("portal:person", number)
    page = open_person(actor=actor, number=number)
    context = {
        "page": page,
        "account": account_of_person(actor, number),
        "account_form": form,
    }
    return render(request, "portal/rosters/person.html", context, status=status_of(form))


@require_POST
def unlink(request: HttpRequest, number: int) -> HttpResponse:
    unlink_account(actor=actor_of(request), number=number)
    messages.success(request, _("Unlinked. What was done by the account stays as it is."))
    return redirect("portal:person", number)
