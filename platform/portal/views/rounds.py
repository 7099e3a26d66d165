"""A round: the list, a new one, and its page with the steps to a plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.forms import RunForm
from portal.http import posted
from portal.round_context import round_context
from portal.round_forms import CallForm, RoundForm, WindowForm
from scheduling.access.handling import must_handle
from scheduling.selectors.rounds import round_list, round_page
from scheduling.services.calling import call_on_offices, reopen_releases
from scheduling.services.rounds import create_round, revise_round
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {"lines": round_list(actor), "may_edit": actor.may(Permission.EDIT_ROUND)}
    return render(request, "portal/rounds/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.EDIT_ROUND)
    form = RoundForm(posted(request))
    if form.is_valid():
        with faults_at(form):
            round_ = create_round(actor=actor, **form.draft())
            messages.success(request, _("The round is set up. Next, notify the counties."))
            return redirect("portal:round-detail", round_.pk)
    return render(request, "portal/rounds/new.html", {"form": form}, status=status_of(form))


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    context = round_context(actor_of(request), number, RunForm())
    return render(request, "portal/rounds/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def window(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = round_page(actor, number)
    actor.must(Permission.EDIT_ROUND)
    must_handle(actor, Permission.EDIT_ROUND, number)
    shown = {key: getattr(page.round, key) for key in ("name", "starts_on", "ends_on")}
    form = WindowForm(posted(request), initial=shown)
    if form.is_valid():
        with faults_at(form):
            revise_round(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("portal:round-detail", number)
    context = {"form": form, "round": page.round}
    return render(request, "portal/rounds/window.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = round_page(actor, number)
    actor.must(Permission.EDIT_ROUND)
    must_handle(actor, Permission.EDIT_ROUND, number)
    form = CallForm({office.pk: office.name for office in page.not_called}, posted(request))
    if form.is_valid():
        with faults_at(form):
            calls = call_on_offices(actor=actor, number=number, call=form.draft())
            words = ngettext("One office was notified.", "%(n)d offices were notified.", len(calls))
            messages.success(request, words % {"n": len(calls)})
            return redirect("portal:round-detail", number)
    context = {"form": form, "page": page, "round": page.round}
    return render(request, "portal/rounds/call.html", context, status=status_of(form))


@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    reopen_releases(actor=actor_of(request), number=number)
    messages.success(request, _("The offices may release and withdraw again."))
    return redirect("portal:round-detail", number)
