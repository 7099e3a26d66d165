"""The security administrator's pages: the policy, and who signs in with a code."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.http import posted
from portal.sign_in_forms import SecurityPolicyForm
from portal.step_up import needs_fresh_proof
from tenancy.domain.roles import Permission
from tenancy.http import actor_of
from tenancy.services import second_factor
from tenancy.services.security_policy import rules_in_force, set_rules


@needs_fresh_proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.SET_SECURITY)
    rules = rules_in_force()
    form = SecurityPolicyForm(posted(request), initial=SecurityPolicyForm.first_shown(rules))
    if form.is_bound and form.is_valid():
        with faults_at(form):
            set_rules(actor=actor, rules=form.rules())
            messages.success(request, _("The security policy is saved and in force."))
            return redirect("portal:security-policy")
    context = {"form": form, "lacks_administrators": bool(rules.left_out)}
    return render(request, "portal/security/policy.html", context, status=status_of(form))


@never_cache
@require_safe
def factors(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {"lines": second_factor.second_factors(actor), "own": actor.person_id}
    return render(request, "portal/security/factors.html", context)


@needs_fresh_proof
@require_POST
def reset(request: HttpRequest, number: int) -> HttpResponse:
    second_factor.reset_second_factor(actor=actor_of(request), number=number)
    messages.success(
        request,
        _("It is reset. The person is signed out and sets up another at the next sign-in."),
    )
    return redirect("portal:second-factors")
