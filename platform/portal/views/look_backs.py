"""Look-backs: planned and drawn by the office, approved by the group, visited by a team."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.faults import faults_at, status_of
from portal.http import acts_on, posted
from portal.keyset import pages, window
from portal.letter_forms import ActForm
from portal.rectification_forms import FoundForm, LookBackForm, TeamForm
from sharing.access.rectification import must_steer, steers
from sharing.selectors.rectification import units_of
from sharing.selectors.rectification_desks import LookBackPage, look_back_page, look_backs_part
from sharing.services.looking_back import (
    act_on_look_back,
    plan_look_back,
    send_team,
    tell_result,
)
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

DETAIL = "portal/rectification/look_back.html"


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if request.method == "POST":
        must_steer(actor)
    part = look_backs_part(actor, window(request))
    form = LookBackForm(units_of(actor), posted(request)) if steers(actor) else None
    if form is not None and form.is_valid():
        with faults_at(form):
            back = plan_look_back(actor=actor, **form.given())
            messages.success(request, _("The population is set. Draw from it now."))
            return redirect("portal:look-back", back.pk)
    context = {"backs": part.lines, "form": form} | pages(request, part)
    status = status_of(form) if form is not None else 200
    return render(request, "portal/rectification/look_backs.html", context, status=status)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, look_back_page(actor_of(request), number))


@acts_on("portal:look-back")
def act(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), ActForm(request.POST)
    page = look_back_page(actor, number)
    if form.is_valid():
        with faults_at(form):
            act_on_look_back(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("Done. It stands on the way of the look-back."))
            return redirect("portal:look-back", number)
    return _page(request, page, act_form=form)


@acts_on("portal:look-back")
def team(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = look_back_page(actor, number)
    must_steer(actor)
    form = TeamForm(page, request.POST)
    if form.is_valid():
        with faults_at(form):
            send_team(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("The team is named. Its leader begins on site."))
            return redirect("portal:look-back", number)
    return _page(request, page, team_form=form)


@acts_on("portal:look-back")
def result(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = look_back_page(actor, number)
    actor.must(Permission.LEAD_LOOK_BACK)
    rows = _rows(page, request)
    sound = [row.is_valid() for row in rows]
    if rows and all(sound):
        with faults_at(*rows, results=rows):
            found = [row.found() for row in rows]
            tell_result(actor=actor, number=number, results=found)
            messages.success(request, _("The result is told; what was false is open again."))
            return redirect("portal:look-back", number)
    return _page(request, page, rows=rows)


def _rows(page: LookBackPage, request: HttpRequest) -> list[FoundForm]:
    if not page.may_tell:
        return []
    items = [(one.pk, f"{one.desk.name} · {one.brief}") for one in page.items]
    return [
        FoundForm(name, items, posted(request), prefix=f"row{place}")
        for place, name in enumerate(page.back.drawn)
    ]


def _page(
    request: HttpRequest,
    page: LookBackPage,
    act_form: ActForm | None = None,
    team_form: TeamForm | None = None,
    rows: list[FoundForm] | None = None,
) -> HttpResponse:
    sent = act_form.data.get("act") if act_form is not None else None
    forms = [
        (one, act_form if one.name == sent else ActForm(initial={"act": one.name}, auto_id=f"{one.name}_%s"))
        for one in sorted(page.acts, key=lambda act: act.needs_reason)
    ]  # fmt: skip
    context = {
        "page": page,
        "back": page.back,
        "forms": forms,
        "team_form": team_form or TeamForm(page),
        "rows": rows if rows is not None else _rows(page, request),
    }
    shown = [one for one in (act_form, team_form, *(rows or [])) if one is not None]
    return render(request, DETAIL, context, status=status_of(*shown))
