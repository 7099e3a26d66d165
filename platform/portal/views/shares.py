"""Shares of an office: what waits, what is asked for and offered, and each of them on its way."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.faults import faults_at, status_of, tell_all
from portal.http import acts_on, posted
from portal.keyset import pages, window
from portal.share_again import asked_again
from portal.share_asking_forms import AskForm, OfferForm, first_words
from portal.share_context import days_share, stages
from portal.share_forms import DestroyedForm, ReasonForm, roles_of
from sharing.access.shares import may_know_of_clues
from sharing.domain.life_cycle import HAND_TITLES, Hand
from sharing.domain.offers import act_title
from sharing.selectors.share_groups import groups_page, offices_to_ask
from sharing.selectors.share_lists import LISTS, counts
from sharing.selectors.share_turns import whose_turn
from sharing.selectors.shares import SharePage, share_page
from sharing.selectors.views_to_read import lines_of
from sharing.services.asking_for_shares import ask_for_shares, offer_shares, refusals_of
from sharing.services.deciding_on_shares import (
    refuse_share,
    take_share_back,
    tell_of_destruction,
    withdraw_share,
)
from sharing.services.share_groups import members_to_offer, offer_to_group
from tenancy.actor import Actor
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

FIRST_TAB = "with_us"
# Who prepares or approves shares of the own office.
OFFERS = frozenset({Permission.PREPARE_SHARES, Permission.APPROVE_SHARES})


def may_offer(actor: Actor) -> bool:
    return bool(OFFERS & actor.permissions)


def must_offer(actor: Actor) -> None:
    if not may_offer(actor):
        actor.must(Permission.PREPARE_SHARES)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.VIEW_SHARES)
    tab = request.GET.get("tab", FIRST_TAB)
    tab = tab if tab in LISTS else FIRST_TAB
    part = LISTS[tab](actor, window(request))
    context = {
        "lines": [(line, days_share(line)) for line in part.lines],
        "mine": whose_turn(actor, [line.share.pk for line in part.lines]),
        "tab": tab,
        "counts": counts(actor),
        "may_watch": actor.may(Permission.WATCH_CLUE_SHARES),
        "may_ask": actor.may(Permission.ASK_FOR_SHARES),
        "may_offer": may_offer(actor),
    }
    return render(request, "portal/shares/index.html", context | pages(request, part))


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.ASK_FOR_SHARES)
    form = AskForm(
        offices_to_ask(actor),
        roles_of(actor.office_kind),
        posted(request),
        clues=may_know_of_clues(actor),
        initial=first_words(request.GET) | asked_again(actor, request.GET.get("again", "")),
    )
    if form.is_bound:
        form.full_clean()
        tell_all(refusals_of(actor, form.chosen_offices, form.asked()), form)
    if form.is_valid():
        with faults_at(form):
            made = ask_for_shares(actor=actor, offices=form.chosen_offices, asked=form.asked())
            messages.success(request, _("Asked. Each office decides for itself; you are told."))
            if len(made) == 1:
                return redirect("portal:share-detail", made[0].pk)
            return redirect(f"{reverse('portal:shares')}?tab=by_us")
    return render(request, "portal/shares/ask.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    must_offer(actor)
    first = {"kinds": [request.GET.get("kind", "")], "group": request.GET.get("group", "")}
    form = OfferForm(
        [(group.pk, group.name) for group, _offices in groups_page(actor)],
        offices_to_ask(actor),
        roles_of(""),
        posted(request),
        clues=may_know_of_clues(actor),
        initial=first,
        record=request.GET.get("record", ""),
    )
    if form.is_bound:
        form.full_clean()
        tell_all(refusals_of(actor, _offered_to(actor, form), form.asked()), form)
    if form.is_valid():
        with faults_at(form):
            return _offered(request, actor, form)
    context = {"form": form, "is_offer": True}
    return render(request, "portal/shares/ask.html", context, status=status_of(form))


def _offered_to(actor: Actor, form: OfferForm) -> frozenset[int]:
    members = members_to_offer(actor, form.group) if form.group else frozenset()
    return members | set(form.chosen_offices)


def _offered(request: HttpRequest, actor: Actor, form: OfferForm) -> HttpResponse:
    asked, offices = form.asked(), form.chosen_offices
    if form.group:
        made = offer_to_group(actor=actor, number=form.group, asked=asked, besides=offices)
    else:
        made = offer_shares(actor=actor, offices=offices, asked=asked)
    if len(made) > 1:
        words = _("Begun for %(n)d offices: choose the records for each, and have it approved.")
        messages.success(request, words % {"n": len(made)})
        return redirect(f"{reverse('portal:shares')}?tab=of_us")
    messages.success(request, _("Begun. Choose the records, and hide what is not to be read."))
    address = reverse("portal:share-prepare", args=[made[0].pk])
    record = form.cleaned_data["record"]
    return redirect(f"{address}?record={record}" if record else address)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, number)


@acts_on("portal:share-detail")
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    share_page(actor_of(request), number)
    if form.is_valid():
        with faults_at(form):
            share = refuse_share(actor=actor_of(request), number=number, **form.cleaned_data)
            dropped = _("Dropped. The other office sees that, and not your reason.")
            refused = _("Refused. The other office sees that, and not your reason.")
            messages.success(request, dropped if share.is_offered else refused)
            return redirect("portal:share-detail", number)
    return _page(request, number, refused=form)


@acts_on("portal:share-detail")
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    form = ReasonForm(request.POST)
    share_page(actor_of(request), number)
    if form.is_valid():
        with faults_at(form):
            take_share_back(actor=actor_of(request), number=number, **form.cleaned_data)
            messages.success(request, _("Taken back. Open pages lose it; copies are asked for."))
            return redirect("portal:share-reach", number)
    return _page(request, number, revoked=form)


@acts_on("portal:share-detail")
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    share = withdraw_share(actor=actor_of(request), number=number)
    messages.success(request, _("Declined.") if share.is_offered else _("Withdrawn."))
    return redirect("portal:share-detail", number)


@acts_on("portal:share-detail")
def destroyed(request: HttpRequest, number: int) -> HttpResponse:
    form = DestroyedForm(request.POST)
    share_page(actor_of(request), number)
    if form.is_valid():
        with faults_at(form):
            tell_of_destruction(actor=actor_of(request), number=number, **form.cleaned_data)
            messages.success(request, _("Told. The owner sees it now."))
            return redirect("portal:share-detail", number)
    return _page(request, number, destruction_told=form)


def _page(request: HttpRequest, number: int, **sent: ReasonForm | DestroyedForm) -> HttpResponse:
    """Each act with a form of its own; the one that was refused keeps what was typed."""
    actor = actor_of(request)
    page = share_page(actor, number)
    names = {act.name for act in page.acts}
    context = {
        "page": page,
        "share": page.line.share,
        "bar": days_share(page.line),
        "stages": stages(page.line),
        "steps": _steps(page),
        "shown": lines_of(actor, page.shown),
        "may": names,
        "reads": actor.may(Permission.READ_SHARED_VIEWS),
        "forms": {
            "refused": sent.get("refused") or ReasonForm(auto_id="refused_%s"),
            "revoked": sent.get("revoked") or ReasonForm(auto_id="revoked_%s"),
            "destruction_told": sent.get("destruction_told") or DestroyedForm(),
        },
    }
    return render(request, "portal/shares/detail.html", context, status=status_of(*sent.values()))


def _steps(page: SharePage) -> list[dict[str, object]]:
    return [
        {
            "step": step,
            "act": act_title(step.act, is_offered=page.line.share.is_offered),
            "hand": HAND_TITLES[Hand(step.hand)],
        }
        for step in page.steps
    ]
