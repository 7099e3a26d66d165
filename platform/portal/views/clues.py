"""Clues of one's team, in its direct room."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from httpapi.cursors import USUAL, next_link, window_of
from portal.clue_forms import ClueForm, JudgeForm, ReasonForm
from portal.faults import faults_at, status_of
from portal.http import posted
from portal.step_up import needs_fresh_proof
from sharing.access.clues import direct_rooms_of
from sharing.selectors.clues import counts_by_office, team_clue_page, team_clues
from sharing.selectors.counting import MOST_COUNTED
from sharing.services import clues
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

DETAIL = "portal/clues/detail.html"
FORM = "portal/clues/form.html"


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.REGISTER_CLUE)
    part = team_clues(actor, window_of(request, {"limit": USUAL} | request.GET.dict()))
    context = {
        "lines": part.lines,
        "more": next_link(request, part),
        "has_room": direct_rooms_of(actor).exists(),
    }
    return render(request, "portal/clues/index.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.REGISTER_CLUE)
    form = ClueForm(_rooms(actor), posted(request))
    if form.is_valid():
        with faults_at(form):
            clue = clues.register_clue(actor=actor, draft=form.draft(), room=form.room)
            messages.success(request, _("The clue is registered. The team meeting judges it."))
            return redirect("portal:clue-detail", clue.pk)
    return render(request, FORM, {"form": form}, status=status_of(form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    clue = team_clue_page(actor, number).clue
    told = {name: getattr(clue, name) for name in ClueForm((), None).fields}
    initial = told | {"evidence": "\n".join(clue.evidence)}
    form = ClueForm((), posted(request), initial=initial)
    if form.is_valid():
        with faults_at(form):
            clues.amend_clue(actor=actor, number=number, draft=form.draft())
            return redirect("portal:clue-detail", number)
    return render(request, FORM, {"form": form, "clue": clue}, status=status_of(form))


@never_cache
@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    return _shown(request, number)


@require_POST
def judge(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    team_clue_page(actor, number)
    actor.must(Permission.SCREEN_CLUE)
    form = JudgeForm(request.POST)
    if form.is_valid():
        with faults_at(form):
            clues.judge_clue(actor=actor, number=number, **form.cleaned_data)
            return redirect("portal:clue-detail", number)
    return _shown(request, number, judge=form)


@require_POST
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    team_clue_page(actor, number)
    actor.must(Permission.SCREEN_CLUE)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with faults_at(form):
            clues.send_clue_back(actor=actor, number=number, **form.cleaned_data)
            return redirect("portal:clue-detail", number)
    return _shown(request, number, back=form)


@needs_fresh_proof
@require_POST
def sign(request: HttpRequest, number: int) -> HttpResponse:
    clues.sign_clue(actor=actor_of(request), number=number)
    messages.success(request, _("Signed. The office that it is for takes it in."))
    return redirect("portal:clue-detail", number)


@never_cache
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """How many clues each county has and how far they are; not one word of any."""
    actor = actor_of(request)
    actor.must(Permission.WATCH_CLUES)
    counts = counts_by_office(actor)
    context = {"offices": counts.offices, "most": MOST_COUNTED if counts.is_cut else None}
    return render(request, "portal/clues/counts.html", context)


def _rooms(actor: Actor) -> list[tuple[int, str]]:
    return [(room.pk, str(room)) for room in direct_rooms_of(actor)]


def _shown(
    request: HttpRequest,
    number: int,
    *,
    judge: JudgeForm | None = None,
    back: ReasonForm | None = None,
) -> HttpResponse:
    context = {
        "page": team_clue_page(actor_of(request), number),
        "judge": judge or JudgeForm(None),
        "back": back or ReasonForm(),
    }
    given = [form for form in (judge, back) if form is not None]
    return render(request, DETAIL, context, status=status_of(*given))
