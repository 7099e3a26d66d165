"""Where webhooks may go, how they are signed, and when they are tried again: rules alone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest

from tenancy.domain.webhooks import (
    MOST_TRIES,
    NotAnAddress,
    address_of,
    body_of,
    entry_of,
    headers_of,
    is_taken,
    may_connect,
    networks_of,
    new_secret,
    pause_after,
)

AT = datetime(2026, 9, 6, 4, 5, 6, tzinfo=UTC)
DAY_S = 24 * 60 * 60


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("https://Hooks.Example.ORG/in?a=1", "https://hooks.example.org:443/in?a=1"),
        ("https://hooks.example.org", "https://hooks.example.org:443/"),
        ("https://hooks.example.org.:8443/x", "https://hooks.example.org:8443/x"),
        ("https://[2001:DB8::1]/x", "https://[2001:db8::1]:443/x"),
        ("https://10.1.2.3/x", "https://10.1.2.3:443/x"),
    ],
)
def test_an_address_has_one_spelling(typed: str, kept: str) -> None:
    assert str(address_of(typed)) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "hooks.example.org",
        "http://hooks.example.org/",
        "http://localhost:9000/",
        "ftp://hooks.example.org/",
        "https://",
        "https:///x",
        "https://name:word@hooks.example.org/",
        "https://hooks.example.org@other.example.org/",
        "https://hooks.example.org/#part",
        "https://hooks.example.org\\@other.example.org/",
        "https://hooks.example.org/\r\nHost: other",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://推送.example.org/",
        "https://hooks.example.org:0/",
        "https://hooks.example.org:99999/",
        "https://hooks_.example.org/",
        "https://hooks.example.org/" + "x" * 500,
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(NotAnAddress):
        address_of(typed)


def test_plain_http_stays_on_ones_own_machine() -> None:
    assert str(address_of("http://localhost:9000/x", is_dev=True)) == "http://localhost:9000/x"
    with pytest.raises(NotAnAddress):
        address_of("http://hooks.example.org/", is_dev=True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Hooks.example.org ", "hooks.example.org:443"),
        ("hooks.example.org:8443", "hooks.example.org:8443"),
        ("10.20.0.0/16", "10.20.0.0/16"),
        ("[2001:db8::1]:8443", "[2001:db8::1]:8443"),
        ("fd00::/8", "fd00::/8"),
    ],
)
def test_a_line_of_the_list_has_one_spelling(typed: str, kept: str) -> None:
    assert entry_of(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "*", "*.example.org", "https://a.example.org", "10.20.0.1/16", "0.0.0.0/0", "::/0", "a b"],
)
def test_neither_host_nor_network(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        entry_of(typed)


FORBIDDEN = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.1.2.3",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "not an address",
]


@pytest.mark.parametrize("resolved", FORBIDDEN)
def test_no_name_leads_into_our_own_networks(resolved: str) -> None:
    assert not may_connect(resolved, ())


def test_public_addresses_and_networks_of_the_list_are_spoken_to() -> None:
    assert may_connect("1.1.1.1", ())
    assert may_connect("2606:4700:4700::1111", ())
    listed = networks_of(["hooks.example.org:443", "10.20.0.0/16", "fd00::/8"])
    assert may_connect("10.20.1.1", listed)
    assert may_connect("::ffff:10.20.1.1", listed)
    assert may_connect("fd00::1", listed)
    assert not may_connect("10.21.0.1", listed)


def test_a_message_holds_the_event_a_number_a_time_and_an_address_and_nothing_else() -> None:
    body = body_of("plan_published", number=7, at=AT, url="/api/v1/publications/7")

    assert json.loads(body) == {
        "type": "plan_published",
        "timestamp": "2026-09-06T04:05:06.000Z",
        "data": {"number": 7, "url": "/api/v1/publications/7"},
    }


def test_the_signature_is_the_specification_s_example() -> None:
    """From the specification's own test vectors."""
    headers = headers_of(
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        b'{"test": 2432232314}',
        secrets_in_force=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
        at=1614265330,
    )

    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_two_secrets_sign_twice() -> None:
    first, second = new_secret(), new_secret()
    headers = headers_of("msg_1", b"{}", secrets_in_force=[first, second], at=1)

    expected = [
        base64.b64encode(
            hmac.new(base64.b64decode(one[6:]), b"msg_1.1.{}", hashlib.sha256).digest()
        ).decode()
        for one in (first, second)
    ]
    assert headers["webhook-signature"] == " ".join(f"v1,{one}" for one in expected)


def test_tries_go_on_for_a_day_with_longer_pauses_that_differ() -> None:
    pauses = [pause_after(tries, chance=0.5) for tries in range(1, MOST_TRIES)]

    told = [pause for pause in pauses if pause is not None]
    assert told == pytest.approx([15, 60, 240, 960, 3840, 15360, 21600, 21600, 21600])
    assert 0.9 * DAY_S < sum(told) < 1.1 * DAY_S
    assert pause_after(MOST_TRIES, chance=0.5) is None
    assert pause_after(1, chance=0.0) == pytest.approx(12)
    assert pause_after(1, chance=0.999) == pytest.approx(18, rel=0.01)


@pytest.mark.parametrize(
    ("status", "taken"),
    [
        (200, True),
        (204, True),
        (301, False),
        (302, False),
        (404, False),
        (500, False),
        (None, False),
    ],
)
def test_only_a_success_is_a_receipt(status: int | None, taken: bool) -> None:
    assert is_taken(status) is taken
