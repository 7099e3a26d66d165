"""The seat that one wears: what it may, until when, and whom to ask."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.my_seat import own_pages, records_of
from tenancy.domain.matrix.words import RELATION_WORDS
from tenancy.http import actor_of
from tenancy.services.own_seat import own_seat


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "actor": actor,
        "seat": own_seat(actor),
        "records": records_of(actor),
        "relations": RELATION_WORDS,
        "pages": list(own_pages(actor, request)),
    }
    return render(request, "portal/my_seat/page.html", context)
