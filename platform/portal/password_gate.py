"""Whose password is due does nothing else before it is changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from portal.http import View, sent_to
from tenancy.errors import PasswordMustChange
from tenancy.http import API_DOOR, OPEN_DOOR
from tenancy.models import User
from tenancy.services.half_way import what_is_owed
from tenancy.services.passwords import must_change


def before_all(view: View) -> View:
    """Mark the one page that is open while a password is due."""
    view.is_before_all = True  # type: ignore[attr-defined]
    return view


class PasswordMiddleware:
    """After the door has found out that it is somebody. A token shows no password: it goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        door = getattr(view, "door", "office")
        is_open = door == OPEN_DOOR or getattr(view, "is_before_all", False)
        user = request.user
        # Who owes a second factor sets that up first: the two would lead to one another for ever.
        is_open = is_open or what_is_owed(request) is not None
        if is_open or not isinstance(user, User) or not must_change(user):
            return None
        if door == API_DOOR:
            request.refusal = PasswordMustChange()  # type: ignore[attr-defined]
            return None
        return sent_to(request, "portal:password")
