"""Problems of the years before: the list, one line, and the workbook by which they come in."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.http import posted
from portal.keyset import pages, window
from portal.ledger_forms import LedgerUploadForm
from portal.views.imports import download
from sharing.domain.ledgers import PAST_STATES
from sharing.selectors.ledgers import (
    PastSieve,
    past_problem_page,
    past_problems_part,
    problem_import_page,
    problem_rows_part,
    recent_problem_imports,
)
from sharing.services.past_problems import (
    cancel_problems,
    confirm_problems,
    problem_template,
    upload_problems,
)
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), request.GET
    sieve = PastSieve(
        search=asked.get("q", "")[:100],
        unit=asked.get("unit", "")[:200],
        round_name=asked.get("round", "")[:100],
        state=asked.get("state", ""),
    )
    part = past_problems_part(actor, window(request), sieve)
    context = {
        "lines": part.lines,
        "sieve": sieve,
        "is_searched": sieve != PastSieve(),
        "states": PAST_STATES.items(),
        "may_import": actor.may(Permission.CLOSE_RECTIFICATION),
    }
    return render(request, "portal/past/problems.html", context | pages(request, part))


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    page = past_problem_page(actor_of(request), number)
    return render(request, "portal/past/problem.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    recent = recent_problem_imports(actor)
    form = LedgerUploadForm(posted(request), request.FILES or None)
    if form.is_valid():
        with faults_at(form):
            done = upload_problems(actor=actor, **form.draft())
            if done.is_known:
                said = _("This file was taken in before. This is the result from then.")
                messages.info(request, said)
            return redirect("portal:problem-import", done.upload.pk)
    context = {"form": form, "recent": recent}
    return render(request, "portal/past/problem_upload.html", context, status=status_of(form))


@never_cache
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    return download(problem_template(actor=actor_of(request)), "问题台账.xlsx")


@never_cache
@require_safe
def dry_run(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = problem_import_page(actor, number)
    fate = request.GET.get("fate", "") or page.first.value
    part = problem_rows_part(actor, number, window(request), fate)
    context = {"page": page, "lines": part.lines, "fate": fate} | pages(request, part)
    return render(request, "portal/past/problem_import.html", context)


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    confirm_problems(actor=actor_of(request), number=number)
    messages.success(request, _("Taken in. The ledger has it now."))
    return redirect("portal:problem-import", number)


@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    cancel_problems(actor=actor_of(request), number=number)
    messages.success(request, _("Cancelled. Nothing was written."))
    return redirect("portal:problem-import", number)
