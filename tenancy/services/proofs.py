"""Showing again who one is, before a sensitive act. Counted and recorded like a sign-in."""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

from tenancy.context import as_user
from tenancy.errors import NotSignedIn
from tenancy.models import User
from tenancy.services import second_factor
from tenancy.services.sessions import is_fresh, note_proof
from tenancy.services.sign_in import record_refusal, refusal_of, wait_in_line


def is_proven(request: HttpRequest) -> bool:
    """Whether the last proof is fresh. A token carries none: it was made under one. Of a stranger
    none is asked: the view refuses them."""
    actor = getattr(request, "actor", None)
    if not request.user.is_authenticated:
        return True
    if actor is not None and actor.token_number is not None:
        return True
    return is_fresh(getattr(request, "proved_at", None))


def wants_code(request: HttpRequest) -> bool:
    """Whether whoever acts shows a code, and no password."""
    return isinstance(request.user, User) and second_factor.is_set_up(request.user)


@sensitive_variables("shown", "credentials")
def prove(request: HttpRequest, shown: str) -> None:
    """Take the password of whoever acts, or their code where they have a second factor; or refuse.

    Inside their fence: the count is kept, since the page that says no is an answer that went well.
    """
    user = request.user
    if not isinstance(user, User):
        raise NotSignedIn
    wait_in_line(request, user.username)
    credentials = {"code" if wants_code(request) else "password": shown}
    found = authenticate(request, username=user.username, **credentials)
    if found is None or found.pk != user.pk:
        refusal = refusal_of(request)
        record_refusal(request, refusal, account=user.pk, name=user.username)
        raise refusal
    note_proof(request)
    request.shown_proof = credentials  # type: ignore[attr-defined]


@sensitive_variables("credentials", "code")
def keep_proof(request: HttpRequest) -> None:
    """Where the act was undone, and the proof with it: the code stays used, and the proof counts.

    After the request's transaction.
    """
    credentials = getattr(request, "shown_proof", None)
    if credentials is None or not isinstance(request.user, User):
        return
    with as_user(request.user.pk):
        if (code := credentials.get("code")) is not None:
            second_factor.use_code(request.user, code)
        note_proof(request)
