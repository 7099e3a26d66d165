"""Acts at the desk. Each carries the revision that its author saw; on another one it is not
done, and its price on the plan of now is shown instead, with what happened meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.desk_context import desk_context
from portal.desk_forms import DutiesForm, EditForm, PinForm, SeenForm, SolveForm, panel_of
from portal.desk_panel import done_context, panel_context
from portal.faults import faults_at, status_of
from portal.http import acts_on, is_partial, sent_to
from scheduling.selectors.desk_page import desk_page, desk_view
from scheduling.services import desk as acting
from scheduling.services import duties as sharing
from scheduling.services import opening, pins
from tenancy.http import actor_of
from webui.language import spoken

PAGE, CHANGED = "portal/desk/page.html", "portal/desk/_changed.html"
OVERTAKEN = 409
Act = Callable[[SeenForm], Any]


@require_POST
def open_one(request: HttpRequest, number: int) -> HttpResponse:
    draft = opening.open_draft(actor=actor_of(request), number=number)
    return sent_to(request, "portal:desk", draft.pk)


@acts_on("portal:desk")
def edit(request: HttpRequest, number: int) -> HttpResponse:
    form = EditForm(request.POST)

    def act(_form: SeenForm) -> Any:
        return acting.edit_plan(
            actor=actor_of(request),
            number=number,
            edit=form.content(),
            seen=form.cleaned_data["seen"],
        )

    return _acted(request, number, form, act)


@acts_on("portal:desk")
def undo(request: HttpRequest, number: int) -> HttpResponse:
    return _of_the_plan(request, number, acting.undo_edit)


@acts_on("portal:desk")
def redo(request: HttpRequest, number: int) -> HttpResponse:
    return _of_the_plan(request, number, acting.redo_edit)


@acts_on("portal:desk")
def barred(request: HttpRequest, number: int) -> HttpResponse:
    return _of_the_plan(request, number, acting.send_barred_home)


@acts_on("portal:desk")
def usual(request: HttpRequest, number: int) -> HttpResponse:
    return _of_the_plan(request, number, sharing.propose_duties)


@acts_on("portal:desk")
def duties(request: HttpRequest, number: int) -> HttpResponse:
    form = DutiesForm(request.POST)

    def act(_form: SeenForm) -> Any:
        return sharing.set_duties(
            actor=actor_of(request),
            number=number,
            team=form.cleaned_data["team"],
            duties=form.duties(),
            seen=form.cleaned_data["seen"],
        )

    return _acted(request, number, form, act)


@acts_on("portal:desk")
def set_pin(request: HttpRequest, number: int) -> HttpResponse:
    form = PinForm(request.POST)
    if form.is_valid():
        pins.pin(actor=actor_of(request), number=number, pin=form.content())
    return _shown(request, number, _panel(form), words=_("Pinned. The engine will keep it."))


@acts_on("portal:desk")
def take_pin(request: HttpRequest, number: int) -> HttpResponse:
    form = PinForm(request.POST)
    if form.is_valid():
        pins.unpin(actor=actor_of(request), number=number, pin=form.cleaned_data["pin"] or 0)
    return _shown(request, number, _panel(form), words=_("The pin is taken away."))


@acts_on("portal:desk")
def solve(request: HttpRequest, number: int) -> HttpResponse:
    form = SolveForm(request.POST)
    limit = form.cleaned_data["time_limit_s"] if form.is_valid() else None
    run = acting.solve_around(actor=actor_of(request), number=number, time_limit_s=limit)
    return sent_to(request, "portal:run-detail", run.pk)


@acts_on("portal:desk")
def check(request: HttpRequest, number: int) -> HttpResponse:
    acting.check_draft(actor=actor_of(request), number=number)
    return _shown(request, number, {}, words=_("The independent check is on its way."))


# --- What every act answers with ------------------------------------------------------------


def _of_the_plan(request: HttpRequest, number: int, service: Callable[..., Any]) -> HttpResponse:
    form = SeenForm(request.POST)

    def act(_form: SeenForm) -> Any:
        return service(actor=actor_of(request), number=number, seen=form.cleaned_data["seen"])

    return _acted(request, number, form, act)


def _acted(request: HttpRequest, number: int, form: SeenForm, act: Act) -> HttpResponse:
    """The desk after an act, with its price; or as somebody else has left it meanwhile."""
    if form.is_valid():
        with faults_at(form):
            done = act(form)
            return _shown(request, number, _panel(form), done=done)
    return _overtaken(request, number, form)


def _overtaken(request: HttpRequest, number: int, form: SeenForm) -> HttpResponse:
    """Nothing was done. What was wanted is still there, priced on the plan as it is now."""
    actor, view = actor_of(request), desk_view(actor_of(request), number)
    wanted = form.content() if isinstance(form, EditForm) else {}
    panel = panel_context(actor, view, wanted or _panel(form))
    panel["panel"]["overtaken"] = form.errors.get("seen", form.non_field_errors())
    context = {**desk_context(desk_page(actor, view)), **panel}
    status = OVERTAKEN if "seen" in form.errors else status_of(form)
    return render(request, CHANGED if is_partial(request) else PAGE, context, status=status)


def _shown(
    request: HttpRequest,
    number: int,
    asked: Mapping[str, str],
    *,
    done: Any = None,
    words: str = "",
) -> HttpResponse:
    address = reverse("portal:desk", args=[number])
    if not is_partial(request):
        messages.success(request, words or done.words[spoken()])
        return redirect(f"{address}?{urlencode(asked)}" if asked else address)
    actor, view = actor_of(request), desk_view(actor_of(request), number)
    panel = done_context(actor, view, done, asked) if done else panel_context(actor, view, asked)
    panel["panel"]["said"] = words
    answer = render(request, CHANGED, {**desk_context(desk_page(actor, view)), **panel})
    answer["HX-Push-Url"] = f"{address}?{panel['panel']['query']}"
    return answer


def _panel(form: Any) -> dict[str, str]:
    """What was open when the act was sent."""
    return panel_of(QueryDict(form.data.get("panel", "")))
