"""A refusal becomes a page, or a notice on the page it came from.

For htmx the notice goes to the region `#refusals` below the heading, whatever the request's
own target was, so that the part of the page that was refused stays as it is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from httpapi.http import is_for_programs
from httpapi.problems import answer as problem
from httpapi.refusals import Broken
from kernel.errors import DomainError, NotVisible
from portal.http import is_partial
from webui.language import spoken

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Refusal:
    """What `webui/_refusal.html` says."""

    message: str
    remedy: str
    status: int

    @classmethod
    def of(cls, error: DomainError) -> Refusal:
        message, remedy = error.in_language(spoken())
        return cls(message, remedy, error.status)


class RefusalMiddleware:
    """Answer for a `DomainError` that a view let pass, and undo what the view had written."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, DomainError):
            return None
        log.info("refused: %s", error.code)
        answer = page_of(request, error)
        if connection.in_atomic_block:
            transaction.set_rollback(True)
        return answer


def page_of(request: HttpRequest, error: DomainError) -> HttpResponse:
    refusal = Refusal.of(error)
    if is_partial(request):
        answer = render(request, "webui/_refusal.html", {"refusal": refusal}, status=refusal.status)
        answer["HX-Retarget"] = "#refusals"
        answer["HX-Reswap"] = "innerHTML"
        return answer
    if isinstance(error, NotVisible):
        return not_found(request)
    return dead_end(request, refusal)


def dead_end(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    words = {
        "message": refusal.message,
        "remedy": refusal.remedy,
        "status": refusal.status,
        "is_dead_end": True,  # The menu marks nothing: what does not exist is nowhere.
    }
    return render(request, "webui/dead_end.html", words, status=refusal.status)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One page for "not there" and "not yours": who looks cannot tell which it is."""
    if is_for_programs(request):
        return problem(NotVisible())
    return dead_end(request, Refusal.of(NotVisible()))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    refusal = Refusal(
        gettext("This is not open to you."),
        gettext("Ask the person in charge in your office. Nothing was changed."),
        403,
    )
    return dead_end(request, refusal)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form did not carry this session's token (`CSRF_FAILURE_VIEW`)."""
    refusal = Refusal(
        gettext("This form is out of date."),
        gettext("Go back, load the page again and send it once more. Nothing was changed."),
        403,
    )
    return dead_end(request, refusal)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed. No database, no session: they may be what failed."""
    if is_for_programs(request):
        return problem(Broken())
    words = {
        "message": gettext("Something went wrong on our side."),
        "remedy": gettext(
            "Nothing was changed. If it happens again, tell the administrator when it happened."
        ),
        "status": 500,
    }
    return HttpResponse(render_to_string("webui/bare.html", words), status=500)
