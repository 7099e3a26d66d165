"""Accounts: made by invitation, closed and opened again, given an end."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kernel.clock import today
from portal.administration_forms import AccountForm, AccountTermForm, FirstPasswordForm
from portal.faults import faults_at, status_of
from portal.form_keys import answer_shown_once
from portal.http import open_to_all
from tenancy.access import access_account, accounts_visible_to
from tenancy.domain.roles import Permission
from tenancy.http import actor_of
from tenancy.services.administration import (
    INVITATION_HOURS,
    Invited,
    accept_invitation,
    invite_account,
    invite_again,
    invited_account,
    set_account,
)
from tenancy.services.seats import seats_in_force

CREATED = 201
ACCOUNTS_A_PAGE = 50


@answer_shown_once
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.MANAGE_ACCOUNTS)
    form = AccountForm(request.POST or None)
    if form.is_valid():
        with faults_at(form):
            made = invite_account(actor=actor, **form.cleaned_data)
            return _link_page(request, made)
    asked = request.GET.get("find", "")
    pages = Paginator(accounts_visible_to(actor, named=asked), ACCOUNTS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    seats = seats_in_force(actor)
    context = {
        "form": form,
        "find": asked,
        "page": page,
        "lines": [(one, [seat for seat in seats if seat.person.pk == one.pk]) for one in page],
        "today": today(),
    }
    return render(request, "portal/accounts/index.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    account = access_account(actor, number)
    form = (
        AccountTermForm(request.POST) if request.method == "POST" else AccountTermForm.of(account)
    )
    if form.is_bound and form.is_valid():
        with faults_at(form):
            set_account(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("The account is changed."))
            return redirect("portal:account", number)
    seats = [seat for seat in seats_in_force(actor) if seat.person.pk == number]
    context = {"account": account, "form": form, "seats": seats, "today": today()}
    return render(request, "portal/accounts/detail.html", context, status=status_of(form))


@answer_shown_once
@never_cache
@require_POST
def invite(request: HttpRequest, number: int) -> HttpResponse:
    return _link_page(request, invite_again(actor=actor_of(request), number=number))


@open_to_all
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    account = invited_account(secret)
    form = FirstPasswordForm(request.POST or None)
    if form.is_valid():
        with faults_at(form):
            accept_invitation(secret=secret, **form.cleaned_data)
            messages.success(request, _("Your password is set. Sign in with it now."))
            return redirect("portal:sign-in")
    context = {"account": account, "form": form}
    return render(request, "portal/accounts/invitation.html", context, status=status_of(form))


def _link_page(request: HttpRequest, made: Invited) -> HttpResponse:
    """The link is on this answer and on no other page."""
    link = request.build_absolute_uri(reverse("portal:invitation", args=[made.secret]))
    context = {"made": made, "link": link, "hours": INVITATION_HOURS}
    return render(request, "portal/accounts/invited.html", context, status=CREATED)
