"""Where one has signed in, and who is signed in at all; and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from tenancy.domain.roles import Permission
from tenancy.http import actor_of
from tenancy.services import sessions

PAGE = "portal/session/sign_ins.html"


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "lines": sessions.own_sessions(),
        "limits": sessions.limits(),
        "may_see_all": actor.may(Permission.SET_SECURITY),
    }
    return render(request, PAGE, context)


@never_cache
@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    context = {
        "lines": sessions.open_sessions(actor_of(request)),
        "limits": sessions.limits(),
        "of_everybody": True,
    }
    return render(request, PAGE, context)


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    sessions.end_session(actor=actor, number=number)
    messages.success(request, _("The sign-in is ended."))
    is_theirs = actor.may(Permission.SET_SECURITY)
    return redirect("portal:sign-ins-everybody" if is_theirs else "portal:sign-ins")
