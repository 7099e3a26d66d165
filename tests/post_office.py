"""A mail server on this machine, a real one, which takes, refuses and breaks off as it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

TAKEN = "250 taken"


@dataclass(frozen=True, slots=True)
class Got:
    to: tuple[str, ...]
    mail: EmailMessage

    @property
    def message_id(self) -> str:
        return str(self.mail["Message-ID"])

    @property
    def words(self) -> str:
        return f"{self.mail}\n{self.mail.get_content()}"


@dataclass
class PostOffice:
    """`answers`: to each letter in turn, then it is taken; `drop`: hang up after it was taken,
    before it is said. `to_recipients`: to each recipient in turn."""

    port: int = 0
    got: list[Got] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    to_recipients: list[str] = field(default_factory=list)
    before: Callable[[], None] | None = None

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_recipients:
            return self.to_recipients.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        mail: Any = message_from_bytes(content, policy=policy.default)
        answer = self.answers.pop(0) if self.answers else TAKEN
        if answer == "drop" or answer.startswith("2"):
            self.got.append(Got(tuple(envelope.rcpt_tos), mail))
        if self.before is not None:
            self.before()
        if answer == "drop":
            transport: Any = server.transport
            assert transport is not None
            transport.abort()
        return answer


class AnyPort(Controller):
    """It tries itself out on the port that it was given: here, the one that it found free."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        server: Any = self.server
        self.port = server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """On a free port of this machine."""
    office = PostOffice()
    controller = AnyPort(office, hostname="127.0.0.1", port=0, ready_timeout=30)
    controller.start()
    try:
        office.port = controller.port
        yield office
    finally:
        controller.stop()
