"""Keys of packages: the office's own, and those of other offices, compared by two people."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.http import acts_on, posted
from portal.package_forms import ConfirmKeyForm, PartnerKeyForm, WithdrawKeyForm
from portal.step_up import needs_fresh_proof
from sharing.access.packages import access_partner_key, office_code
from sharing.selectors.packages import keys_page
from sharing.services.package_keys import (
    confirm_partner_key,
    register_partner_key,
    renew_signing_key,
    withdraw_partner_key,
)
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {"page": keys_page(actor), "code": office_code(actor)}
    return render(request, "portal/packages/keys.html", context)


@needs_fresh_proof
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    renew_signing_key(actor=actor_of(request))
    messages.success(request, _("The key is made. Have its fingerprint compared by the others."))
    return redirect("portal:package-keys")


@needs_fresh_proof
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.KEEP_PACKAGE_KEYS)
    form = PartnerKeyForm(posted(request))
    if form.is_valid():
        with faults_at(form):
            row = register_partner_key(actor=actor, **form.cleaned_data)
            messages.success(
                request, _("Registered. It is in force once the leading group confirms.")
            )
            return redirect("portal:package-key", row.pk)
    return render(request, "portal/packages/key_new.html", {"form": form}, status=status_of(form))


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@needs_fresh_proof
@acts_on("portal:package-key")
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), ConfirmKeyForm(request.POST)
    access_partner_key(actor, number)
    actor.must(Permission.CONFIRM_PACKAGE_KEYS)
    if form.is_valid():
        with faults_at(form):
            confirm_partner_key(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("In force from now on."))
            return redirect("portal:package-key", number)
    return _page(request, number, confirming=form)


@acts_on("portal:package-key")
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), WithdrawKeyForm(request.POST)
    access_partner_key(actor, number)
    if form.is_valid():
        with faults_at(form):
            withdraw_partner_key(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("Withdrawn. Nothing that it signed is taken in any more."))
            return redirect("portal:package-key", number)
    return _page(request, number, withdrawing=form)


def _page(
    request: HttpRequest,
    number: int,
    confirming: ConfirmKeyForm | None = None,
    withdrawing: WithdrawKeyForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "key": access_partner_key(actor, number),
        "may_confirm": actor.may(Permission.CONFIRM_PACKAGE_KEYS),
        "confirming": confirming or ConfirmKeyForm(auto_id="confirm_%s"),
        "withdrawing": withdrawing or WithdrawKeyForm(auto_id="withdraw_%s"),
    }
    typed = [form for form in (confirming, withdrawing) if form is not None]
    return render(request, "portal/packages/key.html", context, status=status_of(*typed))
