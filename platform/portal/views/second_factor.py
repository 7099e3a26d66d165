"""One's own authenticator: set up, its recovery codes made anew, given up."""

from __future__ import annotations

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.http import open_while_owing, open_without_office, person_of, safe_next
from portal.sign_in_forms import FirstCodeForm
from portal.step_up import needs_fresh_proof
from tenancy.services import second_factor
from tenancy.services.half_way import SECOND_FACTOR, settle, what_is_owed
from tenancy.services.sign_in import take_only_seat

CREATED = 201


@open_while_owing
@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return _page(request, FirstCodeForm())


@needs_fresh_proof
@open_while_owing
@never_cache
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    second_factor.begin_set_up(person_of(request))
    address = reverse("portal:second-factor")
    return redirect(f"{address}?{urlencode({'next': safe_next(request)})}")


@needs_fresh_proof
@open_while_owing
@never_cache
@sensitive_post_parameters("code")
@sensitive_variables("codes")
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """The recovery codes are on this answer and on no other page: it cannot be loaded again."""
    form = FirstCodeForm(request.POST)
    codes: tuple[str, ...] = ()
    if form.is_valid():
        with faults_at(form):
            codes = second_factor.confirm_set_up(person_of(request), form.cleaned_data["code"])
    if codes and what_is_owed(request) == SECOND_FACTOR:
        settle(request, SECOND_FACTOR)
        take_only_seat(request)
    return _page(request, form, codes)


@needs_fresh_proof
@open_without_office
@never_cache
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    codes = second_factor.renew_recovery_codes(person_of(request))
    return _page(request, FirstCodeForm(), codes)


@needs_fresh_proof
@open_without_office
@never_cache
@require_POST
def give_up(request: HttpRequest) -> HttpResponse:
    second_factor.give_up(person_of(request))
    messages.success(request, _("From now on you sign in with your password alone."))
    return redirect("portal:second-factor")


@sensitive_variables("codes", "state")
def _page(request: HttpRequest, form: FirstCodeForm, codes: tuple[str, ...] = ()) -> HttpResponse:
    state = second_factor.state_of(person_of(request))
    context = {
        "state": state,
        "form": form,
        "codes": codes,
        "owed": what_is_owed(request) == SECOND_FACTOR,
        "next": safe_next(request),
        "picture": _picture(state.address),
    }
    status = CREATED if codes else status_of(form)
    return render(request, "portal/session/second_factor.html", context, status=status)


def _picture(address: str) -> str:
    """The QR code as a `data:` address, drawn in this process: the secret goes nowhere else."""
    return segno.make(address, error="m").svg_data_uri(scale=5, border=4) if address else ""
