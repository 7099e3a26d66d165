"""Joint cases, talks, outcomes, evaluations: what stands beside the items."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.faults import faults_at, status_of
from portal.http import posted
from portal.keyset import pages, window
from portal.rectification_forms import (
    OUTCOMES,
    CaseForm,
    ConclusionForm,
    SheetForm,
    TalkForm,
)
from sharing.access.rectification import must_steer, steers
from sharing.domain.evaluations import GRADE_TITLES, PART_TITLES
from sharing.selectors.letters import inbox_part
from sharing.selectors.rectification import ItemSieve, led_part, units_of
from sharing.selectors.rectification_board import standing_of_leader
from sharing.selectors.rectification_desks import (
    case_page,
    cases_part,
    evaluations_part,
    items_to_join,
    leaders_of,
    led_cases,
    outcomes_part,
    talk_to_record,
    talks_part,
)
from sharing.services.evaluating import evaluate
from sharing.services.joint_cases import close_case, open_case
from sharing.services.talks import record_talk
from tenancy.actor import Actor
from tenancy.http import actor_of
from tenancy.paging import Window

LETTERS_SHOWN = Window(20)
FOLDER = "portal/rectification"


@require_http_methods(["GET", "HEAD", "POST"])
def cases(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if request.method == "POST":
        must_steer(actor)
    part = cases_part(actor, window(request))
    form = _case_form(request, actor) if steers(actor) else None
    if form is not None and form.is_valid():
        with faults_at(form):
            case = open_case(actor=actor, **form.cleaned_data)
            messages.success(request, _("The joint case is open. Write its lead-handling letter."))
            return redirect("portal:joint-case", case.pk)
    context = {"cases": part.lines, "form": form} | pages(request, part)
    status = status_of(form) if form is not None else 200
    return render(request, f"{FOLDER}/cases.html", context, status=status)


def _case_form(request: HttpRequest, actor: Actor) -> CaseForm:
    leaders = [(one.code, one.name) for one in leaders_of(actor)]
    items = [(one.pk, f"{one.desk.name} · {one.brief}") for one in items_to_join(actor)]
    return CaseForm(leaders, items, posted(request))


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = case_page(actor, number)
    if request.method == "POST":
        must_steer(actor)
    form = ConclusionForm(posted(request))
    if form.is_valid():
        with faults_at(form):
            close_case(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("The joint case is closed."))
            return redirect("portal:joint-case", number)
    context = {"page": page, "case": page.case, "form": form}
    return render(request, f"{FOLDER}/case.html", context, status=status_of(form))


@require_safe
def in_charge(request: HttpRequest) -> HttpResponse:
    """A county leader's own: letters, joint cases, items."""
    actor = actor_of(request)
    is_overdue = request.GET.get("overdue") == "1"
    part = led_part(actor, window(request), ItemSieve(overdue=is_overdue))
    context = {
        "lines": part.lines,
        "standing": standing_of_leader(actor),
        "is_overdue": is_overdue,
        "cases": led_cases(actor),
        "letters": inbox_part(actor, LETTERS_SHOWN).lines,
    }
    return render(request, f"{FOLDER}/in_charge.html", context | pages(request, part))


@require_safe
def talks(request: HttpRequest) -> HttpResponse:
    actor, left = actor_of(request), request.GET.get("left") == "1"
    part = talks_part(actor, window(request), left)
    context = {"talks": part.lines, "left": left, "may_steer": steers(actor)}
    return render(request, f"{FOLDER}/talks.html", context | pages(request, part))


@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    found = talk_to_record(actor, number)
    form = TalkForm(posted(request))
    if form.is_valid():
        with faults_at(form):
            record_talk(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("The talk is on record."))
            return redirect("portal:talks")
    context = {"talk": found, "form": form}
    return render(request, f"{FOLDER}/talk.html", context, status=status_of(form))


@require_safe
def outcomes(request: HttpRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    part = outcomes_part(actor_of(request), window(request), kind)
    context = {"outcomes": part.lines, "kind": kind, "kinds": OUTCOMES}
    return render(request, f"{FOLDER}/outcomes.html", context | pages(request, part))


@require_http_methods(["GET", "HEAD", "POST"])
def evaluations(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    if request.method == "POST":
        must_steer(actor)
    part = evaluations_part(actor, window(request))
    form = SheetForm(units_of(actor), posted(request)) if steers(actor) else None
    if form is not None and form.is_valid():
        with faults_at(form):
            sheet = evaluate(actor=actor, **form.given())
            messages.success(request, _("Judged: %(score)s points.") % {"score": sheet.score})
            return redirect("portal:evaluations")
    sheets = [(one, GRADE_TITLES[one.grade]) for one in part.lines]  # type: ignore[index]
    context = {"sheets": sheets, "form": form, "parts": PART_TITLES} | pages(request, part)
    status = status_of(form) if form is not None else 200
    return render(request, f"{FOLDER}/evaluations.html", context, status=status)
