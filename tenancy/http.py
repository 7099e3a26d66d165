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
# A view for programs: a session or a token opens it, and it answers for strangers itself.
API_DOOR = "api"


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, or a refusal. Every view inside the fence begins with it."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None:
        raise NotSignedIn
    return actor


def door_of(request: HttpRequest) -> str | None:
    """What the view says of who may come in. None: nothing, or there is no view."""
    try:
        view: Callable[..., Any] = resolve(request.path_info).func
    except Resolver404:
        return None
    door: str | None = getattr(view, "door", None)
    return door


def looks_by_itself(request: HttpRequest) -> bool:
    """Whether a page asks for a part of itself again and again: nobody need be there.

    The page says so of itself; who says so untruly is only signed out the sooner.
    """
    return request.method == "GET" and request.headers.get("X-Looks-Again") == "true"


def bearer_token(request: HttpRequest) -> str | None:
    """The token that the request shows, whatever it is worth. None: it shows none."""
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    return shown.strip() if scheme.lower() == "bearer" else None


def evaluate_inside(response: HttpResponseBase) -> None:
    """Produce a streaming response now: later, the fence is closed and its queries find nothing."""
    if not isinstance(response, StreamingHttpResponse):
        return
    if response.is_async:
        raise TypeError("An asynchronous stream would be read outside of the office's fence.")
    response.streaming_content = [b"".join(response)]
