"""Every request of somebody who is signed in runs in their office: one transaction, fenced."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from tenancy.actor import Actor
from tenancy.context import as_user, in_office
from tenancy.http import (
    API_DOOR,
    OPEN_DOOR,
    bearer_token,
    door_of,
    evaluate_inside,
    looks_by_itself,
)
from tenancy.services import sessions, tokens
from tenancy.services.proofs import keep_proof
from tenancy.services.sign_in import address_of, chosen_office, chosen_seat, lose_seat

SERVER_ERROR = 500


class OfficeMiddleware:
    """Session → user → the one seat they chose → fence. Sets `request.user` and `request.actor` (None without office).

    Views for programs are opened by a token as well; where one is shown, no session counts.

    Session and seat are looked up again on every request: who lost one this minute is out this
    minute, and is told why (`request.session_ending`). A
    request that ends in an error leaves nothing behind.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._led(request)
        if getattr(request, "is_rolled_back", False):
            keep_proof(request)
        return response

    def _led(self, request: HttpRequest) -> HttpResponse:
        request.actor = None  # type: ignore[attr-defined]
        door = door_of(request)
        if door == API_DOOR and (shown := bearer_token(request)) is not None:
            return self._by_token(request, shown)
        user = auth.get_user(request)
        request.user = user
        if isinstance(user, AnonymousUser):
            return self.get_response(request)
        looked = sessions.look_at(request, user.pk, is_used=not looks_by_itself(request))
        if looked.ending:
            request.session.flush()
            request.user = AnonymousUser()
            request.session_ending = looked.ending  # type: ignore[attr-defined]
            return self.get_response(request)
        request.proved_at = looked.proved_at  # type: ignore[attr-defined]
        if door == OPEN_DOOR:
            return self.get_response(request)
        tenant_id = chosen_office(request)
        if tenant_id is not None:
            with in_office(tenant_id, user.pk):
                request.actor = Actor.wearing(  # type: ignore[attr-defined]
                    chosen_seat(request), user_id=user.pk, tenant_id=tenant_id
                )
                if request.actor is not None:  # type: ignore[attr-defined]
                    return self._answered(request)
            lose_seat(request)
        with as_user(user.pk):
            return self._answered(request)

    def _by_token(self, request: HttpRequest, shown: str) -> HttpResponse:
        request.user = AnonymousUser()
        holder = tokens.holder_of(shown, address_of(request))
        if holder is not None and holder.is_in_force:
            with in_office(holder.tenant_id, holder.user_id):
                request.actor = tokens.actor_of(holder)  # type: ignore[attr-defined]
                if request.actor is not None:  # type: ignore[attr-defined]
                    return self._answered(request)
        # Outside of any office, and counted and recorded whatever becomes of the request.
        request.refusal = tokens.refuse(request, shown, holder)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Called for what nobody nearer to the view has answered."""
        request.is_undone = True  # type: ignore[attr-defined]

    def _answered(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        evaluate_inside(response)
        if getattr(request, "is_undone", False) or response.status_code >= SERVER_ERROR:
            # Not earlier: the page that says what went wrong is drawn in this transaction.
            transaction.set_rollback(True)
        request.is_rolled_back = transaction.get_rollback()  # type: ignore[attr-defined]
        return response
