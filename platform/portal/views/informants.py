"""Who gave a hint: entered by who registered the clue, opened by custodians; and who they are."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.clue_forms import ReasonForm
from portal.faults import faults_at, status_of
from portal.form_keys import answer_shown_once
from portal.http import posted
from portal.informant_forms import CustodianForm, IdentityForm
from portal.keyset import pages, window
from portal.step_up import needs_fresh_proof
from sharing.access.informants import (
    custodians_visible_to,
    events_visible_to,
    informant_of_clue,
    informants_part,
    keeps_informants,
)
from sharing.selectors.clues import team_clue_page
from sharing.services import informants
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

MOST_SHOWN = 200


@answer_shown_once
@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, number: int) -> HttpResponse:
    """What was typed is sealed and shown to nobody again, also not to who typed it."""
    actor = actor_of(request)
    clue = team_clue_page(actor, number).clue
    form = IdentityForm(posted(request))
    if form.is_valid():
        with faults_at(form):
            informants.enter_informant(actor=actor, number=number, identity=form.cleaned_data)
            messages.success(request, _("It is sealed. Custodians of the city alone open it."))
            return redirect("portal:clue-informant", number)
    context = {"form": form, "clue": clue, "sealed": informant_of_clue(actor, number)}
    return render(request, "portal/informants/enter.html", context, status=status_of(form))


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.KEEP_INFORMANTS)
    part = informants_part(actor, window(request))
    context = {
        "is_custodian": keeps_informants(actor),
        "lines": part.lines,
        "events": events_visible_to(actor).order_by("-pk")[:MOST_SHOWN],
    }
    return render(request, "portal/informants/index.html", context | pages(request, part))


@needs_fresh_proof
@answer_shown_once
@never_cache
@require_POST
def open_(request: HttpRequest, number: int) -> HttpResponse:
    """On this answer alone."""
    reason = _reason(request)
    opened = informants.open_informant(actor=actor_of(request), number=number, reason=reason)
    return render(request, "portal/informants/opened.html", {"opened": opened})


def _reason(request: HttpRequest) -> str:
    """What no form takes is no reason: the service says so in its words."""
    form = ReasonForm(request.POST)
    return form.cleaned_data["reason"] if form.is_valid() else ""


@needs_fresh_proof
@require_POST
def destroy(request: HttpRequest, number: int) -> HttpResponse:
    reason = _reason(request)
    informants.destroy_informant(actor=actor_of(request), number=number, reason=reason)
    messages.success(request, _("It is destroyed, for good."))
    return redirect("portal:informants")


@needs_fresh_proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def custodians(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    may_name = actor.may(Permission.NAME_CUSTODIANS)
    if request.method == "POST" or not actor.may(Permission.CONFIRM_CUSTODIANS):
        actor.must(Permission.NAME_CUSTODIANS)
    nameable = informants.nameable_custodians(actor) if may_name else {}
    form = CustodianForm(nameable, posted(request))
    if form.is_valid():
        with faults_at(form):
            informants.name_custodian(actor=actor, person=form.cleaned_data["person"])
            messages.success(request, _("Named. It is in force once the leading group confirms."))
            return redirect("portal:custodians")
    context = {
        "form": form,
        "lines": custodians_visible_to(actor),
        "events": events_visible_to(actor).order_by("-pk")[:MOST_SHOWN],
        "may_name": may_name,
        "may_confirm": actor.may(Permission.CONFIRM_CUSTODIANS),
    }
    return render(request, "portal/informants/custodians.html", context, status=status_of(form))


@needs_fresh_proof
@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    informants.confirm_custodian(actor=actor_of(request), number=number)
    return redirect("portal:custodians")


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    informants.end_custodian(actor=actor_of(request), number=number)
    return redirect("portal:custodians")
