"""Demand against supply, and what the rules bar."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.http import shown
from scheduling.selectors.surveys import survey_page
from scheduling.services.surveying import request_survey
from tenancy.http import actor_of

PAGE, PART = "portal/rounds/survey.html", "portal/rounds/_survey.html"


@never_cache
@require_safe
def detail(request: HttpRequest, number: int) -> HttpResponse:
    page = survey_page(actor_of(request), number)
    return shown(request, PAGE, PART, {"page": page, "round": page.round})


@require_POST
def start(request: HttpRequest, number: int) -> HttpResponse:
    request_survey(actor=actor_of(request), number=number)
    return redirect("portal:round-survey", number)
