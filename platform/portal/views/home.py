"""The work desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.workbench import workbench
from tenancy.http import actor_of


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return render(request, "portal/home/desk.html", {"actor": actor, "bench": workbench(actor)})
