"""Reports of teams, from their first draft to the feedback that was served."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kernel.errors import NotVisible
from portal.faults import faults_at, status_of
from portal.http import UNPROCESSABLE, acts_on, posted
from portal.paper_context import form_of, listed, must_any, offered, query_of, window_of
from portal.paper_forms import ActForm
from portal.report_forms import REPORT_ACT_FORMS, BeginForm, ChaptersForm, PapersForm
from sharing.domain.reports import REPORT
from sharing.domain.working_papers import WORKING_PAPER
from sharing.selectors.reports import ReportPage, report_page, reports_page
from sharing.services import reports as services
from sharing.services.paper_acts import put_in_report
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = reports_page(actor, window_of(request))
    context = {**listed(actor, page.part, query_of(request)), "page": page, "states": REPORT.states}
    return render(request, "portal/reports/index.html", context)


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    actor, form = actor_of(request), BeginForm(request.POST)
    actor.must(Permission.SIGN_PAPERS)
    if not form.is_valid():
        raise NotVisible(what="room", number=0)
    room, unit = form.where()
    report = services.begin_report(actor=actor, room=room, unit=unit)
    return redirect("portal:report-detail", report.pk)


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    return _shown(request, report_page(actor_of(request), number))


def _write(request: HttpRequest, number: int, part: str) -> HttpResponse:
    """`part`: the report, or its feedback. The feedback begins with the report's chapters."""
    actor, typed = actor_of(request), posted(request)
    page = report_page(actor, number)
    must_any(actor, Permission.SIGN_PAPERS, *([] if part == "report" else [Permission.FEED_BACK]))
    newest = page.text if part == "report" else page.feedback or page.text
    form = ChaptersForm(typed, part, newest)
    if form.is_valid():
        with faults_at(form):
            services.write_report(
                actor=actor,
                number=number,
                part=part,
                based_on=form.cleaned_data["based_on"],
                chapters=form.chapters(),
            )
            messages.success(request, _("Saved as a further version."))
            return redirect("portal:report-detail", number)
    context = {"page": page, "form": form, "part": part}
    return render(request, "portal/reports/write.html", context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def write_text(request: HttpRequest, number: int) -> HttpResponse:
    return _write(request, number, "report")


@require_http_methods(["GET", "HEAD", "POST"])
def write_feedback(request: HttpRequest, number: int) -> HttpResponse:
    return _write(request, number, "feedback")


@acts_on("portal:report-detail")
def put(request: HttpRequest, number: int) -> HttpResponse:
    """Signed papers into the report, as many as were ticked."""
    actor = actor_of(request)
    page = report_page(actor, number)
    actor.must(Permission.SIGN_PAPERS)
    form = PapersForm(request.POST, {one.pk: one.title for one in page.signed})
    if form.is_valid():
        for paper in form.cleaned_data["paper"]:
            put_in_report(actor=actor, number=paper, report=number)
        messages.success(request, _("Put in the report."))
    else:
        messages.warning(request, _("Tick the papers that go in the report first."))
    return redirect("portal:report-detail", number)


@acts_on("portal:report-detail")
def act(request: HttpRequest, number: int) -> HttpResponse:
    actor, name = actor_of(request), request.POST.get("act", "")
    page = report_page(actor, number)
    must_any(actor, Permission.SIGN_PAPERS, Permission.APPROVE_REPORTS, Permission.FEED_BACK)
    form = form_of(REPORT_ACT_FORMS, name, request.POST)
    if form.is_valid():
        with faults_at(form):
            services.do(actor=actor, number=number, act=name, given=form.cleaned_data)
            messages.success(request, _("Done."))
            return redirect("portal:report-detail", number)
    return _shown(request, page, name, form)


def _shown(
    request: HttpRequest, page: ReportPage, name: str = "", typed: ActForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "page": page,
        "acts": offered(page.acts, REPORT_ACT_FORMS, name, typed),
        "states": REPORT.states,
        "life": REPORT,
        "states_of_findings": WORKING_PAPER.states,
    }
    status = UNPROCESSABLE if typed is not None else 200
    return render(request, "portal/reports/detail.html", context, status=status)
