"""What the scheduler settles about a round: days, teams, rules, units, distances."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.http import UNPROCESSABLE
from portal.round_forms import (
    DistanceFormSet,
    PastArcFormSet,
    PolicyForm,
    TeamFormSet,
    UnitForm,
    mode_choices,
)
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
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

PAGE_METHODS = ["GET", "HEAD", "POST"]


def _back(request: HttpRequest, number: int) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("portal:round-detail", number)


@require_http_methods(PAGE_METHODS)
def calendar(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    if request.method == "POST":
        worked = {date.fromisoformat(day) for day in request.POST.getlist("worked") if _is_day(day)}
        choose_working_days(actor=actor, number=number, worked=worked)
        return _back(request, number)
    round_, work = calendar_page(actor, number)
    context = {
        "round": round_,
        "calendar": work,
        "weeks": weeks(work.days),
        "may_edit": actor.may(Permission.EDIT_ROUND),
    }
    return render(request, "portal/rounds/calendar.html", context)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@require_http_methods(PAGE_METHODS)
def teams(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    round_, slots = team_slots(actor, number)
    keys = TeamFormSet.form.base_fields
    shown = [{key: getattr(slot, key) for key in keys} for slot in slots]
    forms = TeamFormSet(request.POST or None, initial=shown, prefix="team")
    if request.method == "POST" and forms.is_valid():
        kept = [form for form in forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        set_teams(actor=actor, number=number, teams=[form.draft() for form in kept])
        return _back(request, number)
    context = {"round": round_, "forms": forms, "may_edit": actor.may(Permission.EDIT_ROUND)}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "portal/rounds/teams.html", context, status=status)


@require_http_methods(PAGE_METHODS)
def policy(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    round_, _offices = round_settings(actor, number)
    form = (
        PolicyForm(request.POST) if request.method == "POST" else PolicyForm.showing(round_.policy)
    )
    if request.method == "POST" and form.is_valid():
        set_policy(actor=actor, number=number, mode=round_.mode, policy=form.policy(round_.policy))
        return _back(request, number)
    context = {
        "round": round_,
        "form": form,
        "modes": mode_choices(),
        "may_edit": actor.may(Permission.EDIT_ROUND),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "portal/rounds/policy.html", context, status=status)


@require_POST
def mode(request: HttpRequest, number: int) -> HttpResponse:
    """Take over a mode's whole profile, in place of every parameter."""
    reset_policy(actor=actor_of(request), number=number, mode=request.POST.get("mode", ""))
    messages.success(request, _("The rules are those of the mode now."))
    return redirect("portal:round-policy", number)


@require_http_methods(PAGE_METHODS)
def units(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = round_units(actor, number)
    data = request.POST or None
    keys = UnitForm.base_fields
    forms = {
        line.number: UnitForm(
            data, prefix=f"unit-{line.number}", initial={key: getattr(line, key) for key in keys}
        )
        for line in page.lines
    }
    if request.method == "POST" and all(form.is_valid() for form in forms.values()):
        choices = [forms[line.number].choice(line.county, line.code) for line in page.lines]
        choose_units(actor=actor, number=number, choices=choices)
        return _back(request, number)
    rows = [
        (county, [(line, forms[line.number]) for line in county.units]) for county in page.counties
    ]
    context = {"round": page.round, "rows": rows, "may_edit": page.may_edit}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "portal/rounds/units.html", context, status=status)


@require_http_methods(PAGE_METHODS)
def distances(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    round_, offices = round_settings(actor, number)
    more = {"offices": {office.code: office.short_name for office in offices}}
    data = request.POST or None
    past = [
        {"origin": arc["from"], "host": arc["to"], "ago": arc["ago"]} for arc in round_.past_arcs
    ]
    travel = DistanceFormSet(data, initial=round_.travel, prefix="travel", form_kwargs=more)
    arcs = PastArcFormSet(data, initial=past, prefix="past", form_kwargs=more)
    if request.method == "POST" and travel.is_valid() and arcs.is_valid():
        set_distances(
            actor=actor,
            number=number,
            travel=[(row["a"], row["b"], row["km"]) for row in travel.cleaned_data if _kept(row)],
            past_arcs=[
                (row["origin"], row["host"], row["ago"]) for row in arcs.cleaned_data if _kept(row)
            ],
        )
        return _back(request, number)
    context = {
        "round": round_,
        "travel": travel,
        "arcs": arcs,
        "may_edit": actor.may(Permission.EDIT_ROUND),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "portal/rounds/distances.html", context, status=status)


def _kept(row: dict[str, object]) -> bool:
    return bool(row) and not row.get("DELETE")
