"""Uploading a workbook, following its reading, looking at the dry run, applying it."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.faults import faults_at, status_of
from portal.forms import UploadForm
from portal.http import posted, shown
from scheduling.selectors.imports import TABS, import_list, import_page
from scheduling.services.importing import (
    apply_import,
    cancel_import,
    empty_workbook,
    faulty_workbook,
    layout_of,
    upload_workbook,
)
from tenancy.http import actor_of

PAGE, PART = "portal/imports/detail.html", "portal/imports/_state.html"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = import_list(actor)
    wanted = request.GET.get("kind") or next(iter(page.kinds), "")
    form = UploadForm(page.kinds, posted(request), request.FILES or None, initial={"kind": wanted})
    if form.is_valid():
        with faults_at(form):
            done = upload_workbook(actor=actor, **form.draft())
            if done.is_known:
                said = _("This file was uploaded before. This is the result from then.")
                messages.info(request, said)
            return redirect("portal:import-detail", done.upload.pk)
    context = {"page": page, "form": form}
    return render(request, "portal/imports/new.html", context, status=status_of(form))


@never_cache
@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    asked = request.GET
    page = import_page(
        actor_of(request), number, tab=asked.get("tab", ""), page=asked.get("page", 1)
    )
    return shown(request, PAGE, PART, {"page": page, "tabs": TABS})


@require_POST
def apply(request: HttpRequest, number: int) -> HttpResponse:
    accepted = [int(key) for key in request.POST.getlist("accepted") if key.isdecimal()]
    apply_import(actor=actor_of(request), number=number, accepted=accepted)
    return redirect("portal:import-detail", number)


@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    cancel_import(actor=actor_of(request), number=number)
    return redirect("portal:import-detail", number)


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    content = empty_workbook(actor=actor_of(request), kind=kind)
    return download(content, f"{layout_of(kind).title.zh}-模板.xlsx")


@never_cache
@require_safe
def faulty_rows(request: HttpRequest, number: int) -> HttpResponse:
    content = faulty_workbook(actor=actor_of(request), number=number)
    return download(content, f"错误行-{number}.xlsx")


def download(content: bytes, file_name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name)}"
    return answer
