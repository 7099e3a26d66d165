"""The owner's part of a share: records chosen, words hidden in them, approved side by side, narrowed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.faults import faults_at, status_of
from portal.http import UNPROCESSABLE, posted
from portal.share_context import (
    Beside,
    Row,
    beside,
    chosen_rows,
    first_of,
    narrow_rows,
    shown_fields,
)
from portal.share_forms import ReasonForm
from portal.share_hiding_forms import SieveForm, TermsForm
from portal.step_up import needs_fresh_proof
from portal.views.shares import must_offer
from sharing.access.shares import access_own_share
from sharing.domain.disclosures import Way
from sharing.domain.shared_views import KIND_TITLES, Shareable
from sharing.errors.shares import ShareChanged
from sharing.selectors.offered_records import records_offered, sieve_of
from sharing.selectors.shares import SharePage, approval_page, share_page
from sharing.selectors.views_to_prepare import Sibling, record_to_hide, sibling_of, views_beside
from sharing.services.deciding_on_shares import approve_share
from sharing.services.preparing_shares import Chosen, narrow_share, prepare_share
from sharing.services.showing_views import show_view
from tenancy.actor import Actor
from tenancy.http import actor_of

PREPARE = "portal/shares/prepare.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, number: int) -> HttpResponse:
    """One form for all of it: whatever button is pressed, nothing that was typed is lost."""
    actor = actor_of(request)
    share = access_own_share(actor, number)
    must_offer(actor)
    page, typed = share_page(actor, number), posted(request)
    # They stand on the page once a record is chosen.
    is_told = "until_on" in request.POST or request.POST.get("do") == "prepare"
    terms = TermsForm(page.line, typed if is_told else None)
    sibling = sibling_of(actor, share) if typed is None and page.may_prepare else None
    rows = _rows(request, actor, page, sibling)
    sieve = SieveForm(sieve_of(share), typed)
    if request.POST.get("do") == "prepare" and _is_whole(terms, rows):
        with faults_at(terms, records=[row.form for row in rows]):
            records = [Chosen(r.record.kind, r.record.number, r.form.redaction) for r in rows]
            prepare_share(actor=actor, number=number, records=records, terms=terms.terms())
            messages.success(request, _("Prepared. Now it is looked at and approved."))
            return redirect("portal:share-detail", number)
    chosen = {row.key for row in rows}
    adds_nothing = request.POST.get("do") == "add" and not request.POST.getlist("add")
    offered = records_offered(actor, share, sieve.sieve)
    context = {
        "page": page,
        "share": share,
        "terms": terms,
        "rows": rows,
        "sibling": sibling,
        "sieve": sieve,
        "offered": offered,
        "has_offers": any(group.records for group in offered),
        "chosen": chosen,
        "adds_nothing": adds_nothing,
    }
    is_refused = (
        request.POST.get("do") == "prepare" or adds_nothing or any(row.view is None for row in rows)
    )
    return render(request, PREPARE, context, status=UNPROCESSABLE if is_refused else 200)


def _rows(
    request: HttpRequest, actor: Actor, page: SharePage, sibling: Sibling | None
) -> list[Row]:
    """Those that were chosen before, less the one left out, and those that are added now; at first,
    those of the views as they stand, or as they were prepared for another office of the batch."""
    typed = posted(request)
    if typed is not None:
        added = typed.getlist("add") if typed.get("do") == "add" else []
        left_out = typed.get("drop", "")
        keys = [key for key in (*typed.getlist("records"), *added) if key != left_out]
        return chosen_rows(actor, page.line, keys, typed, {})
    first = {}
    for record, hidden in sibling.views if sibling else ():
        first[f"{record.kind.value}:{record.number}"] = first_of(hidden, record.words)
    for view in page.views:
        shown = record_to_hide(actor, Shareable(view.kind), view.object_id)
        if shown is not None:
            first[f"{view.kind}:{view.object_id}"] = first_of(view.redaction, shown.words)
    keys = [*first, *request.GET.getlist("record")]
    return chosen_rows(actor, page.line, keys, None, first)


def _is_whole(terms: TermsForm, rows: list[Row]) -> bool:
    if not rows:
        terms.add_error(None, _("Choose at least one record first."))
    return terms.is_valid() and all(row.form.is_valid() for row in rows)


@needs_fresh_proof
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def approve(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = approval_page(actor, number)
    if request.method == "POST":
        try:
            share = approve_share(actor=actor, number=number, seen=request.POST.get("seen", ""))
        except ShareChanged:
            # By GET: to load the refused form anew would send it anew.
            words = _(
                "It was changed since you looked, and nothing is approved. Look at it as it is now."
            )
            messages.warning(request, words)
            return redirect("portal:share-approve", number)
        is_in_force = share.state == "active"
        words = _("Approved, and in force now.") if is_in_force else _("Approved. Others follow.")
        messages.success(request, words)
        return redirect("portal:share-detail", number)
    context = {
        "page": page,
        "share": page.line.share,
        "views": _beside(actor, page),
        "shown": _shown_to_the_city(actor, page),
        "form": ReasonForm(auto_id="refused_%s"),
        "may": {act.name for act in page.acts},
    }
    return render(request, "portal/shares/approve.html", context)


def _beside(actor: Actor, page: SharePage) -> list[Beside]:
    """For the owner's people alone, who may see the records."""
    if page.side != "owner":
        return []
    return [beside(one) for one in views_beside(actor, page.line.share.pk)]


def _shown_to_the_city(actor: Actor, page: SharePage) -> list[dict[str, Any]]:
    """Through the one way to a view's words, which leaves its line; of the original nothing."""
    if page.side != "watcher":
        return []
    showings = [show_view(actor=actor, number=one.pk, way=Way.PAGE) for one in page.shown]
    return [
        {
            "kind": KIND_TITLES[one.view.kind],
            "fields": shown_fields(one.view),
            "digest": one.shown.digest,
        }
        for one in showings
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def narrow(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    share = access_own_share(actor, number)
    must_offer(actor)
    page = share_page(actor, number)
    form, rows = ReasonForm(posted(request)), narrow_rows(page, posted(request))
    forms = [row.form for row in rows]
    if form.is_valid() and all(one.is_valid() for one in forms):
        left_out = [row.place for row in rows if row.form.cleaned_data["left_out"]]
        further = {
            row.place: row.form.redaction
            for row in rows
            if row.form.is_further and row.place not in left_out
        }
        if further or left_out:
            with faults_at(form):
                narrow_share(
                    actor=actor,
                    number=number,
                    further=further,
                    left_out=left_out,
                    **form.cleaned_data,
                )
                messages.success(request, _("Narrowed. Who reads it sees less from now on."))
                return redirect("portal:share-detail", number)
        else:
            form.add_error(None, _("Hide something more, or leave a record out."))
    context = {"page": page, "share": share, "form": form, "rows": rows}
    status = status_of(form, *forms)
    return render(request, "portal/shares/narrow.html", context, status=status)
