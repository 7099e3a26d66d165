"""Webhooks: where they may go, what they say, how they are signed, and when they are tried again.

Signed and named as the Standard Webhooks specification (1.0) has it, so that a receiver's own
library verifies them. docs/architecture/webhooks.md says why each rule is there.
"""

from __future__ import annotations

import base64
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from tenancy.domain.networks import address_read

LONGEST_ADDRESS = 500
TEST = "test"  # the event of a delivery that somebody asked for to see whether it arrives

# Seconds after each failed try: a bit under a day in all.
PAUSES_S = (15, 60, 240, 960, 3840, 15360, 21600, 21600, 21600)
MOST_TRIES = len(PAUSES_S) + 1
JITTER = 0.2  # of a pause, either way: those that failed together do not come back together
GIVEN_UP_AFTER_DAYS = 5
ROTATION_H = 24  # how long the secret before the last one signs as well
KEPT_DAYS = 90
GONE = 410  # the receiver says: never again

_SECRET_BYTES = 32
_SECRET_MARK = "whsec_"  # noqa: S105  (how the specification marks a secret, not one)
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_NAME = re.compile(r"(?=.{1,253}$)(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
_PORTS = {"https": 443, "http": 80}
# What carries an IPv4 address within an IPv6 one: the way past a look at the outer one.
_CARRIERS = tuple(ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16"))

Network = IPv4Network | IPv6Network


class NotAnAddress(ValueError):
    """No address that a webhook can have. Its text says why, as a word of `AddressFault`."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a webhook goes, in its one spelling."""

    scheme: str
    host: str
    port: int
    target: str  # path and query

    @property
    def authority(self) -> str:
        """As it stands in the list of allowed hosts: always with the port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def address_of(text: str, *, is_dev: bool = False) -> Address:
    """`https://host[:port]/path[?query]`; on one's own machine also `http://localhost:…`.

    No names or passwords before the host, no fragment, nothing but visible ASCII.
    """
    if not text or len(text) > LONGEST_ADDRESS or not re.fullmatch(r"[\x21-\x7e]+", text):
        raise NotAnAddress("spelling")
    if "\\" in text:
        raise NotAnAddress("spelling")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise NotAnAddress("spelling") from error
    host = _host(parts.hostname or "")
    if "@" in parts.netloc or parts.fragment or "#" in text or port == 0:
        raise NotAnAddress("spelling")
    is_local = is_dev and parts.scheme == "http" and host in _LOCAL
    if parts.scheme != "https" and not is_local:
        raise NotAnAddress("scheme")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(parts.scheme, host, port or _PORTS[parts.scheme], target)


def entry_of(text: str) -> str:
    """One line of the list of allowed hosts, in its one spelling: `host:port`, or a network.

    A host without a port is one of https (443). ValueError: neither.
    """
    text = text.strip().lower()
    if "/" in text:
        network = ip_network(text)
        if network.prefixlen == 0:
            raise ValueError("Everything is no network to allow.")
        return str(network)
    try:
        parts = urlsplit(f"//{text}")
        port = parts.port
    except ValueError as error:
        raise ValueError(text) from error
    if parts.path or parts.query or parts.fragment or "@" in text or port == 0:
        raise ValueError(text)
    return Address("https", _host(parts.hostname or ""), port or 443, "").authority


def networks_of(entries: Iterable[str]) -> tuple[Network, ...]:
    """Those of the list that are networks."""
    return tuple(ip_network(entry) for entry in entries if "/" in entry)


def may_connect(resolved: str, networks: Iterable[Network]) -> bool:
    """Whether an address that a name stood for is public, or in a network that the list names."""
    read = address_read(resolved)
    if read is None:
        return False
    found = ip_address(read)
    if any(found in network for network in networks if network.version == found.version):
        return True
    carries = isinstance(found, IPv6Address) and any(found in one for one in _CARRIERS)
    return found.is_global and not found.is_multicast and not found.is_reserved and not carries


# --- What goes out -----------------------------------------------------------------------------


def new_secret() -> str:
    return _SECRET_MARK + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def body_of(event: str, *, number: int | None, at: datetime, url: str | None) -> bytes:
    """The whole of what is told: the event, the office's own number, the time, where to ask."""
    told = {
        "type": event,
        "timestamp": at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "data": {"number": number, "url": url},
    }
    return json.dumps(told, separators=(",", ":")).encode()


def headers_of(
    message: str, body: bytes, *, secrets_in_force: Sequence[str], at: int
) -> dict[str, str]:
    """Signed with every secret in force: the receiver needs to know one of them."""
    signed = f"{message}.{at}.".encode() + body
    signatures = (_signature(secret, signed) for secret in secrets_in_force)
    return {
        "webhook-id": message,
        "webhook-timestamp": str(at),
        "webhook-signature": " ".join(signatures),
    }


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(_SECRET_MARK))
    return "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()


# --- And when it did not arrive ------------------------------------------------------------------


def pause_after(tries: int, *, chance: float) -> float | None:
    """Seconds until the next try, after so many; None: there is none. `chance` is in [0, 1)."""
    if tries >= MOST_TRIES:
        return None
    return PAUSES_S[tries - 1] * (1 - JITTER + 2 * JITTER * chance)


def is_taken(status: int | None) -> bool:
    """2xx alone: a redirect is no receipt, and is not followed."""
    return status is not None and 200 <= status < 300


def _host(text: str) -> str:
    """A name, or an IP address; NotAnAddress: neither. `2130706433` and `0x7f.1` are neither."""
    text = text.lower().removesuffix(".")
    try:
        return str(ip_address(text))
    except ValueError:
        pass
    last = text.rpartition(".")[2]
    looks_like_a_number = last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last)
    if not _NAME.fullmatch(text) or looks_like_a_number or "%" in text:
        raise NotAnAddress("spelling")
    return text
