"""Official documents, each from its record's page."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from httpapi.declarations import DOCX
from sharing.services import taking_away
from sharing.services.taking_away import TakenDocument
from tenancy.http import actor_of


@require_safe
def letter(request: HttpRequest, number: int) -> HttpResponse:
    return attached(taking_away.take_letter(actor=actor_of(request), number=number))


@require_safe
def paper(request: HttpRequest, number: int) -> HttpResponse:
    return attached(taking_away.take_working_paper(actor=actor_of(request), number=number))


@require_safe
def feedback(request: HttpRequest, number: int) -> HttpResponse:
    return attached(taking_away.take_feedback(actor=actor_of(request), number=number))


@require_safe
def plan(request: HttpRequest, number: int) -> HttpResponse:
    return attached(taking_away.take_plan(actor=actor_of(request), number=number))


@require_safe
def talk(request: HttpRequest, number: int) -> HttpResponse:
    return attached(taking_away.take_talk(actor=actor_of(request), number=number))


@require_safe
def evaluation(request: HttpRequest, number: int) -> HttpResponse:
    return attached(taking_away.take_evaluation(actor=actor_of(request), number=number))


@require_safe
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    return attached(taking_away.take_hand_over_list(actor=actor_of(request), number=number))


def attached(taken: TakenDocument) -> HttpResponse:
    answer = HttpResponse(taken.content, content_type=DOCX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(taken.file_name)}"
    return answer
