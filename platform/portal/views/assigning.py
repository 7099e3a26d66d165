"""What was fed back is assigned to its unit, finding by finding."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.faults import faults_at, status_of
from portal.http import posted
from portal.report_forms import AssignForm
from sharing.domain.working_papers import WORKING_PAPER
from sharing.selectors.assigning import assignment_page
from sharing.selectors.rectification_desks import leaders_of
from sharing.services.assigning import assign_findings
from tenancy.http import actor_of


@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: HttpRequest, number: int) -> HttpResponse:
    """Again and again, until none is left."""
    actor = actor_of(request)
    page = assignment_page(actor, number)
    offered = {one.paper.pk: one.version.title for one in page.waiting}
    leaders = {one.code: one.name for one in leaders_of(actor)}
    form = AssignForm(posted(request), offered, leaders)
    if form.is_valid():
        with faults_at(form):
            assign_findings(actor=actor, number=number, **form.cleaned_data)
            messages.success(request, _("Assigned. The unit sees its items, and the talks wait."))
            return redirect("portal:report-rectification", number)
    context = {"page": page, "form": form, "states": WORKING_PAPER.states}
    return render(request, "portal/reports/assign.html", context, status=status_of(form))
