"""The plan of interviews, in the papers' room of a team."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from httpapi.cursors import USUAL, next_link, window_of
from portal.faults import faults_at, status_of
from portal.http import posted
from portal.interview_forms import InterviewForm, SettleForm, StrataForm
from sharing.domain.interviews import State
from sharing.selectors.interviews import interviewers_offered, room_interviews, unit_plans
from sharing.selectors.rooms import room_page
from sharing.services.interviews import plan_interview, set_strata, settle_interview
from tenancy.actor import Actor
from tenancy.http import actor_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    form = InterviewForm(posted(request), _people(actor, number), _strata(actor, number))
    if form.is_valid():
        with faults_at(form):
            plan_interview(actor=actor, number=number, **form.given)  # type: ignore[arg-type]
            messages.success(request, _("Planned."))
            return redirect("portal:room-interviews", number)
    return _shown(request, number, form=form)


@require_POST
def strata(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    form = StrataForm(request.POST, _units(actor, number))
    if form.is_valid():
        with faults_at(form):
            set_strata(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("The strata are set."))
            return redirect("portal:room-interviews", number)
    return _shown(request, number, layers=form)


@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    form = SettleForm(request.POST, _people(actor, number))
    if form.is_valid():
        with faults_at(form):
            given = dict(form.cleaned_data)
            state = State(given.pop("state"))
            settle_interview(actor=actor, number=number, state=state, **given)
            messages.success(request, _("Written down."))
            return redirect("portal:room-interviews", number)
    return _shown(request, number, settled=form)


def _people(actor: Actor, number: int) -> list[tuple[str, str]]:
    seats = interviewers_offered(actor, number)
    return [(f"{one.origin_id}:{one.person_number}", one.name) for one in seats]


def _units(actor: Actor, number: int) -> list[tuple[str, str]]:
    return [(plan.unit.code, plan.unit.name) for plan in unit_plans(actor, number)]


def _strata(actor: Actor, number: int) -> list[tuple[str, str]]:
    return [
        (f"{plan.unit.code}\t{one.title}", f"{plan.unit.name} · {one.title}")
        for plan in unit_plans(actor, number)
        for one in plan.strata
    ]


def _shown(
    request: HttpRequest,
    number: int,
    *,
    form: InterviewForm | None = None,
    layers: StrataForm | None = None,
    settled: SettleForm | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    plans = unit_plans(actor, number)
    asked = {} if request.method == "POST" else request.GET.dict()
    part = room_interviews(actor, number, window_of(request, {"limit": USUAL} | asked))
    people, given = _people(actor, number), [one for one in (form, layers, settled) if one]
    first = next((plan.typed for plan in plans if plan.strata), "")
    context = {
        "page": room_page(actor, number),
        "plans": plans,
        "has_strata": any(plan.strata for plan in plans),
        "lines": part.lines,
        "more": next_link(request, part),
        "form": form or InterviewForm(None, people, _strata(actor, number)),
        "layers": layers or StrataForm(None, _units(actor, number), first),
        "settled": settled or SettleForm(None, people),
    }
    return render(request, "portal/rooms/interviews.html", context, status=status_of(*given))
