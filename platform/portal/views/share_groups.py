"""Groups of offices to share with, and those who joined since."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal.faults import faults_at, status_of
from portal.http import posted
from portal.share_forms import GroupForm, JoinedForm
from portal.views.shares import may_offer, must_offer
from sharing.access.shares import access_group
from sharing.selectors.share_groups import groups_page, offices_to_ask
from sharing.services.share_groups import keep_group, not_asked_yet, offer_to_joined
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.VIEW_SHARES)
    form = GroupForm(offices_to_ask(actor), posted(request))
    if request.method == "POST":
        must_offer(actor)
    if form.is_valid():
        with faults_at(form):
            group = keep_group(actor=actor, **form.draft())
            messages.success(request, _("Kept. Offer something to it next."))
            return redirect("portal:share-group", group.pk)
    context = {"groups": groups_page(actor), "form": form, "may_offer": may_offer(actor)}
    return render(request, "portal/shares/groups.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    group = access_group(actor, number)
    offices = offices_to_ask(actor)
    first = {"name": group.name, "offices": [str(one) for one in group.members]}
    form = GroupForm(offices, posted(request), first)
    if request.method == "POST":
        must_offer(actor)
    if form.is_valid():
        with faults_at(form):
            keep_group(actor=actor, number=number, **form.draft())
            messages.success(
                request, _("Changed. Who left keeps what is in force until you take it back.")
            )
            return redirect("portal:share-group", number)
    known = {office.pk: office for office in offices}
    joined = [
        (share, [known[pk] for pk in sorted(later) if pk in known])
        for share, later in not_asked_yet(actor, group)
    ]
    context = {"group": group, "form": form, "joined": joined, "may_offer": may_offer(actor)}
    return render(request, "portal/shares/group.html", context, status=status_of(form))


@require_POST
def offer_joined(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), JoinedForm(request.POST)
    access_group(actor, number)
    must_offer(actor)
    first = form.cleaned_data["first"] if form.is_valid() else 0
    made = offer_to_joined(actor=actor, number=number, first=first)
    words = ngettext(
        "Begun for one office: prepare it, and have it approved.",
        "Begun for %(n)d offices: prepare each, and have it approved.",
        len(made),
    )
    messages.success(request, words % {"n": len(made)} if made else _("Nobody joined since."))
    return redirect(f"{reverse('portal:shares')}?tab=of_us")
