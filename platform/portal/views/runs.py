"""Asking the engine, and watching it work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.forms import RunForm
from portal.http import is_partial, sent_to, shown
from portal.run_context import run_context
from scheduling.selectors import run_page
from scheduling.services.solving import cancel_run, start_run
from tenancy.http import actor_of

PAGE, PART = "portal/runs/detail.html", "portal/runs/_state.html"


@require_POST
def start(request: HttpRequest, number: int) -> HttpResponse:
    """Solve round `number`. While one run is at work, this leads to it."""
    form = RunForm(request.POST)
    # What is no number is no time either; the service says which times are allowed.
    limit = form.cleaned_data["time_limit_s"] if form.is_valid() else 0
    run = start_run(actor=actor_of(request), number=number, time_limit_s=limit)
    return sent_to(request, "portal:run-detail", run.pk)


@never_cache
@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = run_page(actor, number)
    context = run_context(page, actor, heard=request.GET.get("heard", ""))
    return shown(request, PAGE, PART, context)


@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Stop at the best plan so far."""
    actor = actor_of(request)
    cancel_run(actor=actor, number=number)
    if is_partial(request):
        return shown(request, PAGE, PART, run_context(run_page(actor, number), actor))
    return redirect("portal:run-detail", number)
