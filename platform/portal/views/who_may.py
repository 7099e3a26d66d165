"""The table of roles, as an office reads and prints it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.who_may import OFFICES, of_kind, of_person
from tenancy.domain.matrix.words import RELATION_WORDS
from tenancy.http import actor_of


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """`?kind=county`: of another kind of office than one's own."""
    actor = actor_of(request)
    asked = request.GET.get("kind", "")
    kind = asked if asked in OFFICES else actor.office_kind
    context = {
        "kind": kind,
        "kinds": OFFICES,
        "kind_title": OFFICES.get(kind),
        "mine": of_person(actor),
        "records": of_kind(kind),
        "relations": RELATION_WORDS,
    }
    return render(request, "portal/who_may/page.html", context)
