"""A plan and its workbook."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.plan_context import plan_context
from portal.state_context import state_context
from scheduling.selectors import plan_page
from scheduling.selectors.suspended import suspended_seats
from scheduling.services.exporting import export_plan
from tenancy.http import actor_of
from webui.language import spoken

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    actor = actor_of(request)
    context = plan_context(plan_page(actor, number), actor) | state_context(actor, number)
    context["suspended"] = suspended_seats(actor, number)
    return render(request, "portal/plans/detail.html", context)


@require_safe
def workbook(request: HttpRequest, number: int) -> HttpResponse:
    plan = export_plan(actor=actor_of(request), number=number, language=spoken())
    answer = HttpResponse(plan.content, content_type=XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(plan.file_name)}"
    return answer
