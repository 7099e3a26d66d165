"""Rectification: the board, the lists, one item with what each may do of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import rectification_forms as typed
from portal.attachment_forms import AttachForm
from portal.faults import faults_at, status_of
from portal.http import acts_on, posted
from portal.keyset import pages, window
from portal.letter_forms import ActForm
from portal.share_panel import sights_panel
from sharing.access.rectification import must_steer, steers
from sharing.domain.rectification import RECTIFICATION
from sharing.domain.shared_views import Shareable
from sharing.selectors.assigning import waiting_reports
from sharing.selectors.counting import MOST_COUNTED
from sharing.selectors.packages import item_answers
from sharing.selectors.rectification import (
    ItemPage,
    ItemSieve,
    item_page,
    items_part,
    my_items_part,
    supervised_part,
    units_of,
)
from sharing.selectors.rectification_board import board
from sharing.selectors.rectification_desks import items_beside, leaders_of
from sharing.services.escalating import escalate
from sharing.services.outcomes import enter_outcome
from sharing.services.rectifying import (
    act_on_item,
    add_claim_file,
    assign_from_feedback,
    claim_done,
    hand_in_plan,
    move_deadline,
    set_disclosure,
    tell_progress,
)
from tenancy.actor import Actor
from tenancy.http import actor_of

DETAIL = "portal/rectification/detail.html"


@require_safe
def board_page(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    shown = board(actor)
    most = MOST_COUNTED if shown.is_cut else None
    context = {"board": shown, "most": most, "may_steer": steers(actor)}
    return render(request, "portal/rectification/board.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    must_steer(actor)
    leaders = [(one.code, one.name) for one in leaders_of(actor)]
    form = typed.FeedbackForm(units_of(actor), leaders, posted(request))
    if form.is_valid():
        with faults_at(form):
            assign_from_feedback(actor=actor, **form.given())
            messages.success(request, _("Assigned. The unit sees its items, and the talks wait."))
            return redirect("portal:items")
    context = {"form": form, "waiting": waiting_reports(actor)}
    return render(request, "portal/rectification/assign.html", context, status=status_of(form))


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), request.GET
    sieve = ItemSieve(
        state=asked.get("state", ""),
        unit=asked.get("unit", "")[:50],
        leader=asked.get("leader", "")[:100],
        overdue=asked.get("overdue") == "1",
        search=asked.get("q", "")[:100],
    )
    part = items_part(actor, window(request), sieve)
    context = {
        "lines": part.lines,
        "sieve": sieve,
        "states": RECTIFICATION.states.items(),
        "units": units_of(actor),
        "may_steer": steers(actor),
    }
    return render(request, "portal/rectification/items.html", context | pages(request, part))


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    state = request.GET.get("state", "")
    part = my_items_part(actor_of(request), window(request), state)
    context = {"lines": part.lines, "states": RECTIFICATION.states.items(), "state": state}
    return render(request, "portal/rectification/mine.html", context | pages(request, part))


@require_safe
def supervision(request: HttpRequest) -> HttpResponse:
    """What waits for a check, unless another state is asked for."""
    state = request.GET.get("state", "claimed_done")
    part = supervised_part(actor_of(request), window(request), state)
    context = {"lines": part.lines, "states": RECTIFICATION.states.items(), "state": state}
    return render(request, "portal/rectification/supervision.html", context | pages(request, part))


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@acts_on("portal:item-detail")
def act(request: HttpRequest, number: int) -> HttpResponse:
    form = ActForm(request.POST)
    item_page(actor_of(request), number)
    return _done(request, number, form, act_on_item, _("Done. It stands on the item's way."))


@acts_on("portal:item-detail")
def plan(request: HttpRequest, number: int) -> HttpResponse:
    form = typed.PlanForm(request.POST)
    item_page(actor_of(request), number)
    said = _("The plan is with the office.")
    return _done(request, number, form, hand_in_plan, said, lambda: {"plan": form.plan()})


@acts_on("portal:item-detail")
def progress(request: HttpRequest, number: int) -> HttpResponse:
    item_page(actor_of(request), number)
    return _done(request, number, typed.ProgressForm(request.POST), tell_progress, _("Reported."))


@acts_on("portal:item-detail")
def claim(request: HttpRequest, number: int) -> HttpResponse:
    item_page(actor_of(request), number)
    said = _("Claimed. Who supervises the unit checks it now.")
    return _done(request, number, typed.ClaimForm(request.POST, request.FILES), claim_done, said)


@acts_on("portal:item-detail")
def claim_files(request: HttpRequest, number: int) -> HttpResponse:
    """A file after the claim."""
    item_page(actor_of(request), number)
    form, said = (
        AttachForm(request.POST, request.FILES),
        _("Handed in. It is cleaned now; the copy is here when done."),
    )
    return _done(request, number, form, add_claim_file, said, form.draft)


@acts_on("portal:item-detail")
def deadline(request: HttpRequest, number: int) -> HttpResponse:
    item_page(actor_of(request), number)
    said = _("The deadline is moved, with its reason.")
    return _done(request, number, typed.DeadlineForm(request.POST), move_deadline, said)


@acts_on("portal:item-detail")
def outcome(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    form = typed.OutcomeForm(_beside(actor, item_page(actor, number)), request.POST)
    return _done(request, number, form, enter_outcome, _("Entered in the register."), form.given)


@acts_on("portal:item-detail")
def disclosure(request: HttpRequest, number: int) -> HttpResponse:
    item_page(actor_of(request), number)
    said = _("Kept: what is disclosed of it.")
    return _done(request, number, typed.DisclosureForm(request.POST), set_disclosure, said)


@require_POST
def escalate_item(request: HttpRequest, number: int) -> HttpResponse:
    letter = escalate(actor=actor_of(request), number=number)
    messages.success(request, _("An urging letter is begun. It goes out like any other letter."))
    return redirect("portal:letter-detail", letter.pk)


def _done(
    request: HttpRequest,
    number: int,
    form: BaseForm,
    service: Callable[..., Any],
    said: str,
    given: Callable[[], Mapping[str, Any]] | None = None,
) -> HttpResponse:
    """The service with what was typed; or the page again, with what was refused of it."""
    if form.is_valid():
        with faults_at(form):
            kwargs = given() if given is not None else form.cleaned_data
            service(actor=actor_of(request), number=number, **kwargs)
            messages.success(request, said)
            return redirect("portal:item-detail", number)
    return _page(request, number, form)


def _page(request: HttpRequest, number: int, sent: BaseForm | None = None) -> HttpResponse:
    """Every form that the reader may send; the one that was refused keeps what was typed."""
    actor = actor_of(request)
    page = item_page(actor, number)
    item = page.item

    def form(kind: type[BaseForm], *args: Any, **kwargs: Any) -> BaseForm:
        return sent if isinstance(sent, kind) else kind(*args, **kwargs)

    acted = sent.data.get("act") if isinstance(sent, ActForm) else None
    plan_now = {name: getattr(item, name) for name in typed.PlanForm.base_fields}
    told = {"disclosure": item.disclosure, "withheld_because": item.withheld_because}
    context = {
        "page": page,
        "item": item,
        "forms": [
            (one, sent if one.name == acted else ActForm(initial={"act": one.name}, auto_id=f"{one.name}_%s"))
            for one in sorted(page.acts, key=lambda act: act.needs_reason)
        ],
        "plan_form": form(typed.PlanForm, initial=plan_now),
        "progress_form": form(typed.ProgressForm),
        "claim_form": form(typed.ClaimForm),
        "file_form": form(AttachForm) if page.may_attach or isinstance(sent, AttachForm) else None,
        "deadline_form": form(typed.DeadlineForm, auto_id="deadline_%s"),
        "outcome_form": form(typed.OutcomeForm, _beside(actor, page)),
        "disclosure_form": form(typed.DisclosureForm, initial=told),
        "package_answers": item_answers(actor, number),
        "may_see_office": page.is_office,
        "sights": sights_panel(actor, Shareable.ITEM, number) if page.is_office else None,
    }  # fmt: skip
    status = status_of(sent) if sent is not None else 200
    return render(request, DETAIL, context, status=status)


def _beside(actor: Actor, page: ItemPage) -> list[tuple[int, str]]:
    if not page.may_enter:
        return []
    return [(one.pk, one.brief) for one in items_beside(actor, page.item)]
