"""A round: the list, a new one, and its page with the steps to a plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.forms import RunForm
from portal.http import UNPROCESSABLE
from portal.round_forms import CallForm, RoundForm, WindowForm
from scheduling.selectors.rounds import RoundPage, round_list, round_page
from scheduling.services.calling import CallDraft, call_on_offices, reopen_releases
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
    form = RoundForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = UNPROCESSABLE if form.errors else 200
        return render(request, "portal/rounds/new.html", {"form": form}, status=status)
    typed = form.cleaned_data
    round_ = create_round(
        actor=actor,
        name=typed["name"],
        starts_on=typed["starts_on"],
        ends_on=typed["ends_on"],
        mode=typed["mode"],
        teams=form.team_drafts(),
    )
    messages.success(request, _("The round is set up. Now call on the counties."))
    return redirect("portal:round-detail", round_.pk)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    page = round_page(actor_of(request), number)
    context = {"page": page, "round": page.round, "run_form": RunForm()}
    return render(request, "portal/rounds/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def window(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = round_page(actor, number)
    actor.must(Permission.EDIT_ROUND)
    shown = {key: getattr(page.round, key) for key in ("name", "starts_on", "ends_on")}
    form = WindowForm(request.POST or None, initial=shown)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "round": page.round}
        status = UNPROCESSABLE if form.errors else 200
        return render(request, "portal/rounds/window.html", context, status=status)
    revise_round(actor=actor, number=number, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("portal:round-detail", number)


@require_http_methods(["GET", "HEAD", "POST"])
def call(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = round_page(actor, number)
    actor.must(Permission.EDIT_ROUND)
    form = CallForm(_to_call(page), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "page": page, "round": page.round}
        status = UNPROCESSABLE if form.errors else 200
        return render(request, "portal/rounds/call.html", context, status=status)
    typed = form.cleaned_data
    draft = CallDraft(
        offices=typed["offices"],
        people=typed["people"],
        skills=form.skills(),
        answer_by=typed["answer_by"],
    )
    calls = call_on_offices(actor=actor, number=number, call=draft)
    words = ngettext("One office was called on.", "%(n)d offices were called on.", len(calls))
    messages.success(request, words % {"n": len(calls)})
    return redirect("portal:round-detail", number)


@require_POST
def reopen(request: HttpRequest, number: int) -> HttpResponse:
    reopen_releases(actor=actor_of(request), number=number)
    messages.success(request, _("The offices may release and withdraw again."))
    return redirect("portal:round-detail", number)


def _to_call(page: RoundPage) -> dict[int, str]:
    return {office.pk: office.name for office in page.not_called}
