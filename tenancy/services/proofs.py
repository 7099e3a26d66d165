"""Showing again who one is, before a sensitive act. Counted and recorded like a sign-in."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from tenancy.errors import NotSignedIn
from tenancy.models import User
from tenancy.services.sessions import is_fresh, note_proof
from tenancy.services.sign_in import record_refusal, refusal_of, wait_in_line


def is_proven(request: HttpRequest) -> bool:
    """Whether the last proof is fresh. A token carries none: it was made under one."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.token_number is not None:
        return True
    return is_fresh(getattr(request, "proved_at", None))


@sensitive_variables("password")
def prove(request: HttpRequest, password: str) -> None:
    """Take the password of whoever acts, or refuse. Inside their fence: the count is kept, since
    the page that says no is an answer that went well."""
    user = request.user
    if not isinstance(user, User):
        raise NotSignedIn
    wait_in_line(request, user.username)
    found = authenticate(request, username=user.username, password=password)
    if found is None or found.pk != user.pk:
        refusal = refusal_of(request)
        record_refusal(request, refusal, account=user.pk, name=user.username)
        raise refusal
    note_proof(request)
