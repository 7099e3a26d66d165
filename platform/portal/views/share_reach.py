"""How far a share reached, and the certificate of it: for the owner's people."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.share_charts import reach_chart
from portal.views.documents import attached
from sharing.selectors.share_reach import reach_page
from sharing.services.taking_shares import take_certificate
from tenancy.http import actor_of


@never_cache
@require_safe
def reach(request: HttpRequest, number: int) -> HttpResponse:
    page = reach_page(actor_of(request), number)
    context = {"page": page, "share": page.line.share, "chart": reach_chart(page)}
    return render(request, "portal/shares/reach.html", context)


@never_cache
@require_safe
def certificate(request: HttpRequest, number: int) -> HttpResponse:
    return attached(take_certificate(actor=actor_of(request), number=number))
