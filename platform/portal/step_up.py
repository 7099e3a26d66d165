"""Before a sensitive act: who acts shows again that it is they.

A view is marked (`@needs_fresh_proof`) and knows nothing more of it. Where the last proof is too
old, what was sent is shown back, hidden, with a field for the password, or for a code where the
person has a second factor; sent again, it is done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_variables

from kernel.errors import DomainError
from portal.http import View, is_partial
from portal.refusals import Refusal, page_of
from tenancy.errors import ProofNeeded
from tenancy.services.proofs import is_proven, prove, wants_code

PASSWORD, CODE = "proof_password", "proof_code"
_NOT_KEPT = frozenset({PASSWORD, CODE, "csrfmiddlewaretoken"})


def needs_fresh_proof(view: View) -> View:
    """Mark a view whose POST is a sensitive act. It stands above every other decorator."""
    view.needs_fresh_proof = True  # type: ignore[attr-defined]
    return view


class StepUpMiddleware:
    """Inside the office's fence, before the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    @sensitive_variables("shown")
    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        is_marked = getattr(view, "needs_fresh_proof", False)
        if not is_marked or request.method != "POST" or is_proven(request):
            return None
        if is_partial(request):
            return page_of(request, ProofNeeded())
        shown = request.POST.get(_field(request))
        if shown is None:
            return _asked(request, status=ProofNeeded.status)
        try:
            prove(request, shown)
        except DomainError as error:
            refusal = Refusal.of(error)
            return _asked(request, refusal=refusal, status=refusal.status)
        return None


def _field(request: HttpRequest) -> str:
    return CODE if wants_code(request) else PASSWORD


def _asked(request: HttpRequest, *, status: int, refusal: Refusal | None = None) -> HttpResponse:
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_KEPT
        for value in values
    ]
    field = _field(request)
    context = {"kept": kept, "refusal": refusal, "field": field, "wants_code": field == CODE}
    return render(request, "portal/session/step_up.html", context, status=status)
