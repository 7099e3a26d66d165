"""`?limit=&after=`: which part of a list is asked for, and where the next one is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import HttpRequest
from rest_framework import serializers

from httpapi.fields import Input
from httpapi.refusals import CursorNotValid
from tenancy.paging import Key, Part, Window

USUAL, MOST = 50, 200


class WindowIn(Input):
    limit = serializers.IntegerField(
        min_value=1, max_value=MOST, default=USUAL, help_text="How many lines at most."
    )
    after = serializers.CharField(
        required=False,
        max_length=2000,
        help_text="Where the part before ended, as its `next` says. Opaque.",
    )


def window_of(request: HttpRequest, asked: Mapping[str, Any]) -> Window:
    cursor = asked.get("after")
    return Window(asked["limit"], None if cursor is None else _key(request, cursor))


def next_link(request: HttpRequest, part: Part[Any]) -> str | None:
    """The address of the next part, within this site; None at the end."""
    if part.next_after is None:
        return None
    cursor = _signer(request).sign_object(list(part.next_after))
    query = {key: value for key, value in request.GET.items() if key != "after"}
    return f"{request.path}?{urlencode(query | {'after': cursor})}"


def _key(request: HttpRequest, cursor: str) -> Key:
    try:
        return tuple(_signer(request).unsign_object(cursor))
    except signing.BadSignature as error:
        raise CursorNotValid from error


def _signer(request: HttpRequest) -> signing.Signer:
    """Signed, so that what comes back is of the types that the list's order has."""
    return signing.Signer(salt=f"cursor {request.path}")
