"""What happened that somebody should look at."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from scheduling.selectors.notices import notice_list
from scheduling.services.notices import read_all_notices, read_notice
from sharing.selectors.digests import period_of_digest
from tenancy.http import actor_of

# What a notice leads to, and the address of it.
PAGES = {
    "call": "portal:release-detail",
    "round": "portal:round-detail",
    "plan": "portal:plan-detail",
    "publication": "portal:publication-detail",
    "request": "portal:request-detail",
    "extract": "portal:extract-detail",
    "emergency": "portal:emergency-detail",
    "webhook": "portal:webhook-detail",
    "letter": "portal:letter-detail",
    "report": "portal:report-detail",
    "item": "portal:item-detail",
    "authorisation": "portal:authorisation-detail",
    "ledger_clue": "portal:ledger-clue",
    "hand_over": "portal:hand-over-list",
    "share": "portal:share-detail",
    "hit": "portal:hit",
}
# Where the page that it leads to shows all of them.
LISTS = {"token": "portal:tokens", "hits": "portal:hits", "digests": "portal:digests"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/notices/index.html", {"lines": notice_list(actor_of(request))})


@require_POST
def open_one(request: HttpRequest, number: int) -> HttpResponse:
    notice = read_notice(actor=actor_of(request), number=number)
    if notice.link in LISTS:
        return redirect(LISTS[notice.link])
    if notice.number is None:
        return redirect("portal:notices")
    if notice.link == "deadlines":
        return redirect(f"{reverse('portal:deadlines')}?told={notice.number}")
    if notice.link == "digest":
        return redirect("portal:digest-of", period_of_digest(actor_of(request), notice.number))
    return redirect(PAGES[notice.link], notice.number)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    read_all_notices(actor=actor_of(request))
    messages.success(request, _("All notices are marked as read."))
    return redirect("portal:notices")
