"""One handler for whatever a call ends with: every refusal leaves as the same kind of document."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.http import Http404, HttpResponse
from rest_framework import exceptions

from httpapi import refusals
from httpapi.problems import Faults, answer
from kernel.errors import DomainError, NotVisible

log = logging.getLogger(__name__)


def handle(error: Exception, context: Mapping[str, Any]) -> HttpResponse:
    """DRF's `EXCEPTION_HANDLER`."""
    view = context["view"]
    if isinstance(error, exceptions.ValidationError):
        faults = faults_of(error)
        return answer(refusals.BodyNotValid(count=len(faults)), faults=faults)
    refusal = _refusal_of(error, view)
    if refusal is None:
        log.error("A call ended in a fault.", exc_info=error)
        refusal = refusals.Broken()
    else:
        log.info("refused: %s", refusal.code)
    allowed: dict[str, str] = (
        {"Allow": ", ".join(view.allowed_methods)} if refusal.status == 405 else {}
    )
    return answer(refusal, faults=getattr(error, "faults", None), headers=allowed)


def _refusal_of(error: Exception, view: Any) -> DomainError | None:
    match error:
        case DomainError():
            return error
        case Http404() | exceptions.NotFound():
            return NotVisible()
        case exceptions.MethodNotAllowed():
            return refusals.MethodNotThere(method=view.request.method)
        case exceptions.NotAcceptable():
            return refusals.FormatNotOffered(offered=view.offered)
        case exceptions.UnsupportedMediaType():
            given = view.request.content_type or "-"
            return refusals.FormatNotRead(given=given[:100], read=view.read)
        case exceptions.ParseError():
            return refusals.BodyUnreadable()
        case exceptions.PermissionDenied() | PermissionDenied():
            return refusals.CallForged()
        case RequestDataTooBig():
            return refusals.BodyTooLarge()
        case SuspiciousOperation():
            return refusals.CallSuspicious()
    return None


def faults_of(error: exceptions.ValidationError) -> Faults:
    """By the path of the field, from the top of the body; "" is the body itself."""
    found: dict[str, list[dict[str, str]]] = {}
    for path, detail in _leaves(error.detail):
        found.setdefault(path, []).append({"code": str(detail.code), "message": str(detail)})
    return found


def _leaves(detail: Any, path: str = "") -> Iterator[tuple[str, exceptions.ErrorDetail]]:
    if isinstance(detail, exceptions.ErrorDetail):
        yield path, detail
    elif isinstance(detail, Mapping):
        for key, inner in detail.items():
            own = "" if key == "non_field_errors" else str(key)
            yield from _leaves(inner, ".".join(part for part in (path, own) if part))
    elif isinstance(detail, Sequence):
        for place, inner in enumerate(detail):
            is_said_here = isinstance(inner, exceptions.ErrorDetail)
            yield from _leaves(inner, path if is_said_here else f"{path}.{place}".strip("."))
