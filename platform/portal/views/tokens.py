"""One's own tokens for programs: made, looked at, revoked; and everybody's, found and revoked."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.clock import now
from portal.form_keys import answer_shown_once
from portal.forms import NumberForm, TokenForm, TokenSearchForm
from portal.http import UNPROCESSABLE
from portal.step_up import needs_fresh_proof
from tenancy.access import own_tokens
from tenancy.domain.roles import PERMISSION_TITLES, Permission
from tenancy.http import actor_of
from tenancy.services.token_keeping import (
    REMIND_DAYS,
    revoke_for_owner,
    tokens_of_everybody,
)
from tenancy.services.tokens import NewToken, known_permissions, make_token, revoke_token

CREATED = 201


@needs_fresh_proof
@answer_shown_once
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The secret of a new one is on the answer to the form and on no other page: not on a
    redirect's, which could be loaded again."""
    actor = actor_of(request)
    form = TokenForm(actor.permissions, request.POST or None)
    made: NewToken | None = None
    if request.method == "POST" and form.is_valid():
        made = make_token(actor=actor, **form.draft())
        form = TokenForm(actor.permissions)
    lines = [
        (token, [PERMISSION_TITLES[one] for one in known_permissions(token.permissions)])
        for token in own_tokens(actor)
    ]
    status = CREATED if made else UNPROCESSABLE if form.errors else 200
    context = {
        "form": form,
        "made": made,
        "lines": lines,
        "now": now(),
        "soon": now() + timedelta(days=REMIND_DAYS),
        "may_see_all": actor.may(Permission.SET_SECURITY),
    }
    return render(request, "portal/tokens/index.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    revoke_token(actor=actor_of(request), number=number)
    messages.success(request, _("The token is revoked. Programs that use it are out."))
    return redirect("portal:tokens")


@never_cache
@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    """For the security administrator: found by how it begins and whose it is."""
    form = TokenSearchForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    lines = tokens_of_everybody(actor=actor_of(request), **asked)
    context = {"form": form, "lines": lines, "now": now()}
    return render(request, "portal/tokens/everybody.html", context)


@require_POST
def revoke_any(request: HttpRequest) -> HttpResponse:
    form = NumberForm(request.POST)
    if form.is_valid():
        revoke_for_owner(actor=actor_of(request), number=form.cleaned_data["number"])
        messages.success(request, _("The token is revoked. Programs that use it are out."))
    return redirect("portal:tokens-everybody")
