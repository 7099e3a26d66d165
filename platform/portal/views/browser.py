"""What browsers report of our own pages: taken from anybody, shown to the security administrator."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from portal.http import open_to_all
from tenancy.http import actor_of
from tenancy.services.violations import MOST_BYTES, note_violations, violations


@csrf_exempt  # The browser sends it by itself, without the page's token; it can only be counted.
@open_to_all
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    content = request.read(MOST_BYTES + 1)
    if len(content) <= MOST_BYTES:
        note_violations(content, host=request.get_host(), name_of_page=name_of_page)
    return HttpResponse(status=204)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    lines = violations(actor=actor_of(request))
    return render(request, "portal/browser/violations.html", {"lines": lines})


def name_of_page(path: str) -> str:
    try:
        return resolve(path).url_name or "other"
    except Resolver404:
        return "other"
