"""Uploading a workbook, following its reading, looking at the dry run, applying it."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.http import shown
from scheduling.errors import NoFileChosen
from scheduling.selectors.imports import TABS, import_list, import_page
from scheduling.services.importing import (
    apply_import,
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
    if request.method != "POST":
        context = {"page": import_list(actor), "kind": request.GET.get("kind", "")}
        return render(request, "portal/imports/new.html", context)
    file = request.FILES.get("file")
    if file is None:
        raise NoFileChosen
    done = upload_workbook(
        actor=actor,
        kind=request.POST.get("kind", ""),
        file_name=file.name or "",
        content=file.chunks(),
    )
    if done.is_known:
        messages.info(request, _("This file was uploaded before. Here is what became of it."))
    return redirect("portal:import-detail", done.upload.pk)


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
