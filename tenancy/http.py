"""What views ask of a request, and what the fence asks of views."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from tenancy.actor import Actor
from tenancy.errors import NotSignedIn

# A view with `view.door = "open"` is for strangers (sign-in, health): it runs outside of any
# office, and outside of any transaction, so that a refused sign-in is counted and recorded.
OPEN_DOOR = "open"


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, or a refusal. Every view inside the fence begins with it."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise NotSignedIn
    return actor


def is_open_to_strangers(request: HttpRequest) -> bool:
    try:
        view: Callable[..., Any] = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, "door", None) == OPEN_DOOR


def evaluate_inside(response: HttpResponseBase) -> None:
    """Produce a streaming response now: later, the fence is closed and its queries find nothing."""
    if not isinstance(response, StreamingHttpResponse):
        return
    if response.is_async:
        raise TypeError("An asynchronous stream would be read outside of the office's fence.")
    response.streaming_content = [b"".join(response)]
