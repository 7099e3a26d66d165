"""The terms and working days of the office, as its director sets them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.deadline_forms import JUDGED, DayForm, OfficeDayForm, TermsForm
from portal.faults import faults_at, status_of
from portal.http import posted
from sharing.domain.due_dates import CLOCK_TITLES
from sharing.selectors.terms import TermsPage, terms_page
from sharing.services.terms import (
    Preview,
    preview_terms,
    set_office_day,
    set_terms,
    unset_office_day,
)
from tenancy.domain.roles import Permission
from tenancy.http import actor_of

PAGE = "portal/deadlines/terms.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Looked at, then previewed, then saved: the preview's page carries what was typed."""
    actor = actor_of(request)
    page = terms_page(actor)
    form = TermsForm(posted(request), initial=TermsForm.first_shown(page))
    preview = None
    if form.is_bound and form.is_valid():
        with faults_at(form):
            if "save" in request.POST:
                reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen"]
                set_terms(actor=actor, seen=seen, reason=reason, **form.asked())
                messages.success(request, _("Saved. Clocks that begin from now on have them."))
                return redirect("portal:deadline-terms")
            preview = preview_terms(actor=actor, **form.asked())
    context = _context(page, form, OfficeDayForm(), preview)
    return render(request, PAGE, context, status=status_of(form))


@never_cache
@require_POST
def set_day(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = terms_page(actor)
    form = OfficeDayForm(request.POST)
    if form.is_valid():
        with faults_at(form):
            set_office_day(actor=actor, **form.cleaned_data)
            messages.success(request, _("Saved. Deadlines that run are reckoned by it."))
            return redirect("portal:deadline-terms")
    terms = TermsForm(initial=TermsForm.first_shown(page))
    return render(request, PAGE, _context(page, terms, form), status=status_of(form))


@require_POST
def unset_day(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.SET_TERMS)
    form = DayForm(request.POST)
    if form.is_valid() and unset_office_day(actor=actor, on=form.cleaned_data["on"]):
        messages.success(request, _("The day is as the notice has it again."))
    return redirect("portal:deadline-terms")


def _context(
    page: TermsPage, form: TermsForm, day: OfficeDayForm, preview: Preview | None = None
) -> dict[str, Any]:
    fields = dict(form.own_fields())
    changes = () if preview is None else preview.changes
    judged = () if preview is None else preview.judged
    return {
        "page": page,
        "form": form,
        "day_form": day,
        "preview": preview,
        "changes": [(CLOCK_TITLES[one.clock], one.before, one.after) for one in changes],
        "judged": [(JUDGED[name], before, after) for name, before, after in judged],
        "rows": [(line, fields[line.clock]) for line in page.lines],
    }
