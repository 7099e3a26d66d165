"""A round's documents: out masked, in from outside, and unmasked through the recusal officer."""

from __future__ import annotations

from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.http import posted
from portal.step_up import needs_fresh_proof
from portal.views.imports import download
from scheduling.selectors.exchange import exchange_page
from scheduling.services import exchange, sealing
from scheduling.services.exporting import export_team_lists
from tenancy.http import actor_of
from webui.language import spoken

PAGE = "portal/rounds/exchange.html"


class PlanFileForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Plan file"),
        help_text=gettext_lazy("A round-plan/1 made for the masked document of this page."),
    )


class PurposeForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Purpose"),
        max_length=500,
        help_text=gettext_lazy("Who needs it, for what, and on whose order. It goes on record."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = exchange_page(actor, number)
    form = PlanFileForm(posted(request), request.FILES or None)
    if form.is_valid():
        with faults_at(form):
            content = form.cleaned_data["file"].read(exchange.MOST_MB * 2**20 + 1)
            plan = exchange.import_plan(actor=actor, number=number, file=content)
            messages.success(request, _("Taken in as a candidate. It is being checked whole."))
            return redirect("portal:plan-detail", plan.pk)
    context = {"page": page, "round": page.round, "form": form, "purpose": PurposeForm()}
    return render(request, PAGE, context, status=status_of(form))


@require_POST
def freeze(request: HttpRequest, number: int) -> HttpResponse:
    exchange.request_freeze(actor=actor_of(request), number=number)
    messages.success(request, _("The round is being frozen. Load this page again in a moment."))
    return redirect("portal:round-exchange", number)


@never_cache
@require_safe
def masked(request: HttpRequest, number: int) -> HttpResponse:
    return _json(exchange.export_masked(actor=actor_of(request), number=number))


@never_cache
@require_safe
def plan_json(request: HttpRequest, number: int) -> HttpResponse:
    return _json(exchange.export_plan_document(actor=actor_of(request), number=number))


@never_cache
@require_safe
def teams(request: HttpRequest, number: int) -> HttpResponse:
    lists = export_team_lists(actor=actor_of(request), number=number, language=spoken())
    return download(lists.content, lists.file_name)


@needs_fresh_proof
@require_POST
def unmasked(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = exchange_page(actor, number)
    form = PurposeForm(request.POST)
    if form.is_valid():
        with faults_at(form):
            reason = form.cleaned_data["reason"]
            sealing.request_unmasked(actor=actor, number=number, reason=reason)
            messages.success(request, _("Asked for. It can be taken here as soon as it is made."))
            return redirect("portal:round-exchange", number)
    context = {"page": page, "round": page.round, "form": PlanFileForm(), "purpose": form}
    return render(request, PAGE, context, status=status_of(form))


@needs_fresh_proof
@never_cache
@require_POST
def take(request: HttpRequest, number: int) -> HttpResponse:
    return _json(sealing.take_unmasked(actor=actor_of(request), number=number))


def _json(document: exchange.Document) -> HttpResponse:
    answer = HttpResponse(document.content, content_type="application/json")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(document.file_name)}"
    return answer
