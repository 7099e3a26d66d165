"""One's own password; a forgotten one, by a link; and the names that are held at the door."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from kernel.errors import DomainError
from portal.faults import faults_at, is_shown_at, status_of
from portal.http import open_to_all, open_without_office, person_of, posted
from portal.password_forms import ChangePasswordForm, NewPasswordForm, ResetForm
from portal.password_gate import before_all
from portal.step_up import needs_fresh_proof
from tenancy.domain.roles import Permission
from tenancy.http import actor_of
from tenancy.services import lockout, passwords

CREATED = 201


@before_all
@open_without_office
@never_cache
@sensitive_post_parameters("password_now", "password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = ChangePasswordForm(posted(request))
    if form.is_bound and form.is_valid():
        try:
            passwords.change_password(
                request,
                password_now=form.cleaned_data["password_now"],
                password=form.cleaned_data["password"],
            )
        except DomainError as error:
            # No savepoint: a wrong try stays counted.
            if not is_shown_at(error, form):
                raise
        else:
            messages.success(
                request, _("Your password is changed. Other sign-ins of yours are over.")
            )
            return redirect("portal:password")
    context = {
        "form": form,
        "person": person,
        "is_due": passwords.must_change(person),
        "expires_at": passwords.expires_at(person),
        "resets": passwords.own_resets(),
    }
    return render(request, "portal/passwords/own.html", context, status=status_of(form))


@open_to_all
@never_cache
@sensitive_post_parameters("password", "password_again")
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, secret: str) -> HttpResponse:
    account = passwords.account_to_reset(secret)
    form = NewPasswordForm(posted(request))
    if form.is_bound and form.is_valid():
        with faults_at(form):
            passwords.use_reset(secret=secret, password=form.cleaned_data["password"])
            messages.success(request, _("Your password is set. Sign in with it now."))
            return redirect("portal:sign-in")
    context = {"account": account, "form": form}
    return render(request, "portal/passwords/reset.html", context, status=status_of(form))


@needs_fresh_proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def locks(request: HttpRequest) -> HttpResponse:
    """Who is held at the door, and whose password is being reset."""
    actor = actor_of(request)
    actor.must(Permission.SET_SECURITY)
    form = ResetForm(posted(request))
    if form.is_bound and form.is_valid():
        with faults_at(form):
            made = passwords.make_reset(actor=actor, username=form.cleaned_data["username"])
            link = request.build_absolute_uri(reverse("portal:password-reset", args=[made.secret]))
            return render(
                request, "portal/passwords/made.html", {"made": made, "link": link}, status=CREATED
            )
    context = {
        "form": form,
        "holds": lockout.holds(actor),
        "resets": passwords.resets(actor),
        "hours": passwords.RESET_HOURS,
    }
    return render(request, "portal/passwords/locks.html", context, status=status_of(form))


@require_POST
def lift(request: HttpRequest, number: int) -> HttpResponse:
    lockout.lift_hold(actor=actor_of(request), number=number)
    messages.success(request, _("The hold is lifted."))
    return redirect("portal:locks")
