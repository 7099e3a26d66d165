"""A client writes what it likes; our own proxies are believed."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from config.addresses import client_address

CLIENT, LIAR, PROXY, INNER = "192.0.2.7", "198.51.100.1", "10.0.0.2", "10.0.0.3"


@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (0, "", PROXY),
        (0, LIAR, PROXY),
        (1, CLIENT, CLIENT),
        (1, f"{LIAR}, {CLIENT}", CLIENT),
        (2, f"{LIAR}, {CLIENT}, {INNER}", CLIENT),
        (2, CLIENT, PROXY),
        (1, "", PROXY),
    ],
)
def test_the_address_is_the_one_that_our_outermost_proxy_saw(
    proxies: int, said: str, address: str, rf: RequestFactory, settings: Settings
) -> None:
    settings.PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR=PROXY)
    if said:
        request.META["HTTP_X_FORWARDED_FOR"] = said

    assert client_address(request) == address
