"""A plan's way into force: each step by its button, what was published, and its withdrawal."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.http import acts_on
from portal.plan_context import plan_context
from portal.publication_forms import WordsForm
from portal.state_context import difference_in_words, state_context
from portal.step_up import needs_fresh_proof
from scheduling.selectors import plan_page
from scheduling.selectors.publication import publication_page
from scheduling.services.proposing import propose_plan, take_back_plan
from scheduling.services.publishing import (
    approve_plan,
    publish_plan,
    return_plan,
    withdraw_publication,
)
from scheduling.services.taking import take_document
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

PLAN, STATE = "portal/plans/detail.html", "portal/plans/_state.html"
PUBLICATION = "portal/publications/detail.html"


@never_cache
@require_safe
def state(request: HttpRequest, number: int) -> HttpResponse:
    """The part that looks again while the worker checks; when that is over, the whole page."""
    context = state_context(actor_of(request), number)
    answer = render(request, STATE, context)
    if not context["way"].is_working:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def propose(request: HttpRequest, number: int) -> HttpResponse:
    done = propose_plan(actor=actor_of(request), number=number)
    if done.job is None:
        messages.success(request, _("The plan is proposed. The offices are asked to confirm."))
    return redirect("portal:plan-detail", number)


@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    take_back_plan(actor=actor_of(request), number=number)
    messages.success(request, _("The plan is back at the desk."))
    return redirect("portal:plan-detail", number)


@acts_on("portal:plan-detail")
def give_back(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), WordsForm(request.POST)
    if form.is_valid():
        with faults_at(form):
            return_plan(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("The plan is returned, with your words."))
            return redirect("portal:plan-detail", number)
    context = plan_context(plan_page(actor, number), actor)
    context |= state_context(actor, number, form)
    return render(request, PLAN, context, status=status_of(form))


@needs_fresh_proof
@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    approve_plan(actor=actor_of(request), number=number)
    messages.success(request, _("The plan is approved. It can be published now."))
    return redirect("portal:plan-detail", number)


@needs_fresh_proof
@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    made = publish_plan(actor=actor_of(request), number=number)
    messages.success(request, _("The plan is in force. Every office has received its own part."))
    return redirect("portal:publication-detail", made.pk)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    return _publication(request, number, WordsForm())


@require_safe
def document(request: HttpRequest, number: int) -> HttpResponse:
    taken = take_document(actor=actor_of(request), number=number)
    answer = HttpResponse(taken.content, content_type="application/json")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(taken.file_name)}"
    return answer


@needs_fresh_proof
@acts_on("portal:publication-detail")
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    form = WordsForm(request.POST)
    if form.is_valid():
        with faults_at(form):
            withdraw_publication(actor=actor_of(request), number=number, **form.cleaned_data)
            messages.success(request, _("The plan is withdrawn. Every office has been told."))
            return redirect("portal:publication-detail", number)
    return _publication(request, number, form)


def _publication(request: HttpRequest, number: int, form: WordsForm) -> HttpResponse:
    actor = actor_of(request)
    page = publication_page(actor, number)
    context = {
        "page": page,
        "may_see_teams": actor.may(Permission.VIEW_AUTHORISATIONS),
        "made": page.publication,
        "difference": difference_in_words(page.difference),
        "form": form,
    }
    return render(request, PUBLICATION, context, status=status_of(form))
