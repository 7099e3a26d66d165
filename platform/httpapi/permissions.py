"""Closed unless declared: who may call a verb stands on the verb."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from httpapi.declarations import Everybody, Needed, Verb
from kernel.errors import NotAllowed
from tenancy.actor import Actor
from tenancy.domain.roles import PERMISSION_TITLES
from tenancy.domain.sessions import SENSITIVE
from tenancy.errors import NotSignedIn, OfficeNotChosen, ProofNeeded, TokenReadsOnly
from tenancy.services.proofs import is_proven


class AsDeclared(BasePermission):
    """The one permission class of all endpoints."""

    def has_permission(self, request: Request, view: Any) -> bool:
        verb = declared_verb(view, str(request.method))
        if verb is not None and verb.needed is Everybody.STRANGERS:
            return True
        actor = actor_behind(request._request)
        if verb is None:
            # No such verb is answered as that, to whoever is known here; one that is there and
            # says nothing is open to nobody.
            if request.method in view.allowed_methods:
                raise NotAllowed(permission="-")
            return True
        if actor.reads_only and request.method not in SAFE_METHODS:
            raise TokenReadsOnly
        must(actor, verb.needed)
        if verb.kind == "act" and verb.needed in SENSITIVE and not is_proven(request._request):
            raise ProofNeeded
        return True


def declared_verb(view: Any, method: str) -> Verb | None:
    handler = getattr(view, method.lower(), None)
    verb: Verb | None = getattr(handler, "declared", None)
    return verb


def actor_behind(request: HttpRequest) -> Actor:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is not None:
        return actor
    user = getattr(request, "user", None)
    raise OfficeNotChosen if user is not None and user.is_authenticated else NotSignedIn


def must(actor: Actor, needed: Needed) -> None:
    if isinstance(needed, Everybody):
        return
    either = needed if isinstance(needed, tuple) else (needed,)
    if not any(actor.may(permission) for permission in either):
        raise NotAllowed(permission=PERMISSION_TITLES[either[0]])
