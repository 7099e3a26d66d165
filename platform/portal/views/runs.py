"""Asking the engine, and watching it work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.forms import RunForm
from portal.http import acts_on, is_partial, sent_to, shown
from portal.round_context import round_context
from portal.run_context import run_context
from scheduling.selectors import run_page
from scheduling.services.solving import cancel_run, start_run
from tenancy.http import actor_of

PAGE, PART = "portal/runs/detail.html", "portal/runs/_state.html"
ROUND, RUN_FORM = "portal/rounds/detail.html", "portal/rounds/_run_form.html"


@acts_on("portal:round-detail")
def start(request: HttpRequest, number: int) -> HttpResponse:
    """Solve round `number`. While one run is at work, this leads to it."""
    actor = actor_of(request)
    form = RunForm(request.POST)
    if form.is_valid():
        with faults_at(form):
            run = start_run(actor=actor, number=number, **form.cleaned_data)
            return sent_to(request, "portal:run-detail", run.pk)
    context = round_context(actor, number, form)
    return shown(request, ROUND, RUN_FORM, context, status=status_of(form))


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
