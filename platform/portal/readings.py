"""What was seen is recorded before it is sent: by the table `reads.csv`, a line for each address.

No line, no page. Whatever a view draws by itself counts, a form with faults, too; a refusal shows
nothing of what it refuses, and leaves no line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from django.http import HttpRequest, HttpResponse

from portal.rules import PAGE, RULES, Address, alternatives
from tenancy.domain.matrix import Rule
from tenancy.domain.reads import UNDECIDED, Reading, read_reads
from tenancy.services.reading import note_reading

NAMESPACE = "portal"
LED_ON, ON_OUR_SIDE, NO_SUCH_VERB = 300, 500, 405
# No header comes under such a name: those of a request begin with HTTP_.
NUMBER_SHOWN = "portal.number_shown"


@cache
def reads_of_addresses() -> Mapping[str, Reading]:
    text = resources.files(__package__).joinpath("reads.csv").read_text(encoding="utf-8")
    return read_reads(text)


class ReadingMiddleware:
    """Stands next to the views: what it lets go was drawn by one, and for somebody of an office."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_drawn_by_view", False) and _shows(response):
            _note(request)
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, numbers: Mapping[str, Any]
    ) -> None:
        """Not called where somebody nearer to the door has answered already."""
        request.is_drawn_by_view = True  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        request.is_drawn_by_view = False  # type: ignore[attr-defined]


def _shows(response: HttpResponse) -> bool:
    status = response.status_code
    return not LED_ON <= status < LED_ON + 100 and status < ON_OUR_SIDE and status != NO_SUCH_VERB


def tell_number(request: HttpRequest, number: int) -> None:
    """Of what a page shows whose address does not say its number."""
    request.META[NUMBER_SHOWN] = number


def _note(request: HttpRequest) -> None:
    actor, match = getattr(request, "actor", None), request.resolver_match
    if actor is None or match is None or match.namespace != NAMESPACE:
        return
    name = match.url_name or ""
    note_reading(
        actor=actor,
        reading=reads_of_addresses().get(name, UNDECIDED),
        rules=_rules(name, str(request.method)),
        number=request.META.get(NUMBER_SHOWN, match.kwargs.get("number")),
        place=name,
    )


def _rules(name: str, method: str) -> tuple[Rule, ...]:
    """By which of them the page is open: the answer to a form by the rule of what it does."""
    address = RULES.get(name, Address())
    cell = address.post if method == "POST" else address.get
    return () if cell == PAGE else alternatives(cell)
