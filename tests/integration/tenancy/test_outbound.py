"""The one way out: whom it speaks to, and whom it does not, on real sockets."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pytest_django.fixtures import Settings

from tenancy import outbound
from tenancy.domain.webhooks import Address, address_of
from tests.receivers import Receiver, receiving

NAME = "hooks.example.org"
HOME = "127.0.0.0/8"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as one:
        yield one


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of hooks.example.org, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "receiver.pem"
    file.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return file


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What each look-up of a name answers, in turn; the last one for good."""
    answers: list[list[str]] = []
    real = socket.getaddrinfo

    def looked_up(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        if host not in (NAME, "other.example.org"):
            return real(host, port, *rest, **more)
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    return answers


def sent(address: Address, *allowed: str) -> outbound.Answer:
    return outbound.post(address, b"{}", {"webhook-id": "msg_1"}, allowed=allowed)


def test_it_goes_to_a_host_of_the_list_and_nowhere_else(receiver: Receiver) -> None:
    there = address_of(receiver.address, is_dev=True)

    assert sent(there).fault == "not_allowed"
    assert sent(there, HOME).fault == "not_allowed"
    assert sent(there, "127.0.0.1:1", HOME).fault == "not_allowed"
    assert receiver.got == []
    assert sent(there, receiver.entry, HOME) == outbound.Answer(status=204)
    assert [(one.path, one.body) for one in receiver.got] == [("/in", b"{}")]


def test_a_private_network_needs_to_be_named_itself(receiver: Receiver) -> None:
    there = address_of(receiver.address, is_dev=True)

    assert sent(there, receiver.entry).fault == "private_network"
    assert sent(there, receiver.entry, "10.0.0.0/8").fault == "private_network"
    assert receiver.got == []


def test_plain_http_is_refused_in_service(receiver: Receiver, settings: Settings) -> None:
    settings.WEBHOOKS_AT_HOME = False

    assert sent(address_of(receiver.address, is_dev=True), receiver.entry, HOME).fault == (
        "not_allowed"
    )
    assert receiver.got == []


def test_a_redirect_is_an_answer_and_is_not_followed(receiver: Receiver) -> None:
    receiver.answers = [302]

    answer = sent(address_of(receiver.address, is_dev=True), receiver.entry, HOME)

    assert answer == outbound.Answer(status=302)
    assert [one.path for one in receiver.got] == ["/in"]


def test_over_tls_the_checked_address_is_spoken_to_and_held_to_its_name(
    certificate: Path, names: list[list[str]], settings: Settings
) -> None:
    settings.WEBHOOK_CA_FILE = str(certificate)
    names.append(["127.0.0.1"])
    with receiving(certificate) as receiver:
        there = Address("https", NAME, receiver.port, "/in?a=1")
        assert sent(there, there.authority, HOME) == outbound.Answer(status=204)
        assert receiver.got[0].headers["host"] == f"{NAME}:{receiver.port}"
        assert receiver.got[0].path == "/in?a=1"

        other = Address("https", "other.example.org", receiver.port, "/in")
        assert sent(other, other.authority, HOME).fault == "certificate"
        settings.WEBHOOK_CA_FILE = ""
        assert sent(there, there.authority, HOME).fault == "certificate"
        assert len(receiver.got) == 1


def test_a_name_that_stands_for_something_else_a_moment_later_changes_nothing(
    certificate: Path, names: list[list[str]], settings: Settings
) -> None:
    """The first look-up answers what is allowed, every later one what is not."""
    settings.WEBHOOK_CA_FILE = str(certificate)
    names.extend([["127.0.0.1"], ["10.9.9.9"]])
    with receiving(certificate) as receiver:
        there = Address("https", NAME, receiver.port, "/")

        assert sent(there, there.authority, HOME) == outbound.Answer(status=204)
        assert len(names) == 1, "looked up once"
        assert sent(there, there.authority, HOME).fault == "private_network"
        assert len(receiver.got) == 1


def test_a_name_with_one_forbidden_address_among_others_is_not_spoken_to(
    names: list[list[str]], receiver: Receiver
) -> None:
    names.append(["127.0.0.1", "169.254.169.254"])
    there = Address("https", NAME, receiver.port, "/")

    assert sent(there, there.authority, HOME).fault == "private_network"
    assert receiver.got == []


def test_who_drips_an_answer_holds_nobody_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbound, "WHOLE_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        there = Address("http", "127.0.0.1", port, "/")
        began = time.monotonic()
        answer = sent(there, f"127.0.0.1:{port}", HOME)

    assert answer.status is None
    assert answer.fault
    assert time.monotonic() - began < 5


def test_nobody_there_is_no_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    answer = sent(Address("http", "127.0.0.1", port, "/"), f"127.0.0.1:{port}", HOME)

    assert answer.fault == "no_connection"
