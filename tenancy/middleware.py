"""Every request of somebody who is signed in runs in their office: one transaction, fenced."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from tenancy.actor import Actor
from tenancy.context import as_user, in_office
from tenancy.http import evaluate_inside, is_open_to_strangers
from tenancy.services.sign_in import chosen_office, forget_office

SERVER_ERROR = 500


class OfficeMiddleware:
    """Session → user → seat → fence. Sets `request.user` and `request.actor` (None without office).

    The seat is looked up again on every request: who lost it this minute is out this minute. A
    request that ends in an error leaves nothing behind.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = auth.get_user(request)
        request.user = user
        request.actor = None  # type: ignore[attr-defined]
        if isinstance(user, AnonymousUser) or is_open_to_strangers(request):
            return self.get_response(request)
        tenant_id = chosen_office(request)
        if tenant_id is not None:
            with in_office(tenant_id, user.pk):
                request.actor = Actor.seated(  # type: ignore[attr-defined]
                    user_id=user.pk, tenant_id=tenant_id
                )
                if request.actor is not None:  # type: ignore[attr-defined]
                    return self._answered(request)
            forget_office(request)
        with as_user(user.pk):
            return self._answered(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Called for what nobody nearer to the view has answered."""
        request.is_undone = True  # type: ignore[attr-defined]

    def _answered(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        evaluate_inside(response)
        if getattr(request, "is_undone", False) or response.status_code >= SERVER_ERROR:
            # Not earlier: the page that says what went wrong is drawn in this transaction.
            transaction.set_rollback(True)
        return response
