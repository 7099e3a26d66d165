"""Whose address a request came from, as far as we may believe what it says."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The address that the outermost of our own proxies saw (`settings.PROXIES` of them).

    Each proxy appends the address it was spoken to from; everything further left was written by
    the client, who may write what they like. With too short a list, the nearest neighbour counts.
    """
    said = request.META.get("HTTP_X_FORWARDED_FOR", "")
    chain = [part.strip() for part in said.split(",") if part.strip()]
    if settings.PROXIES and len(chain) >= settings.PROXIES:
        return str(chain[-settings.PROXIES])
    return str(request.META.get("REMOTE_ADDR", ""))
