"""The record: all of it for the audit administrator, the own office's for a director."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel.clock import today
from portal.record_forms import OthersForm, OwnRecordForm, RecordForm
from scheduling.services.seen_by_others import SeenPage, export_seen_by_others, seen_by_others
from tenancy.domain.roles import Permission
from tenancy.http import actor_of
from tenancy.services.records import RecordPage, export_record, own_record, search_record
from webui.language import spoken

NOTHING = RecordPage((), None)
PAGE, OTHERS = "portal/record/index.html", "portal/record/others.html"
NOBODY_LOOKED = SeenPage((), None)
UNPROCESSABLE = 422


@never_cache
@require_safe
def everybody(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.READ_ALL_RECORDS)
    form = RecordForm(request.GET)
    page = search_record(actor=actor, search=form.search()) if form.is_valid() else NOTHING
    may_export = actor.may(Permission.EXPORT_RECORDS) and form.is_valid()
    context = {"page": page, "form": form, "is_whole": True, "may_export": may_export}
    return render(request, PAGE, context, status=200 if form.is_valid() else UNPROCESSABLE)


@never_cache
@require_safe
def ours(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.VIEW_OWN_RECORD)
    form = OwnRecordForm(request.GET)
    page = own_record(actor=actor, search=form.search()) if form.is_valid() else NOTHING
    context = {"page": page, "form": form}
    return render(request, PAGE, context, status=200 if form.is_valid() else UNPROCESSABLE)


@never_cache
@require_safe
def others(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.VIEW_OWN_RECORD)
    form = OthersForm(request.GET)
    page = NOBODY_LOOKED
    if form.is_valid():
        page = seen_by_others(actor=actor, search=form.search())
    context = {"page": page, "form": form, "is_searched": any(request.GET.values())}
    return render(request, OTHERS, context, status=200 if form.is_valid() else UNPROCESSABLE)


@never_cache
@require_safe
def others_as_csv(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.VIEW_OWN_RECORD)
    form = OthersForm(request.GET)
    if not form.is_valid():
        context = {"page": NOBODY_LOOKED, "form": form, "is_searched": True}
        return render(request, OTHERS, context, status=UNPROCESSABLE)
    content = export_seen_by_others(actor=actor, search=form.search(), language=spoken())
    return _csv(content, f"seen-by-others-{today().isoformat()}.csv")


@never_cache
@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    actor.must(Permission.EXPORT_RECORDS)
    form = RecordForm(request.GET)
    if not form.is_valid():
        context = {"page": NOTHING, "form": form, "is_whole": True}
        return render(request, PAGE, context, status=UNPROCESSABLE)
    content = export_record(actor=actor, search=form.search(), language=spoken())
    return _csv(content, f"record-{today().isoformat()}.csv")


def _csv(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
