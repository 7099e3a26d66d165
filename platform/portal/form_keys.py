"""A form that is sent twice, by a double click or a page loaded again, is done once.

The form carries a key (`{% once %}`); the key is claimed in the transaction of the work, as that of
a program's call is (tenancy.services.idempotency). The second sending waits for the first one and
gets its answer. An answer that was no success keeps nothing: the mended form may be sent again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import HttpRequest, HttpResponse

from portal.http import View
from portal.refusals import page_of
from portal.step_up import CODE, PASSWORD
from tenancy.actor import Actor
from tenancy.errors import FormSentAlready, FormSentOtherwise, KeyUsedForAnotherCall
from tenancy.services.idempotency import (
    Reply,
    UnsafeCall,
    claim_again,
    keep_reply,
    keyed,
    release,
)
from webui.templatetags.once import FORM_KEY

REPLAYED = "Idempotency-Replayed"
KEPT_HEADERS = ("Content-Type", "Location", "HX-Redirect", "HX-Trigger", "Cache-Control")
# A digest is kept for days: with a passphrase in it, it would tell a guess from the right one.
PASSPHRASES = ("passphrase", "passphrase_again")
NOT_PART_OF_IT = frozenset({FORM_KEY, PASSWORD, CODE, *PASSPHRASES, "csrfmiddlewaretoken"})


def answer_shown_once(view: View) -> View:
    """Mark a view whose answer holds a secret: it is kept nowhere, so a second sending is told that
    the form was sent already."""
    view.answer_shown_once = True  # type: ignore[attr-defined]
    return view


class FormKeyMiddleware:
    """The innermost: whoever is not let in, or has to prove who they are, has claimed nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        call: UnsafeCall | None = getattr(request, "form_call", None)
        if call is not None:
            _settle(request, call, response)
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        actor: Actor | None = getattr(request, "actor", None)
        key = _key(request)
        if actor is None or key is None:
            return None
        call = UnsafeCall(key, "POST", request.get_full_path(), _digest(request, actor))
        try:
            kept = claim_again(actor=actor, call=call)
        except KeyUsedForAnotherCall:
            return page_of(request, FormSentOtherwise())
        if kept is None:
            request.form_call = call  # type: ignore[attr-defined]
            return None
        if getattr(view, "answer_shown_once", False):
            return page_of(request, FormSentAlready())
        answer = HttpResponse(kept.body, status=kept.status, headers=dict(kept.headers))
        answer[REPLAYED] = "true"
        return answer


def _settle(request: HttpRequest, call: UnsafeCall, response: HttpResponse) -> None:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if getattr(request, "is_undone", False) or connection.needs_rollback:
        return
    if response.status_code >= 400 or response.streaming:
        release(actor=actor, call=call)
        return
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    view = getattr(request.resolver_match, "func", None)
    is_secret = getattr(view, "answer_shown_once", False)
    body = b"" if is_secret else response.content
    keep_reply(actor=actor, call=call, reply=Reply(response.status_code, headers, body))


def _key(request: HttpRequest) -> UUID | None:
    """None: no form of ours, or one that need not be done once."""
    if request.method != "POST":
        return None
    try:
        return UUID(request.POST.get(FORM_KEY, ""))
    except ValueError:
        return None


def _digest(request: HttpRequest, actor: Actor) -> bytes:
    """What is sent, by whom with which permissions: another form is another call."""
    digest = hashlib.sha256()
    held = " ".join(sorted(actor.permissions))
    for part in (request.get_full_path().encode(), held.encode(), *_parts(request)):
        digest.update(f"{len(part)}:".encode())
        digest.update(part)
    return keyed(digest.digest())


def _parts(request: HttpRequest) -> Iterator[bytes]:
    for name in sorted(set(request.POST) - NOT_PART_OF_IT):
        for value in request.POST.getlist(name):
            yield from (name.encode(), value.encode(errors="surrogatepass"))
    for name in sorted(request.FILES):
        for file in request.FILES.getlist(name):
            content = hashlib.sha256()
            for piece in file.chunks():
                content.update(piece)
            file.seek(0)
            yield from (name.encode(), (file.name or "").encode(), content.digest())
