"""The register of clues, for the office and for its discipline body, and the lists between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from httpapi.cursors import USUAL, next_link, window_of
from portal.clue_forms import (
    DisposalForm,
    LedgerForm,
    ListForm,
    OutcomesForm,
    ReasonForm,
    UrgeForm,
)
from portal.corroboration_forms import PartyForm
from portal.faults import faults_at, status_of
from portal.http import posted
from portal.share_panel import sights_panel
from portal.step_up import needs_fresh_proof
from sharing.domain.clues import Disposal
from sharing.domain.shared_views import Shareable
from sharing.selectors.corroboration import comparing
from sharing.selectors.office_clues import (
    LedgerLine,
    clues_to_hand_over,
    ledger_page,
    ledger_part,
    list_page,
    lists_part,
)
from sharing.services import disposing, handing_over
from sharing.services.urging_lists import urge_list
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

DETAIL = "portal/ledger/detail.html"
Act = Callable[[Actor, int, Any], Any]


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    must_keep_clues(actor)
    form = LedgerForm(request.GET)
    part = ledger_part(actor, form.asked(), _window(request))
    context = {
        "form": form,
        "lines": part.lines,
        "more": next_link(request, part),
        "is_searched": any(request.GET.get(name) for name in form.fields),
        "may_hand_over": actor.may(Permission.HANDLE_CLUE),
        "may_watch": actor.may(Permission.WATCH_CLUES),
    }
    return render(request, "portal/ledger/index.html", context, status=status_of(form))


@never_cache
@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    return shown(request, number)


@require_POST
def take_in(request: HttpRequest, number: int) -> HttpResponse:
    handing_over.take_in(actor=actor_of(request), number=number)
    return redirect("portal:ledger-clue", number)


@require_POST
def give_back(request: HttpRequest, number: int) -> HttpResponse:
    def act(actor: Actor, number: int, form: Any) -> None:
        disposing.return_clue(actor=actor, number=number, **form.cleaned_data)

    form = ReasonForm(request.POST)
    return _acted(request, number, Permission.DISPOSE_CLUE, "returned", form, act)


@require_POST
def dispose(request: HttpRequest, number: int) -> HttpResponse:
    def act(actor: Actor, number: int, form: Any) -> None:
        disposal = Disposal(form.cleaned_data["disposal"])
        disposing.choose_disposal(actor=actor, number=number, disposal=disposal)

    form = DisposalForm(request.POST)
    return _acted(request, number, Permission.DISPOSE_CLUE, "disposal_chosen", form, act)


@require_POST
def begin(request: HttpRequest, number: int) -> HttpResponse:
    disposing.begin_disposal(actor=actor_of(request), number=number)
    return redirect("portal:ledger-clue", number)


@require_POST
def tell(request: HttpRequest, number: int) -> HttpResponse:
    def act(actor: Actor, number: int, form: Any) -> None:
        disposing.tell_result(actor=actor, number=number, outcomes=form.outcomes())

    form = OutcomesForm(request.POST)
    return _acted(request, number, Permission.DISPOSE_CLUE, "result_told", form, act)


@require_POST
def urge(request: HttpRequest, number: int) -> HttpResponse:
    def act(actor: Actor, number: int, form: Any) -> None:
        disposing.urge_clue(actor=actor, number=number, **form.cleaned_data)

    form = UrgeForm(request.POST)
    return _acted(request, number, Permission.HANDLE_CLUE, "urged", form, act)


@require_POST
def ask_again(request: HttpRequest, number: int) -> HttpResponse:
    def act(actor: Actor, number: int, form: Any) -> None:
        disposing.ask_clue_again(actor=actor, number=number, **form.cleaned_data)

    form = ReasonForm(request.POST)
    return _acted(request, number, Permission.HANDLE_CLUE, "asked_again", form, act)


@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    disposing.close_clue(actor=actor_of(request), number=number)
    return redirect("portal:ledger-clue", number)


@require_POST
def tie(request: HttpRequest, number: int) -> HttpResponse:
    disposing.declare_tie(actor=actor_of(request), number=number)
    messages.success(
        request, _("Recorded. You see this clue no more; a colleague goes on with it.")
    )
    return redirect("portal:clue-ledger")


@never_cache
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    must_keep_clues(actor)
    part = lists_part(actor, _window(request))
    context = {
        "lines": part.lines,
        "more": next_link(request, part),
        "may_hand_over": actor.may(Permission.HANDLE_CLUE),
    }
    return render(request, "portal/ledger/lists.html", context)


@needs_fresh_proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_list(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    offered = clues_to_hand_over(actor)
    form = ListForm([(one.clue.pk, _named(one)) for one in offered], posted(request))
    if form.is_valid():
        with faults_at(form):
            made = handing_over.seal_list(actor=actor, clues=form.cleaned_data["clues"])
            messages.success(request, _("The list is signed and sealed, and handed over."))
            return redirect("portal:hand-over-list", made.pk)
    context = {"form": form, "offered": offered}
    return render(request, "portal/ledger/new_list.html", context, status=status_of(form))


@never_cache
@require_safe
def one_list(request: HttpRequest, number: int) -> HttpResponse:
    page = list_page(actor_of(request), number)
    return render(request, "portal/ledger/list.html", {"page": page})


@needs_fresh_proof
@require_POST
def acknowledge(request: HttpRequest, number: int) -> HttpResponse:
    handing_over.acknowledge_list(actor=actor_of(request), number=number)
    messages.success(request, _("The receipt is signed. The terms run from today."))
    return redirect("portal:hand-over-list", number)


@require_POST
def urge_one(request: HttpRequest, number: int) -> HttpResponse:
    urge_list(actor=actor_of(request), number=number)
    messages.success(request, _("The urging letter is numbered, signed and sent."))
    return redirect("portal:hand-over-list", number)


@never_cache
@require_safe
def text(request: HttpRequest, number: int) -> HttpResponse:
    """The very text that was signed."""
    list_ = handing_over.take_list_away(actor=actor_of(request), number=number)
    answer = HttpResponse(list_.document, content_type="application/json; charset=utf-8")
    name = f"hand-over-list-{list_.year}-{list_.number}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def must_keep_clues(actor: Actor) -> None:
    if not actor.may(Permission.DISPOSE_CLUE):
        actor.must(Permission.HANDLE_CLUE)


def _window(request: HttpRequest) -> Any:
    return window_of(request, {"limit": USUAL} | request.GET.dict())


def _named(line: LedgerLine) -> str:
    clue = line.clue
    return f"〔{clue.year}〕{clue.number} · {clue.subject_name} · {clue.subject_unit}"


def _acted(
    request: HttpRequest, number: int, needed: Permission, name: str, form: Form, act: Act
) -> HttpResponse:
    actor = actor_of(request)
    ledger_page(actor, number)
    actor.must(needed)
    if form.is_valid():
        with faults_at(form):
            act(actor, number, form)
            return redirect("portal:ledger-clue", number)
    return shown(request, number, **{name: form})


def shown(request: HttpRequest, number: int, **given: Form) -> HttpResponse:
    """`given`: by its act, a form that was sent and is shown again."""
    forms = {
        "returned": ReasonForm(),
        "disposal_chosen": DisposalForm(None),
        "result_told": OutcomesForm(None),
        "urged": UrgeForm(),
        "asked_again": ReasonForm(),
        "party": PartyForm(),
    }
    actor = actor_of(request)
    context = {
        "page": ledger_page(actor, number),
        "comparing": comparing(actor, number),
        "forms": forms | given,
        "sights": sights_panel(actor, Shareable.CLUE, number),
    }
    return render(request, DETAIL, context, status=status_of(*given.values()))
