"""Candidate plans of a round, side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.comparison_context import comparison_context
from portal.forms import LONGEST_KEY
from scheduling.selectors.comparison import compare_page
from tenancy.http import actor_of


@require_safe
def compare(request: HttpRequest, number: int) -> HttpResponse:
    page = compare_page(actor_of(request), number, _chosen(request, "a"), _chosen(request, "b"))
    return render(request, "portal/desk/compare.html", comparison_context(page))


def _chosen(request: HttpRequest, key: str) -> int | None:
    """A plan's number in the address; what is none was not chosen."""
    text = request.GET.get(key, "")
    return int(text) if text.isdecimal() and len(text) <= LONGEST_KEY else None
