"""Findings as the office reads them, and the unit that they are about."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.faults import faults_at
from portal.http import UNPROCESSABLE, acts_on
from portal.paper_context import listed, must_any, paper_context, query_of, window_of
from portal.paper_forms import CommentForm
from portal.share_panel import sights_panel
from sharing.domain.shared_views import Shareable
from sharing.selectors.papers import finding_page, findings_part
from sharing.services.paper_acts import comment_paper
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor, query = actor_of(request), query_of(request)
    part = findings_part(actor, query, window_of(request))
    return render(request, "portal/findings/index.html", listed(actor, part, query))


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    context = {
        **paper_context(finding_page(actor, number)),
        "form": CommentForm(),
        "sights": sights_panel(actor, Shareable.FINDING, number),
    }
    return render(request, "portal/findings/detail.html", context)


@acts_on("portal:finding-detail")
def comment(request: HttpRequest, number: int) -> HttpResponse:
    actor, form = actor_of(request), CommentForm(request.POST)
    page = finding_page(actor, number)
    must_any(actor, Permission.COMMENT_REPORTS, Permission.FEED_BACK)
    if form.is_valid():
        with faults_at(form):
            comment_paper(actor=actor, number=number, comment=form.cleaned_data["comment"])
            messages.success(request, _("Said. The team reads it on the paper's page."))
            return redirect("portal:finding-detail", number)
    sights = sights_panel(actor, Shareable.FINDING, number)
    context = {**paper_context(page), "form": form, "sights": sights}
    return render(request, "portal/findings/detail.html", context, status=UNPROCESSABLE)
