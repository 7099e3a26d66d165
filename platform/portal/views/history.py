"""Past terms: quoted figures, nothing computed."""

from __future__ import annotations

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sharing.access.history import figures_visible_to
from tenancy.http import actor_of


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    rows = figures_visible_to(actor_of(request))
    terms = [(term, list(group)) for term, group in groupby(rows, key=lambda row: row.term)]
    return render(request, "portal/history/figures.html", {"terms": terms})
