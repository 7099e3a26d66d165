"""The one way out of the system: a POST to an address that was looked at before it is spoken to.

The name is resolved once, every address that it stands for is judged, and the connection goes to
one of those: a name that stands for something else a moment later (DNS re-binding) changes nothing.
The certificate is held to the name all the same. No redirect is followed, no proxy of the
environment is asked, and of the answer only the status is read.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import urllib3
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection

from tenancy.domain.webhooks import Address, may_connect, networks_of

CONNECT_S = 5.0
ANSWER_S = 10.0
WHOLE_S = 20.0  # whatever it does: a receiver that drips a byte a second holds no worker


@dataclass(frozen=True, slots=True)
class Answer:
    """`status`, or the word for why there is none."""

    status: int | None = None
    fault: str = ""


class _Refused(Exception):
    """Not spoken to. Its text is the word for it."""


def post(
    address: Address, body: bytes, headers: Mapping[str, str], *, allowed: Collection[str]
) -> Answer:
    """Send it to whom the list of allowed hosts lets it go. Raises nothing that the other side,
    the net or the list can cause."""
    try:
        is_plain = address.scheme != "https" and not settings.WEBHOOKS_AT_HOME
        if is_plain or address.authority not in allowed:
            raise _Refused("not_allowed")
        checked = _resolved(address, allowed)
        return Answer(status=_posted(_connection(address, checked), address, body, headers))
    except _Refused as refusal:
        return Answer(fault=str(refusal))
    except ssl.SSLError:
        return Answer(fault="certificate")
    except urllib3.exceptions.HTTPError as error:
        return Answer(fault=_word(error))
    except TimeoutError:
        return Answer(fault="no_answer")
    except (OSError, ValueError):
        return Answer(fault="broken_off")


def _resolved(address: Address, allowed: Collection[str]) -> str:
    """One of its addresses; of a name with one that is forbidden, none."""
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise _Refused("no_such_host") from error
    resolved = list(dict.fromkeys(str(place[0]) for *_, place in found))
    networks = networks_of(allowed)
    if not resolved or not all(may_connect(one, networks) for one in resolved):
        raise _Refused("private_network")
    return resolved[0]


def _connection(address: Address, checked: str) -> HTTPConnection:
    if address.scheme == "http":
        return HTTPConnection(checked, address.port, timeout=CONNECT_S)
    context = ssl.create_default_context(cafile=settings.WEBHOOK_CA_FILE or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return HTTPSConnection(
        checked,
        address.port,
        timeout=CONNECT_S,
        ssl_context=context,
        server_hostname=address.host,
    )


def _posted(
    connection: HTTPConnection, address: Address, body: bytes, headers: Mapping[str, str]
) -> int:
    watch = threading.Timer(WHOLE_S, _cut, [connection])
    watch.daemon = True
    try:
        connection.connect()
        watch.start()
        if connection.sock is not None:
            connection.sock.settimeout(ANSWER_S)
        connection.request(
            "POST", address.target, body=body, headers={"Host": address.authority, **headers}
        )
        # Urllib3 sets its own timeout on the socket again before it reads.
        connection.timeout = ANSWER_S
        return int(connection.getresponse().status)
    finally:
        watch.cancel()
        connection.close()


def _cut(connection: HTTPConnection) -> None:
    sock = connection.sock
    if sock is not None:
        try:
            sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return


def _word(error: urllib3.exceptions.HTTPError) -> str:
    if isinstance(error, urllib3.exceptions.SSLError):
        return "certificate"
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "no_connection"
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return "no_answer"
    return "broken_off"
