"""The scheduler's desk: one page, whose panel answers one question at a time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.desk_context import desk_context, live_context
from portal.desk_forms import panel_of
from portal.desk_panel import panel_context
from portal.http import is_partial
from scheduling.selectors.desk_news import desk_news
from scheduling.selectors.desk_page import desk_page, desk_view
from tenancy.http import actor_of

PAGE, PANEL, LIVE = (
    "portal/desk/page.html",
    "portal/desk/_panel_alone.html",
    "portal/desk/_live.html",
)
NOTHING_NEW = 204


@never_cache
@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    view = desk_view(actor, number)
    panel = panel_context(actor, view, panel_of(request.GET))
    if is_partial(request):
        return render(request, PANEL, panel)
    return render(request, PAGE, {**desk_context(desk_page(actor, view)), **panel})


@never_cache
@require_safe
def live(request: HttpRequest, number: int) -> HttpResponse:
    """What is new since the page was drawn; nothing when nothing is."""
    actor = actor_of(request)
    seen = request.GET.get("seen", "0")
    news = desk_news(
        actor,
        number,
        seen=int(seen) if seen.isdecimal() else 0,
        token=request.GET.get("token", ""),
    )
    if not news.is_new:
        return HttpResponse(status=NOTHING_NEW)
    shown = desk_page(actor, desk_view(actor, number))
    return render(request, LIVE, {**desk_context(shown), **live_context(news)})
