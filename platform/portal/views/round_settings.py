"""What the scheduler settles about a round: days, teams, rules, units, distances."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.faults import faults_at, status_of
from portal.http import posted
from portal.round_forms import (
    CalendarForm,
    DistanceFormSet,
    ModeForm,
    PastArcFormSet,
    PolicyForm,
    TeamFormSet,
    UnitForm,
    kept,
)
from scheduling.access.handling import may_in_round
from scheduling.domain.working_days import weeks
from scheduling.selectors.round_units import round_units
from scheduling.selectors.rounds import calendar_page, round_settings, team_slots
from scheduling.services.day_choices import choose_working_days
from scheduling.services.rounds import (
    choose_units,
    reset_policy,
    set_distances,
    set_policy,
    set_teams,
)
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

PAGE_METHODS = ["GET", "HEAD", "POST"]


def open_rows(actor: Actor, number: int, *rows: BaseFormSet[Any]) -> bool:
    """Whether the actor may edit; whoever may not is offered no empty rows and no removal."""
    may_edit = may_in_round(actor, Permission.EDIT_ROUND, number)
    for formset in rows:
        formset.extra *= may_edit
        formset.can_delete = may_edit
    return may_edit


def _back(request: HttpRequest, number: int) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("portal:round-detail", number)


@require_http_methods(PAGE_METHODS)
def calendar(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    round_, work = calendar_page(actor, number)
    form, worked = CalendarForm(posted(request)), set(work.working_days)
    if form.is_bound:
        worked = form.typed()["worked"]
        with faults_at(form):
            choose_working_days(actor=actor, number=number, worked=worked)
            return _back(request, number)
    context = {
        "round": round_,
        "calendar": work,
        "weeks": weeks(work.days),
        "form": form,
        "worked": worked,
        "may_edit": may_in_round(actor, Permission.EDIT_ROUND, number),
    }
    return render(request, "portal/rounds/calendar.html", context, status=status_of(form))


@require_http_methods(PAGE_METHODS)
def teams(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    round_, slots = team_slots(actor, number)
    keys = TeamFormSet.form.base_fields
    shown = [{key: getattr(slot, key) for key in keys} for slot in slots]
    forms = TeamFormSet(posted(request), initial=shown, prefix="team")
    may_edit = open_rows(actor, number, forms)
    if forms.is_valid():
        rows = kept(forms)
        with faults_at(teams=rows):
            set_teams(actor=actor, number=number, teams=[row.draft() for row in rows])
            return _back(request, number)
    context = {"round": round_, "forms": forms, "may_edit": may_edit}
    return render(request, "portal/rounds/teams.html", context, status=status_of(forms))


@require_http_methods(PAGE_METHODS)
def policy(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    round_, _offices = round_settings(actor, number)
    form = PolicyForm.showing(round_.policy, posted(request))
    if form.is_valid():
        with faults_at(form):
            typed = form.policy(round_.policy)
            set_policy(actor=actor, number=number, mode=round_.mode, policy=typed)
            return _back(request, number)
    context = {
        "round": round_,
        "form": form,
        "mode_form": ModeForm(initial={"mode": round_.mode}),
        "may_edit": may_in_round(actor, Permission.EDIT_ROUND, number),
    }
    return render(request, "portal/rounds/policy.html", context, status=status_of(form))


@require_POST
def mode(request: HttpRequest, number: int) -> HttpResponse:
    """Take over a mode's whole profile, in place of every parameter."""
    reset_policy(actor=actor_of(request), number=number, mode=request.POST.get("mode", ""))
    messages.success(request, _("The rules of the mode now apply."))
    return redirect("portal:round-policy", number)


@require_http_methods(PAGE_METHODS)
def units(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = round_units(actor, number)
    forms = [UnitForm.showing(line, posted(request)) for line in page.lines]
    if request.method == "POST" and all(form.is_valid() for form in forms):
        choices = [form.choice() for form in forms]
        with faults_at(choices=forms):
            choose_units(actor=actor, number=number, choices=choices)
            return _back(request, number)
    rows = iter(forms)
    context = {
        "round": page.round,
        "forms": forms,
        "rows": [(county, [next(rows) for _unit in county.units]) for county in page.counties],
        "may_edit": page.may_edit,
    }
    return render(request, "portal/rounds/units.html", context, status=status_of(*forms))


@require_http_methods(PAGE_METHODS)
def distances(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    round_, offices = round_settings(actor, number)
    more = {"offices": {office.code: office.short_name for office in offices}}
    data = posted(request)
    past = [
        {"origin": arc["from"], "host": arc["to"], "ago": arc["ago"]} for arc in round_.past_arcs
    ]
    travel = DistanceFormSet(data, initial=round_.travel, prefix="travel", form_kwargs=more)
    arcs = PastArcFormSet(data, initial=past, prefix="past", form_kwargs=more)
    may_edit = open_rows(actor, number, travel, arcs)
    if travel.is_valid() and arcs.is_valid():
        roads, before = kept(travel), kept(arcs)
        with faults_at(travel=roads, past_arcs=before):
            set_distances(
                actor=actor,
                number=number,
                travel=[row.draft() for row in roads],
                past_arcs=[row.draft() for row in before],
            )
            return _back(request, number)
    context = {"round": round_, "travel": travel, "arcs": arcs, "may_edit": may_edit}
    status = status_of(travel, arcs)
    return render(request, "portal/rounds/distances.html", context, status=status)
