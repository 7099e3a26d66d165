"""Clues of the years before: the list, one line, and the workbook by which they come in."""

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
from sharing.selectors.past_clues import (
    clue_import_page,
    clue_rows_part,
    past_clue_page,
    past_clues_part,
    recent_clue_imports,
)
from sharing.services.past_clues import (
    cancel_clues,
    clue_template,
    confirm_clues,
    upload_clues,
)
from tenancy.domain.roles import Permission
from tenancy.http import actor_of


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    actor, search = actor_of(request), request.GET.get("q", "")[:100]
    if not actor.may(Permission.DISPOSE_CLUE):
        actor.must(Permission.HANDLE_CLUE)
    part = past_clues_part(actor, window(request), search)
    context = {
        "lines": part.lines,
        "search": search,
        "may_import": actor.may(Permission.HANDLE_CLUE),
    }
    return render(request, "portal/past/clues.html", context | pages(request, part))


@never_cache
@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    line = past_clue_page(actor_of(request), number)
    return render(request, "portal/past/clue.html", {"line": line, "past": line.past})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    recent = recent_clue_imports(actor)
    form = LedgerUploadForm(posted(request), request.FILES or None)
    if form.is_valid():
        with faults_at(form):
            done = upload_clues(actor=actor, **form.draft())
            if done.is_known:
                said = _("This file was taken in before. This is the result from then.")
                messages.info(request, said)
            return redirect("portal:clue-import", done.upload.pk)
    context = {"form": form, "recent": recent}
    return render(request, "portal/past/clue_upload.html", context, status=status_of(form))


@never_cache
@require_safe
def template(request: HttpRequest) -> HttpResponse:
    return download(clue_template(actor=actor_of(request)), "线索台账.xlsx")


@never_cache
@require_safe
def dry_run(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    page = clue_import_page(actor, number)
    fate = request.GET.get("fate", "") or page.first.value
    part = clue_rows_part(actor, number, window(request), fate)
    context = {"page": page, "lines": part.lines, "fate": fate} | pages(request, part)
    return render(request, "portal/past/clue_import.html", context)


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    confirm_clues(actor=actor_of(request), number=number)
    messages.success(request, _("Taken in. The ledger has it now."))
    return redirect("portal:clue-import", number)


@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    cancel_clues(actor=actor_of(request), number=number)
    messages.success(request, _("Cancelled. Nothing was written."))
    return redirect("portal:clue-import", number)
